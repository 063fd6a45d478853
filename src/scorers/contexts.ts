import * as z from 'zod';
import type { Example } from '../domain/evalset.ts';
import type { Json } from '../domain/json.ts';
import { citationsIn } from '../metrics/citations.ts';
import { meanMeter } from '../metrics/meters/means.ts';
import { plainContextPrecision, contextPrecision as rankedPrecision, contextRecall as recallOf } from '../metrics/retrieval.ts';
import { readJson } from './constraints/json.ts';
import { defineScorer } from './definition.ts';
import { commonOptions } from './options.ts';
import { isPassing, passMark } from './pass-mark.ts';
import { quote } from './quote.ts';
import { shownShare } from './references.ts';
import { answerReader } from './reply.ts';

const meter = meanMeter(['contextPrecision', 'plainContextPrecision', 'contextRecall']);

const schema = z.strictObject({
  ...commonOptions,
  read: z
    .enum(['list', 'citations'])
    .default('list')
    .describe(
      'How the answer names contexts, best first: a list (JSON, of ids or of mappings with an `id`; else parts set off by commas or lines), or citations such as [doc-3] in its text.',
    ),
  passMark: passMark(1),
});

type Options = z.output<typeof schema>;

/** Both scorers of retrieved contexts differ in which of the two shares is the score. */
function contextScorer(kind: string, summary: string, place: 0 | 2) {
  return defineScorer({
    kind,
    summary,
    metrics: meter.means,
    schema,
    bind(options: Options) {
      const read = answerReader(options);
      return {
        requires: (example) => (relevantIds(example) === undefined ? notIds(example) : undefined),
        score({ text }, example) {
          const relevant = relevantIds(example) ?? new Set<string>();
          const retrieved = retrievedIds(read(text), relevant, options.read);
          const seen = [rankedPrecision(retrieved, relevant), plainContextPrecision(retrieved, relevant), recallOf(retrieved, relevant)];
          const value = seen[place]!;
          return {
            value,
            pass: isPassing(value, options.passMark),
            reason: reason(retrieved, relevant, seen),
            observed: { [meter.id]: seen },
          };
        },
        meters: [meter],
      };
    },
  });
}

export const contextPrecision = contextScorer(
  'contextPrecision',
  'Of the contexts that the answer names, best first, whether those that `expected` lists as relevant rank first.',
  0,
);

export const contextRecall = contextScorer(
  'contextRecall',
  'The share of the relevant contexts, which `expected` lists, that the answer names.',
  2,
);

/** The ids that `expected` lists, or the one that it is. */
function relevantIds({ expected }: Example): ReadonlySet<string> | undefined {
  const list: readonly Json[] | undefined = Array.isArray(expected) ? expected : expected === undefined ? undefined : [expected];
  const ids = list?.flatMap((id) => (typeof id === 'object' || typeof id === 'boolean' ? [] : [String(id)]));
  return ids === undefined || ids.length !== list!.length ? undefined : new Set(ids);
}

function notIds({ expected }: Example): string {
  return expected === undefined ? 'it has no "expected"' : '"expected" must be a list of ids';
}

function retrievedIds(answer: string, relevant: ReadonlySet<string>, way: Options['read']): readonly string[] {
  if (way === 'citations') return citationsIn(answer, relevant).map(({ id }) => id);
  const parsed = readJson(answer);
  if ('value' in parsed && Array.isArray(parsed.value)) return parsed.value.map(idOf);
  return answer
    .split(/[,;\n]/)
    .map((part) => part.trim().replace(/^(?:[-*•–]\s+|\d{1,3}[.)]\s+)/, ''))
    .filter((part) => part !== '');
}

function idOf(part: Json): string {
  if (typeof part !== 'object' || part === null) return String(part);
  const id: unknown = 'id' in part ? part['id'] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

const mostShown = 5;

function reason(retrieved: readonly string[], relevant: ReadonlySet<string>, [ranked, plain, recall]: readonly number[]): string {
  const named = new Set(retrieved);
  const missing = [...relevant].filter((id) => !named.has(id));
  const shares = `precision ${shownShare(ranked!)} by rank and ${shownShare(plain!)} without, recall ${shownShare(recall!)}`;
  const lacks = missing.slice(0, mostShown).map(quote).join(', ');
  const more = missing.length > mostShown ? ` and ${missing.length - mostShown} more` : '';
  return missing.length === 0 ? shares : `${shares}; lacks ${lacks}${more}`;
}
