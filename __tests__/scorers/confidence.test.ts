import type { JsonObject } from '../../src/domain/json.ts';
import type { Logprobs } from '../../src/domain/trial.ts';
import { gather } from '../../src/metrics/gather.ts';
import { wantsLogprobs } from '../../src/scorers/confidence.ts';
import { metersOf } from '../../src/scorers/score.ts';
import { answer, example, scorerOf, spec } from './fixtures.ts';

function seen(options: JsonObject, text: string, logprobs?: Logprobs): ArrayLike<number> | undefined {
  const { observed } = scorerOf([spec('label', { labels: ['spam', 'ham'], ...options })])(
    { ...answer(text), ...(logprobs && { logprobs }) },
    example('spam'),
  );
  return observed?.['confidence'];
}

describe('the option confidence', () => {
  it.each<[JsonObject, string, number[]]>([
    [{ field: 'sure' }, '{"label": "spam", "sure": 0.85}', [0.85, 1]],
    [{ field: 'sure' }, '```json\n{"label": "ham", "sure": "85 %"}\n```', [0.85, 0]],
    [{ field: 'sure.of' }, '{"label": "spam", "sure": {"of": ".5"}}', [0.5, 1]],
    [{ field: 'sure', percent: true }, '{"label": "spam", "sure": 85}', [0.85, 1]],
    [{ field: 'sure' }, '{"label": "spam", "sure": 85}', [Number.NaN, 1]],
    [{ field: 'sure' }, '{"label": "spam", "sure": null}', [Number.NaN, 1]],
    [{ field: 'constructor' }, '{"label": "spam"}', [Number.NaN, 1]],
    [{ field: 'sure' }, 'spam, surely', [Number.NaN, 1]],
    [{ pattern: 'sure: ([\\d.]+ ?%?)' }, 'spam (sure: 10 %) (sure: 90 %)', [0.9, 1]],
    [{ pattern: 'sure: (\\d+)', percent: true }, 'ham, sure: 40', [0.4, 0]],
    [{ pattern: 'sure: (\\S+)' }, 'ham, sure: very', [Number.NaN, 0]],
    [{ pattern: 'sure: (\\S+)' }, 'ham', [Number.NaN, 0]],
  ])('%j reads of %j the chance and whether the answer was right', (confidence, text, expected) => {
    expect(seen({ confidence }, text)).toEqual(expected);
  });

  const logprobs: Logprobs = { ends: [5, 7, 9], values: [-3, Math.log(0.5), Math.log(0.8)] };

  it('takes the chance of the tokens that the answer is made of', () => {
    expect(seen({ confidence: 'logprobs', extract: 'it: (\\w+)' }, 'is it: spam', { ends: [7, 9, 11], values: logprobs.values })).toEqual([
      expect.closeTo(0.4, 12),
      1,
    ]);
    expect(seen({ confidence: 'logprobs' }, 'spam', { ends: [4], values: [Math.log(0.7)] })).toEqual([expect.closeTo(0.7, 12), 1]);
    expect(seen({ confidence: 'logprobs', field: 'a' }, '{"a":"spam"}', { ends: [6, 10, 12], values: [-1, -2, -4] })).toEqual([
      expect.closeTo(Math.exp(-2), 12),
      1,
    ]);
    expect(seen({ confidence: 'logprobs' }, 'spam')).toEqual([Number.NaN, 1]);
    expect(seen({ confidence: 'logprobs', field: 'a' }, 'spam', logprobs)).toEqual([Number.NaN, 0]);
  });

  it('makes the chances be asked for, and nothing else does', () => {
    expect(wantsLogprobs(spec('label', { confidence: 'logprobs' }))).toBe(true);
    expect(wantsLogprobs(spec('label', { confidence: { field: 'x' } }))).toBe(false);
    expect(wantsLogprobs(spec('label'))).toBe(false);
  });

  it('observes nothing unless asked to', () => {
    expect(seen({}, '{"sure": 1}')).toBeUndefined();
  });

  it('makes metrics of what many answers say: the values of scikit-learn’s brier_score_loss documentation, and a table of bins', () => {
    const specs = [spec('exact', { field: 'y', confidence: { field: 'p' } })];
    const grade = scorerOf(specs);
    const runs = [
      [0, 0.1],
      [1, 0.9],
      [1, 0.8],
      [0, 0.3],
      [1, null],
    ].map(([y, p], index) => ({ arm: 'head' as const, example: index, score: grade(answer(JSON.stringify({ y, p })), example(1)) }));
    const { means, pooled, pool, tables } = gather(runs, 5, metersOf({ scorers: specs }));
    const mean = (name: string) => {
      const values = Array.from(means.find((metric) => metric.name === name)!.values.head!).filter((value) => !Number.isNaN(value));
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(mean('brier')).toBeCloseTo(0.0375, 12);
    expect(mean('logLoss')).toBeCloseTo((2 * -Math.log(0.9) - Math.log(0.8) - Math.log(0.7)) / 4, 12);
    expect(mean('confidenceGiven')).toBe(0.8);
    const whole = pool(new Uint32Array(5).fill(1)).head!;
    expect(whole[pooled.indexOf('ece')]).toBeCloseTo((0.1 + 0.1 + 0.2 + 0.3) / 4, 12);
    expect(whole[pooled.indexOf('mce')]).toBeCloseTo(0.3, 12);
    expect(tables()).toMatchObject([
      {
        kind: 'reliability',
        head: [
          { weight: 1, accuracy: 0 },
          { weight: 1, accuracy: 0 },
          { weight: 1, accuracy: 1 },
          { weight: 1, accuracy: 1 },
        ],
      },
    ]);
  });
});

describe('the option field', () => {
  it.each<[string, string, boolean]>([
    ['{"label": "spam"}', 'label', true],
    ['```\n{"label": "spam"}\n```', 'label', true],
    ['{"result": {"label": "Spam"}}', 'result.label', true],
    ['{"label": ["spam"]}', 'label', true],
    ['{"label": "ham", "other": "spam"}', 'label', false],
    ['{"other": "spam"}', 'label', false],
    ['spam', 'label', false],
    ['{"label": "spam"', 'label', false],
  ])('of %j takes %s, which is the right one: %j', (text, field, pass) => {
    expect(scorerOf([spec('label', { labels: ['spam', 'ham'], field })])(answer(text), example('spam')).pass).toBe(pass);
  });

  it('goes into what `extract` takes out, before it is evened out', () => {
    const options = { extract: '<answer>(.*)</answer>', field: 'n', normalize: ['trim', 'lowercase'] };
    expect(scorerOf([spec('exact', options)])(answer('so <answer>{"n": " YES "}</answer>'), example('yes')).pass).toBe(true);
  });
});
