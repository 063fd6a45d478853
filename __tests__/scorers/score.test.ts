import * as z from 'zod';
import { UserError } from '../../src/domain/problem.ts';
import { metricNamed } from '../../src/metrics/table.ts';
import { unscorable } from '../../src/scorers/score.ts';
import { scorerTable } from '../../src/scorers/table.ts';
import { answer, example, scorerOf, spec } from './fixtures.ts';

describe('several scorers', () => {
  const score = scorerOf([spec('contains', { values: ['red'] }, 3), spec('regex', { pattern: '^\\w+$' }, 1)]);

  it('give the weighted mean of their values and pass together', () => {
    expect(score(answer('red'), example())).toEqual({ value: 1, pass: true, reason: 'contains: contains "red"; regex: matches "^\\w+$"' });
    expect(score(answer('dark red'), example())).toMatchObject({ value: 0.75, pass: false });
    expect(score(answer('blue'), example())).toMatchObject({ value: 0.25, pass: false });
    expect(score(answer('dark blue'), example())).toMatchObject({ value: 0, pass: false });
  });

  it('name those that failed', () => {
    expect(score(answer('dark red'), example()).reason).toBe('regex: does not match "^\\w+$": "dark red"');
    expect(score(answer('dark blue'), example()).reason).toMatch(/^contains: .*; regex: /);
  });

  it('must all be able to score an example', () => {
    expect(unscorable({ scorers: [spec('contains', { values: ['red'] }), spec('exact')] }, example())).toMatch(/the scorer "exact" cannot/);
  });
});

describe('an answer that did not end by itself', () => {
  it.each([
    ['stop', 'equals "yes"'],
    ['length', 'equals "yes"; the answer was cut off at its token limit'],
    ['refusal', 'equals "yes"; the model refused to answer'],
    ['content-filter', 'equals "yes"; the provider\'s content filter stopped the answer'],
  ] as const)('is scored as any other, and %s is told in the reason', (finish, reason) => {
    expect(scorerOf([spec('exact')])(answer('yes', finish), example('yes'))).toEqual({ value: 1, pass: true, reason });
  });
});

describe('reasons', () => {
  it('quote long answers in part and on one line', () => {
    const { reason } = scorerOf([spec('exact')])(answer('🙂\n'.repeat(5_000_000)), example('yes'));
    expect(reason).toBe(`expected "yes", got "${'🙂 '.repeat(40)}…"`);
  });
});

/** Options that a scorer cannot do without. */
const needed: Record<string, object> = {
  label: { labels: ['a', 2] },
  labels: { labels: ['a', 2] },
  rubric: { criteria: ['clarity'] },
  pairwise: { criteria: ['clarity'] },
  function: { module: 'a.mjs' },
};

describe('the table', () => {
  it('has each scorer under its own kind with one sentence', () => {
    expect(Object.keys(scorerTable).slice(0, 5)).toEqual(['exact', 'contains', 'regex', 'label', 'labels']);
    for (const [kind, definition] of Object.entries(scorerTable)) {
      expect(definition.kind).toBe(kind);
      expect(definition.summary).toMatch(/^[A-Za-z`][^\n]*\.$/);
      for (const metric of definition.metrics) expect([metric, metricNamed(metric)?.name]).toEqual([metric, metric]);
    }
  });

  it('fills in the same defaults again when options are parsed twice', () => {
    for (const { kind, schema } of Object.values(scorerTable)) {
      const parsed = schema.parse(needed[kind] ?? {});
      if ('normalize' in schema.shape) expect(parsed).toMatchObject({ flags: '', normalize: ['trim'] });
      expect(schema.parse(parsed)).toEqual(parsed);
    }
  });

  it('can be written down as JSON Schema', () => {
    for (const { schema } of Object.values(scorerTable)) expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({ type: 'object' });
  });

  it.each([
    ['exact', { extract: '(?=x)' }, /extract.*lookahead and lookbehind do not exist/],
    ['exact', { flags: 'g' }, /flags.*letters i, m and s/],
    ['exact', { flags: 'ii' }, /flags.*each at most once/],
    ['exact', { normalise: ['trim'] }, /normalise/],
    ['exact', { normalize: ['upper'] }, /normalize\.0/],
    ['contains', { values: [] }, /values/],
    ['contains', { values: [''] }, /values\.0/],
    ['regex', { pattern: '(' }, /pattern.*missing closing \)/],
    ['label', {}, /labels/],
    ['label', { labels: ['a', 'A'] }, /"A" is there twice/],
    ['label', { labels: [' '] }, /a label is empty/],
    ['similarity', {}, /"similarity".*no such scorer.*exact, contains, regex, label/],
    ['constructor', {}, /no such scorer/],
  ])('refuses %s with %j', (kind, options, sentence) => {
    expect(() => scorerOf([spec(kind, options)])).toThrow(UserError);
    expect(() => scorerOf([spec(kind, options)])).toThrow(sentence);
  });
});
