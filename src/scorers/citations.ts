import * as z from 'zod';
import type { Example } from '../domain/evalset.ts';
import type { Json } from '../domain/json.ts';
import { type CitationReport, citationReport } from '../metrics/citations.ts';
import { meanMeter } from '../metrics/meters/means.ts';
import { defineScorer } from './definition.ts';
import { commonOptions } from './options.ts';
import { isPassing, passMark } from './pass-mark.ts';
import { quote } from './quote.ts';
import { shownShare } from './references.ts';
import { answerReader } from './reply.ts';

const meter = meanMeter(['citationValidity', 'citationCoverage']);

export const citations = defineScorer({
  kind: 'citations',
  summary:
    'The share of the citations in the answer, such as [1] or [doc-3], that name a context the prompt was given. An answer without any scores 0 where there were contexts.',
  metrics: meter.means,
  schema: z.strictObject({
    ...commonOptions,
    contexts: z
      .string()
      .min(1)
      .default('contexts')
      .describe(
        'The variable that holds the contexts: a list, whose entries go by their `id` or else by their number from 1; a mapping, whose keys are ids; or one text, number 1.',
      ),
    coverage: z.number().min(0).max(1).default(0).describe('The least share of sentences that must cite a context for the answer to pass.'),
    passMark: passMark(1),
  }),
  bind(options) {
    const read = answerReader(options);
    return {
      requires: ({ vars }) => (!Object.hasOwn(vars, options.contexts) ? `it has no variable ${quote(options.contexts)}` : undefined),
      score({ text }, example) {
        const report = citationReport(read(text), contextIds(example, options.contexts));
        const { validity, coverage } = report;
        return {
          value: validity,
          pass: isPassing(validity, options.passMark) && isPassing(coverage, options.coverage),
          reason: reason(report),
          observed: { [meter.id]: [validity, coverage] },
        };
      },
      meters: [meter],
    };
  },
});

function contextIds({ vars }: Example, name: string): ReadonlySet<string> {
  const contexts: Json | undefined = Object.hasOwn(vars, name) ? vars[name] : undefined;
  if (typeof contexts !== 'object' || contexts === null) return new Set(contexts === undefined || contexts === '' ? [] : ['1']);
  if (!Array.isArray(contexts)) return new Set(Object.keys(contexts));
  return new Set(contexts.map((context: Json, index) => ownId(context) ?? String(index + 1)));
}

function ownId(context: Json): string | undefined {
  const id: unknown = typeof context === 'object' && context !== null && 'id' in context ? context['id'] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

const mostShown = 5;

function reason({ citations: found, validity, coverage, sentences }: CitationReport): string {
  if (found.length === 0) return sentences === 0 ? 'says nothing' : 'cites nothing';
  const wrong = [...new Set(found.filter(({ exists }) => !exists).map(({ id }) => id))];
  const share = `${shownShare(validity)} of its citations are valid, ${shownShare(coverage)} of its sentences cite`;
  return wrong.length === 0 ? share : `${share}; there is no ${wrong.slice(0, mostShown).map(quote).join(', ')}`;
}
