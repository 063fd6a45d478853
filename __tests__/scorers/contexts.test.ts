import type { Json, JsonObject } from '../../src/domain/json.ts';
import { unscorable } from '../../src/scorers/score.ts';
import { answer, example, scorerOf, spec } from './fixtures.ts';

const scored = (kind: string, reply: string, expected: Json, options: JsonObject = {}) =>
  scorerOf([spec(kind, options)])(answer(reply), example(expected));

describe('contextPrecision and contextRecall', () => {
  it.each<[string, Json, JsonObject, number, number]>([
    ['["a", "b", "c"]', ['a', 'b'], {}, 1, 1],
    ['["c", "a", "b"]', ['a', 'b'], {}, (1 / 2 + 2 / 3) / 2, 1],
    ['["a"]', ['a', 'b'], {}, 1, 0.5],
    ['["x"]', ['a', 'b'], {}, 0, 0],
    ['[]', [], {}, 1, 1],
    ['', ['a'], {}, 0, 0],
    ['a, b', ['a', 'b'], {}, 1, 1],
    ['- a\n- b', ['a', 'b'], {}, 1, 1],
    ['1. a\n2. b', ['a', 'b'], {}, 1, 1],
    ['[{"id": 7, "why": "…"}, {"id": "b"}]', [7, 'b'], {}, 1, 1],
    ['{"ids": ["a"]}', ['a'], { field: 'ids' }, 1, 1],
    ['As [doc-2] says, and [doc-9].', ['doc-2'], { read: 'citations' }, 1, 1],
    ['As [doc-9] says, and [doc-2].', ['doc-2'], { read: 'citations' }, 0.5, 1],
    ['a', 'a', {}, 1, 1],
  ])('%j against %j with %j: %d and %d', (reply, expected, options, precision, recall) => {
    expect(scored('contextPrecision', reply, expected, options).value).toBeCloseTo(precision, 12);
    expect(scored('contextRecall', reply, expected, options).value).toBeCloseTo(recall, 12);
  });

  it('say what is lacking, and observe all three shares whichever is the score', () => {
    const score = scored('contextRecall', '["c", "a"]', ['a', 'b']);
    expect(score.reason).toBe('precision 0.5 by rank and 0.5 without, recall 0.5; lacks "b"');
    expect(score.observed).toEqual({ 'contextPrecision,plainContextPrecision,contextRecall': [0.5, 0.5, 0.5] });
    expect(scored('contextPrecision', '["c", "a"]', ['a', 'b']).observed).toEqual(score.observed);
  });

  it('need the relevant ids', () => {
    const why = (expected?: Json) => unscorable({ scorers: [spec('contextRecall')] }, example(expected));
    expect(why({ a: 1 })).toMatch(/must be a list of ids/);
    expect(why([['a']])).toMatch(/must be a list of ids/);
    expect(why()).toMatch(/has no "expected"/);
    expect(why([])).toBeUndefined();
  });
});

describe('citations', () => {
  const cited = (reply: string, contexts: Json, options: JsonObject = {}) =>
    scorerOf([spec('citations', options)])(answer(reply), { ...example(), vars: { contexts } });

  it.each<[string, Json, number]>([
    ['It rains [1]. It pours [2].', ['one', 'two'], 1],
    ['It rains [1]. It pours [3].', ['one', 'two'], 0.5],
    ['It rains [w-1].', [{ id: 'w-1', text: 'rain' }], 1],
    ['It rains [w-2].', [{ id: 'w-1', text: 'rain' }], 0],
    ['It rains [a1].', { a1: 'rain' }, 1],
    ['It rains [1].', 'It always rains.', 1],
    ['It rains.', ['one'], 0],
    ['It rains.', [], 1],
    ['', ['one'], 1],
  ])('%j of %j: %d are valid', (reply, contexts, value) => {
    expect(cited(reply, contexts).value).toBeCloseTo(value, 12);
  });

  it('may have to cover a share of the sentences', () => {
    const reply = 'It rains [1]. It pours.';
    expect(cited(reply, ['one']).pass).toBe(true);
    expect(cited(reply, ['one'], { coverage: 0.5 }).pass).toBe(true);
    expect(cited(reply, ['one'], { coverage: 0.6 }).pass).toBe(false);
  });

  it('say which there is not', () => {
    expect(cited('It rains [9].', ['one']).reason).toBe('0 of its citations are valid, 0 of its sentences cite; there is no "9"');
    expect(cited('It rains.', ['one']).reason).toBe('cites nothing');
    expect(cited('', ['one']).reason).toBe('says nothing');
  });

  it('need the variable that holds the contexts', () => {
    expect(unscorable({ scorers: [spec('citations', { contexts: 'documents' })] }, example())).toMatch(/it has no variable "documents"/);
    expect(unscorable({ scorers: [spec('citations', { contexts: 'constructor' })] }, example())).toMatch(
      /it has no variable "constructor"/,
    );
  });
});
