import type { Json, JsonObject } from '../../src/domain/json.ts';
import { gather } from '../../src/metrics/gather.ts';
import { metersOf, unscorable } from '../../src/scorers/score.ts';
import { answer, example, scorerOf, spec } from './fixtures.ts';

const scored = (kind: string, reply: string, expected: Json, options: JsonObject = {}) =>
  scorerOf([spec(kind, options)])(answer(reply), example(expected));

describe('rouge', () => {
  // rouge_score 0.1.2, the example of its README (https://github.com/google-research/google-research/tree/master/rouge): 5 of 8 and of 9 words.
  const reply = 'The quick brown dog jumps on the log.';
  const reference = 'The quick brown fox jumps over the lazy dog';

  it('has the values of the reference implementation’s README', () => {
    expect(scored('rouge', reply, reference).value).toBeCloseTo(0.5882352941176471, 12);
    expect(scored('rouge', reply, reference, { measure: 'precision' }).value).toBeCloseTo(0.625, 12);
    expect(scored('rouge', reply, reference, { measure: 'recall' }).value).toBeCloseTo(0.5555555555555556, 12);
  });

  it('observes the F1 whichever measure is the score, and takes the nearest reference', () => {
    const score = scored('rouge', reply, ['nothing alike', reference], { measure: 'recall' });
    expect(score.observed).toEqual({ rougeL: [expect.closeTo(0.5882352941176471, 12)] });
    expect(score.reason).toBe('F1 0.588 (precision 0.625, recall 0.556)');
  });

  it('knows words of any script, unless it is to count as its reference implementation does', () => {
    expect(scored('rouge', 'быстрая лиса', 'быстрая лиса').value).toBe(1);
    expect(scored('rouge', 'быстрая лиса', 'быстрая лиса', { tokens: 'ascii' }).value).toBe(0);
  });

  it('goes line by line where that is asked', () => {
    expect(scored('rouge', 'b\na', 'a\nb').value).toBe(0.5);
    expect(scored('rouge', 'b\na', 'a\nb', { variant: 'Lsum' })).toMatchObject({ value: 1, observed: { rougeLsum: [1] } });
  });
});

describe('chrf', () => {
  // sacrebleu 2.6.0: CHRF(word_order=0 or 2, eps_smoothing=False), sentence_score and corpus_score, in percent.
  it.each([
    [0, 61.034534424114085, 31.249999999999993, 50.48320083541517],
    [2, 60.39409888435875, 29.36303387334315, 49.647651067616444],
  ])('with words up to %d has the values of sacreBLEU: %d, %d, and %d for the corpus', (words, first, second, corpus) => {
    const specs = [spec('chrf', { words })];
    const grade = scorerOf(specs);
    const scores = [grade(answer('the cat sat'), example('the cat sits')), grade(answer('a dog'), example('the dog'))];
    expect(scores[0]!.value).toBeCloseTo(first / 100, 12);
    expect(scores[1]!.value).toBeCloseTo(second / 100, 12);
    const runs = scores.map((score, index) => ({ arm: 'head' as const, example: index, score }));
    expect(gather(runs, 2, metersOf({ scorers: specs })).pool([1, 1]).head).toEqual([expect.closeTo(corpus / 100, 12)]);
  });
});

describe('squadExact and tokenF1', () => {
  it.each<[string, Json, number, number]>([
    ['The Cat!', 'cat', 1, 1],
    ['a cat sat', 'the cat', 0, 2 / 3],
    ['dog', ['cat', 'dog'], 1, 1],
    ['', 'cat', 0, 0],
    ['the', 'a', 1, 1],
  ])('%j against %j: %d and %d', (reply, expected, exact, f1) => {
    expect(scored('squadExact', reply, expected)).toMatchObject({ value: exact, pass: exact === 1 });
    expect(scored('tokenF1', reply, expected).value).toBeCloseTo(f1, 12);
    expect(scored('tokenF1', reply, expected).observed).toEqual(scored('squadExact', reply, expected).observed);
  });
});

describe('every scorer of likeness', () => {
  const kinds = ['rouge', 'chrf', 'tokenF1', 'squadExact'];

  it.each(kinds)('%s is 1 for the reference itself, needs one, and observes what its meter names', (kind) => {
    expect(scored(kind, 'The lazy dog, again', 'The lazy dog, again')).toMatchObject({ value: 1, pass: true });
    expect(unscorable({ scorers: [spec(kind)] }, example())).toMatch(/has no "expected"/);
    const [meter] = metersOf({ scorers: [spec(kind)] });
    expect(Object.keys(scored(kind, 'x', 'y').observed!)).toEqual([meter!.id]);
  });

  it.each(kinds.slice(0, 3))('%s passes from its pass mark on', (kind) => {
    const value = scored(kind, 'the lazy cat', 'the lazy dog').value;
    expect(scored(kind, 'the lazy cat', 'the lazy dog', { passMark: value }).pass).toBe(true);
    expect(scored(kind, 'the lazy cat', 'the lazy dog', { passMark: Math.min(1, value + 0.01) }).pass).toBe(false);
  });
});
