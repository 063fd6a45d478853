import * as z from 'zod';
import { meanMeter } from '../metrics/meters/means.ts';
import type { Overlap } from '../metrics/overlap.ts';
import { squadExact as isExact, tokenF1 as overlapOf } from '../metrics/squad.ts';
import { defineScorer } from './definition.ts';
import { commonOptions } from './options.ts';
import { isPassing, passMark } from './pass-mark.ts';
import { quote } from './quote.ts';
import { needsReferences, referencesOf, shownOverlap } from './references.ts';
import { answerReader } from './reply.ts';

const meter = meanMeter(['squadExact', 'tokenF1']);

/** Both of SQuAD's figures, each against the reference that suits it best. */
function compared(answer: string, references: readonly string[]): { exact: 0 | 1; overlap: Overlap } {
  const overlaps = references.map((reference) => overlapOf(answer, reference));
  return {
    exact: references.some((reference) => isExact(answer, reference) === 1) ? 1 : 0,
    overlap: overlaps.reduce((best, other) => (other.f1 > best.f1 ? other : best)),
  };
}

export const squadExact = defineScorer({
  kind: 'squadExact',
  summary:
    'Passes if the answer equals `expected`, or one of several, as SQuAD compares: without case, punctuation and the words a, an, the.',
  metrics: meter.means,
  schema: z.strictObject(commonOptions),
  bind(options) {
    const read = answerReader(options);
    return {
      requires: needsReferences,
      score({ text }, example) {
        const answer = read(text);
        const { exact, overlap } = compared(answer, referencesOf(example));
        const reason = exact === 1 ? `equals ${quote(answer)}` : `equals none of what is expected: ${quote(answer)}`;
        return { value: exact, pass: exact === 1, reason, observed: { [meter.id]: [exact, overlap.f1] } };
      },
      meters: [meter],
    };
  },
});

export const tokenF1 = defineScorer({
  kind: 'tokenF1',
  summary: 'The F1 of the words shared with `expected`, or the nearest of several, normalised as SQuAD does.',
  metrics: meter.means,
  schema: z.strictObject({ ...commonOptions, passMark: passMark(0.5) }),
  bind(options) {
    const read = answerReader(options);
    return {
      requires: needsReferences,
      score({ text }, example) {
        const { exact, overlap } = compared(read(text), referencesOf(example));
        return {
          value: overlap.f1,
          pass: isPassing(overlap.f1, options.passMark),
          reason: shownOverlap(overlap),
          observed: { [meter.id]: [exact, overlap.f1] },
        };
      },
      meters: [meter],
    };
  },
});
