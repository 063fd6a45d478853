import type { EvalSet } from '../../src/domain/evalset.ts';
import { judgedBy, judgesOf, refuseJudgesModel } from '../../src/jobs/judges.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { sentences } from '../documents/sentences.ts';
import { spec } from '../scorers/fixtures.ts';

const evalSet = (judge?: object): EvalSet => ({
  path: 'evals/a.yml',
  digest: 'd',
  examples: [],
  skipped: 0,
  scorers: [spec('exact'), { ...spec('all'), members: [spec('rubric', { criteria: ['clarity'], ...(judge && { judge: { ...judge } }) })] }],
  constraints: [],
  slices: [],
  thresholds: {},
});
const settings = (text: string) => readSettings('prompt-ratchet.yml', text);
const who = (text: string, judge?: object, task = 'big') => judgesOf(judgedBy(evalSet(judge), task, settings(text)));

const prices =
  'prices: { big: { inputPer1M: 2, outputPer1M: 8 }, small: { inputPer1M: 0.2, outputPer1M: 0.8 }, tiny: { inputPer1M: 0.1, outputPer1M: 0.4 } }';

describe('who judges', () => {
  it.each<[string, string[], object | undefined]>([
    ['judge: { model: small }', ['small'], undefined],
    ['judge: { panel: [a, b, c] }', ['a', 'b', 'c'], undefined],
    ['models: [other]\njudge: { model: small }', ['other'], { model: 'other' }],
    ['judge: { panel: [a, b] }', ['a'], { model: 'a' }],
    ['models: [b]\njudge: { model: a }', ['a', 'b'], { panel: ['a', 'b'] }],
    [`models: [small, tiny]\n${prices}`, ['tiny'], undefined],
    [`models: [small, unpriced]\n${prices}`, ['small'], undefined],
    ['model: { name: big }', ['big'], { model: 'big' }],
    ['', ['offline'], { model: 'offline' }],
  ])('with the settings %j is %j, where the rubric says %j', (text, models, judge) => {
    expect(who(text, judge)).toEqual(models);
  });

  it('is the embedded model for its own answers', () => {
    expect(who('', undefined, 'offline')).toEqual(['offline']);
  });

  it('takes from the settings what the rubric leaves open', () => {
    const [, group] = judgedBy(evalSet({ maxOutputTokens: 99 }), 'big', settings('judge: { model: small, repeats: 3 }')).scorers;
    expect(group!.members![0]!.options['judge']).toEqual({ model: 'small', repeats: 3, maxOutputTokens: 99 });
  });

  it('is asked for where nobody is named, and no smaller model is known', () => {
    for (const text of ['', 'models: [big, other]', `models: [big]\n${prices}`]) {
      expect(sentences(() => who(text))).toBe(
        'evals/a.yml: key "judge": a judge is to grade, and no model is named for it. ' +
          'Name one, better a smaller one than "big", in the settings on the base branch: judge: { model: … }.',
      );
    }
  });

  it('is nobody that the settings do not allow', () => {
    expect(sentences(() => who('judge: { model: small }', { model: 'dear' }))).toBe(
      'evals/a.yml: key "judge": "dear" is not among the models that the settings allow. ' +
        'A maintainer must list it in the settings on the base branch: judge: { model: "dear" }, or "dear" under models.',
    );
  });

  it('is nobody where rules decide all', () => {
    const ruled = { ...evalSet(), scorers: [spec('rubric', { criteria: [{ name: 'short', check: { json: {} } }] })] };
    expect(judgesOf(judgedBy(ruled, 'big', settings('')))).toEqual([]);
  });
});

describe('a judge with an endpoint of its own', () => {
  const apart = 'judge: { panel: [small, tiny], endpoint: { baseUrl: "https://judges.example.com/v1" } }';
  const refusal = (text: string, tasks: readonly string[]) => sentences(() => refuseJudgesModel('evals/a.yml', tasks, settings(text)));

  it.each([
    [apart, ['big', 'tiny']],
    [apart, ['tiny']],
  ])('is no model that a prompt runs on, as with %j for %j', (text, tasks) => {
    expect(refusal(text, tasks)).toBe(
      'evals/a.yml: key "judge": "tiny" is asked at the judge\'s own endpoint, and this prompt runs on it too. ' +
        'Name another model for one of the two, or remove judge.endpoint from the settings on the base branch.',
    );
  });

  it.each([
    [apart, ['big']],
    ['judge: { model: tiny }', ['tiny']],
    ['judge: { model: offline, endpoint: { baseUrl: "http://x/v1" } }', ['offline']],
  ])('may be what %j says beside %j', (text, tasks) => {
    expect(() => refuseJudgesModel('evals/a.yml', tasks, settings(text))).not.toThrow();
  });
});
