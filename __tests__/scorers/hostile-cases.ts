import type { Example } from '../../src/domain/evalset.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import { boundScorer } from '../../src/scorers/bound.ts';
import { scorerTable } from '../../src/scorers/table.ts';
import { example, spec } from './fixtures.ts';

interface HostileCase {
  readonly options?: JsonObject;
  readonly expected?: Json;
  readonly vars?: JsonObject;
}

/** Options and a row for every scorer, chosen to make it work hard. */
const cases: Readonly<Record<string, HostileCase>> = {
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
  rubric: { options: { criteria: ['clarity', { name: 'short', check: { length: { words: { max: 5 } } } }], judge: { model: 'small' } } },
  pairwise: { options: { criteria: ['clarity'], judge: { model: 'small' } } },
  function: { options: { module: 'mine.mjs' } },
};

/** Every scorer there is. */
export const kinds: readonly string[] = Object.keys(scorerTable);

/** A scorer of this kind that is hard to satisfy. */
export const hostileSpec = (kind: string, more: JsonObject = {}) => spec(kind, { ...more, ...caseOf(kind).options });

/** A row that goes with it. */
export function hostileRow(kind: string): Example {
  const { expected, vars = {} } = caseOf(kind);
  return { ...example(expected), vars };
}

/** The scorers whose score somebody else is asked for. */
export const asking = kinds.filter((kind) => boundScorer(hostileSpec(kind)).consults === true);

function caseOf(kind: string): HostileCase {
  const known = cases[kind];
  if (known === undefined) throw new Error(`the scorer ${kind} has no hostile case: add one`);
  return known;
}
