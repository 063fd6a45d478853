import type { Json, JsonObject } from '../../src/domain/json.ts';
import { gather } from '../../src/metrics/gather.ts';
import { completed } from '../../src/scorers/complete.ts';
import { metersOf, unscorable } from '../../src/scorers/score.ts';
import { answer, example, scorerOf, spec } from './fixtures.ts';

const scored = (reply: Json, expected: Json, options: JsonObject) =>
  scorerOf([spec('fields', options)])(answer(typeof reply === 'string' ? reply : JSON.stringify(reply)), example(expected));

const invoice = {
  fields: {
    name: 'text',
    date: { date: { order: 'day-first' } },
    total: { number: { absolute: 0.01 } },
    tags: 'set',
    note: { fuzzy: { atLeast: 0.8 } },
    lines: { list: { object: { sku: 'exact', price: 'number' } } },
  },
};
const right = {
  name: 'Ann Lee',
  date: '2024-01-05',
  total: 100,
  tags: ['a', 'b'],
  note: 'call before noon',
  lines: [
    { sku: 'K1', price: 60 },
    { sku: 'K2', price: 40 },
  ],
};

describe('fields', () => {
  it.each<[string, JsonObject, number]>([
    ['equal', {}, 1],
    ['written otherwise', { name: 'ANN  LEE', date: '05/01/2024', total: '$100.00', tags: ['b', 'a'], note: 'call before noon!' }, 1],
    ['in another order', { lines: [right.lines[1]!, right.lines[0]!] }, 1],
    ['wrong in one field', { total: 101 }, 8 / 9],
    ['without a field', { total: null }, 16 / 17],
    ['with a line too many', { lines: [...right.lines, { sku: 'K3', price: 1 }] }, 18 / 20],
    ['without a line', { lines: [right.lines[0]!] }, 14 / 16],
    ['another shape in one field', { lines: 'K1 and K2' }, 10 / 15],
  ])('a document %s scores the F1 of its fields', (_, changes, value) => {
    expect(scored({ ...right, ...changes }, right, invoice).value).toBeCloseTo(value, 12);
  });

  it('tells missing, spurious and wrong apart', () => {
    const options = { fields: { a: 'exact', b: 'exact', c: 'exact' } };
    expect(scored({ a: 2, c: 3 }, { a: 1, b: 2 }, options).reason).toBe('F1 0: wrong "a"; missing "b"; spurious "c"');
    expect(scored({ a: 1, b: 2 }, { a: 1, b: 2 }, options).reason).toBe('every field is right');
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', 'Sure! The name is Ann.', /^is not valid JSON/],
    ['JSON that breaks off', '{"a": 1', /^is JSON that breaks off/],
    ['nothing', '', /^is empty, not JSON/],
    ['a list', '[1]', /^is JSON, but no mapping of fields; F1 0: missing "a"; spurious "\(the whole\)"/],
  ])('scores %s 0, as missing every field', (_, reply, reason) => {
    const score = scored(reply, { a: 1 }, { fields: { a: 'exact' } });
    expect(score).toMatchObject({ value: 0, pass: false });
    expect(score.reason).toMatch(reason);
  });

  it('does not take silence for an empty document', () => {
    expect(scored('{}', {}, { fields: { a: 'exact' } })).toMatchObject({ value: 1, pass: true });
    expect(scored('nothing to find', {}, { fields: { a: 'exact' } })).toMatchObject({ value: 0, pass: false });
  });

  it('reads a document out of a fence, out of a field and out of what a pattern takes', () => {
    const fields = { a: 'exact' };
    expect(scored('```json\n{"a": 1}\n```', { a: 1 }, { fields }).value).toBe(1);
    expect(scored('{"result": {"a": 1}}', { a: 1 }, { fields, field: 'result' }).value).toBe(1);
    expect(scored('so: <json>{"a": 1}</json>', { a: 1 }, { fields, extract: '<json>(.*)</json>' }).value).toBe(1);
    expect(scored('{"a": 1}', { a: 1 }, { fields, field: 'result' }).reason).toMatch(/^has no field "result"/);
  });

  it('passes a valid document from the pass mark on', () => {
    const schema = { required: ['b'] };
    expect(scored({ a: 1, b: 1 }, { a: 1, b: 2 }, { fields: { a: 'exact', b: 'exact' }, passMark: 0.5 }).pass).toBe(true);
    expect(scored({ a: 1 }, { a: 1 }, { fields: { a: 'exact' }, schema })).toMatchObject({ value: 1, pass: false });
    expect(scored({ a: 1 }, { a: 1 }, { fields: { a: 'exact' }, schema }).reason).toMatch(/^lacks the property "b"; every field is right/);
  });

  it('compares, where it is not told how, all that any example has, and counts whatever else is given as spurious', () => {
    const examples = [example({ name: 'Ann', age: 41, tags: ['x'] }), example({ name: 'Bob', address: { city: 'Rome' } })];
    const { scorers } = completed({ scorers: [spec('fields')] }, examples);
    expect(scorers[0]!.options).toEqual({
      fields: { name: 'text', age: 'number', tags: { list: 'text' }, address: { object: { city: 'text' } } },
      extra: 'spurious',
    });
    const grade = scorerOf(scorers);
    expect(grade(answer('{"name": "ann", "age": "41", "tags": ["X"]}'), examples[0]!).value).toBe(1);
    expect(grade(answer('{"name": "ann", "age": 41, "tags": ["x"], "pet": "cat"}'), examples[0]!).value).toBeCloseTo(6 / 7, 12);
    expect(completed({ scorers }, []).scorers).toEqual(scorers);
    expect(
      completed({ scorers: [{ kind: 'all', options: {}, weight: 1, members: [spec('fields')] }] }, examples).scorers[0]!.members,
    ).toEqual(scorers);
  });

  it('takes what a CSV file has for a mapping, and refuses what is none', () => {
    const why = (expected?: Json) => unscorable({ scorers: [spec('fields')] }, example(expected));
    expect(why('{"a": 1}')).toBeUndefined();
    expect(scored({ a: 1 }, '{"a": 1}', { fields: { a: 'exact' } }).value).toBe(1);
    for (const none of ['a', '[1]', 7, [1], null]) expect(why(none)).toMatch(/must be a mapping of fields/);
    expect(why()).toMatch(/has no "expected"/);
  });

  it.each<[JsonObject, RegExp]>([
    [{ fields: { a: 'like' } }, /fields\.a/],
    [{ fields: { a: { fuzzy: { atLeast: 2 } } } }, /fields\.a/],
    [{ fields: { a: { list: { number: { absolute: -1 } } } } }, /fields\.a/],
    [{ schema: { type: 'objekt' } }, /schema/],
  ])('refuses %j', (options, sentence) => {
    expect(() => scorerOf([spec('fields', options)])).toThrow(sentence);
  });

  it('gives the metrics of the three invoices worked out by hand, and what became of each field', () => {
    // SemEval-2013 task 9.1 names; the documents and their counts after normalisation: name 2/1/1, date 2/1/0, total 3/0/0, po 1/0/1 (TP/FP/FN).
    const specs = [spec('fields', { fields: { name: 'text', date: 'date', total: 'number', po: 'exact' }, schema: { required: ['po'] } })];
    const gold: readonly JsonObject[] = [
      { name: 'Ann Lee', date: '2024-01-05', total: 100 },
      { name: 'Bob Ray', date: '2024-02-10', total: 50.5, po: 'P-7' },
      { name: 'Cy Dunn', total: 75, po: 'P-9' },
    ];
    const given = [
      { name: 'ann lee', date: '2024-01-05', total: '100' },
      { name: 'Bob Roy', date: '2024-02-10', total: 50.5 },
      { name: 'Cy Dunn', date: '2024-03-01', total: 75, po: 'P-9' },
    ];
    const grade = scorerOf(specs);
    const runs = gold.map((expected, index) => ({
      arm: 'head' as const,
      example: index,
      score: grade(answer(JSON.stringify(given[index])), example(expected)),
    }));
    const { means, pooled, pool, tables } = gather(runs, 3, metersOf({ scorers: specs }));
    const values = new Map(Array.from(pool(new Uint32Array(3).fill(1)).head!, (value, k) => [pooled[k]!, value]));
    expect(values.get('fieldMicroF1')).toBeCloseTo(0.8, 12);
    expect(values.get('fieldMicroPrecision')).toBeCloseTo(0.8, 12);
    expect(values.get('fieldMicroRecall')).toBeCloseTo(0.8, 12);
    expect(values.get('fieldMacroF1')).toBeCloseTo(0.7833333333333333, 12);
    const mean = (name: string) =>
      Array.from(means.find((metric) => metric.name === name)!.values.head!).reduce((sum, value) => sum + value, 0) / 3;
    expect(mean('documentExact')).toBeCloseTo(1 / 3, 12);
    expect(mean('schemaValidity')).toBeCloseTo(1 / 3, 12);
    expect(mean('documentF1')).toBeCloseTo(mean('score'), 12);
    expect(tables()).toMatchObject([
      {
        kind: 'fields',
        rows: [
          { field: 'name', head: { correct: 2, wrong: 1, missing: 0, spurious: 0 } },
          { field: 'date', head: { correct: 2, wrong: 0, missing: 0, spurious: 1 } },
          { field: 'total', head: { correct: 3, wrong: 0, missing: 0, spurious: 0 } },
          { field: 'po', head: { correct: 1, wrong: 0, missing: 1, spurious: 0 } },
        ],
      },
    ]);
  });
});
