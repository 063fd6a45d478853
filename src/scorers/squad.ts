import * as z from 'zod';
import { meanMeter } from '../metrics/meters/means.ts';
import { squadFigures } from '../metrics/squad.ts';
import { defineScorer } from './definition.ts';
import { commonOptions } from './options.ts';
import { isPassing, passMark } from './pass-mark.ts';
import { quote } from './quote.ts';
import { needsReferences, referencesOf, shownOverlap } from './references.ts';
import { answerReader } from './reply.ts';

const meter = meanMeter(['squadExact', 'tokenF1']);

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
        const { exact, overlap } = squadFigures(answer, referencesOf(example));
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
        const { exact, overlap } = squadFigures(read(text), referencesOf(example));
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
