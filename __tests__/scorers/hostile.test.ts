import fc from 'fast-check';
import type { Example } from '../../src/domain/evalset.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import type { Answer } from '../../src/domain/trial.ts';
import { gather } from '../../src/metrics/gather.ts';
import { metricNamed } from '../../src/metrics/table.ts';
import { metersOf } from '../../src/scorers/score.ts';
import { scorerTable } from '../../src/scorers/table.ts';
import { answer, example, scorerOf, spec } from './fixtures.ts';
import { hostile } from './hostile-texts.ts';

/** Options and a row for every scorer, chosen to make it work hard. */
const cases: Readonly<Record<string, { options?: JsonObject; expected?: Json; vars?: JsonObject }>> = {
  exact: { expected: 'a' },
  contains: { expected: ['a', 'zz'] },
  regex: { options: { pattern: '(a|b)+c$' } },
  label: { options: { labels: ['a', 'aa', 'aaa', 'b'] }, expected: 'a' },
  labels: { options: { labels: ['a', 'aa', 'aaa', 'b'], list: true }, expected: ['a', 'b'] },
  number: { options: { scale: 10, units: { kg: 1, g: 0.001 } }, expected: 7 },
  fields: {
    options: {
      fields: {
        a: { list: { object: { b: { fuzzy: { atLeast: 0.5 } }, c: { list: 'text' } } } },
        n: 'number',
        d: 'date',
        s: { set: { punctuation: 'ignored' } },
        f: { fuzzy: {} },
      },
      extra: 'spurious',
      schema: { items: { $ref: '#' }, uniqueItems: true },
    },
    expected: {
      a: Array.from({ length: 50 }, (_, i) => ({ b: `${'x'.repeat(400)}${i}`, c: ['y', 'z'] })),
      n: 1,
      s: ['a'],
      f: 'f'.repeat(5000),
    },
  },
  squadExact: { expected: 'a b' },
  tokenF1: { expected: ['a b', 'c'] },
  rouge: { expected: 'a b c', options: { variant: 'Lsum' } },
  chrf: { expected: 'a b c', options: { words: 2 } },
  contextPrecision: { expected: ['a', 'b'] },
  contextRecall: { expected: ['a', 'b'], options: { read: 'citations' } },
  citations: { vars: { contexts: ['a', 'b', { id: 'doc-1' }] } },
};

/** What the others make of hostile texts: hostile-consulting.test.ts. */
const asking = ['rubric', 'pairwise', 'function'];
const kinds = Object.keys(scorerTable).filter((kind) => !asking.includes(kind));
function row(kind: string): Example {
  const { expected, vars = {} } = cases[kind]!;
  return { ...example(expected), vars };
}

function isSound(
  kind: string,
  score: (answer: Answer, example: Example) => ReturnType<ReturnType<typeof scorerOf>>,
  text: string,
): boolean {
  const { value, pass, reason, observed } = score(answer(text), row(kind));
  const seen = Object.values(observed ?? {}).flatMap((numbers) => Array.from(numbers));
  return (
    value >= 0 &&
    value <= 1 &&
    typeof pass === 'boolean' &&
    reason !== '' &&
    reason.length < 2000 &&
    seen.every((one) => typeof one === 'number')
  );
}

function expectInRange(name: string, value: number): void {
  const [least, greatest] = metricNamed(name)!.range;
  if (Number.isNaN(value)) return;
  expect([name, value, value >= least && value <= greatest]).toEqual([name, value, true]);
}

it('every scorer that asks nobody has a hostile case', () => {
  expect(Object.keys(cases)).toEqual(kinds);
});

describe.each(kinds)('%s', (kind) => {
  const specs = [spec(kind, { confidence: { field: 'sure' }, ...cases[kind]!.options })];

  it.each(hostile)('gives a score for %s', (_, text) => {
    expect(isSound(kind, scorerOf(specs), text)).toBe(true);
  });

  it('gives a score for any text, and metrics in their range', () => {
    const score = scorerOf(specs);
    const texts = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.json()), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(texts, (all) => {
        expect(all.every((text) => isSound(kind, score, text))).toBe(true);
        const runs = all.map((text, index) => ({ arm: 'head' as const, example: index, score: score(answer(text), row(kind)) }));
        const { means, pooled, pool } = gather(runs, all.length, metersOf({ scorers: specs }));
        const whole = pool(new Uint32Array(all.length).fill(1)).head ?? [];
        for (const { name, values } of means) for (const value of values.head ?? []) expectInRange(name, value);
        for (const [k, value] of Array.from(whole).entries()) expectInRange(pooled[k]!, value);
      }),
      { seed: 7, numRuns: 40 },
    );
  });
});
