import * as z from 'zod';
import { meanMeter } from '../metrics/meters/means.ts';
import { bestOverlap } from '../metrics/overlap.ts';
import { rougeL, rougeLsum } from '../metrics/rouge.ts';
import { defineScorer } from './definition.ts';
import { commonOptions } from './options.ts';
import { isPassing, passMark } from './pass-mark.ts';
import { needsReferences, referencesOf, shownOverlap, tooLong } from './references.ts';
import { answerReader } from './reply.ts';

const variants = { L: { name: 'rougeL', measure: rougeL }, Lsum: { name: 'rougeLsum', measure: rougeLsum } } as const;

export const rouge = defineScorer({
  kind: 'rouge',
  summary: 'ROUGE-L: how much of the longest common subsequence of words the answer shares with `expected`, or the nearest of several.',
  metrics: Object.values(variants).map(({ name }) => name),
  schema: z.strictObject({
    ...commonOptions,
    variant: z.enum(['L', 'Lsum']).default('L').describe('Over the whole text, or line by line as for summaries.'),
    measure: z.enum(['f1', 'precision', 'recall']).default('f1').describe('Which of the three is the score; the metric is always the F1.'),
    tokens: z
      .enum(['unicode', 'ascii'])
      .default('unicode')
      .describe('What a word is made of: letters and digits of any script, or a to z and 0 to 9 alone as `rouge_score` has it.'),
    passMark: passMark(0.5),
  }),
  bind(options) {
    const { variant, measure, tokens } = options;
    const read = answerReader(options);
    const { name, measure: overlapOf } = variants[variant];
    const meter = meanMeter([name]);
    return {
      requires: needsReferences,
      score({ text }, example) {
        const answer = read(text);
        const overlap = bestOverlap(referencesOf(example), (reference) => overlapOf(answer, reference, tokens));
        if (overlap === 'too-long') return tooLong({ [meter.id]: [0] });
        const value = overlap[measure];
        return { value, pass: isPassing(value, options.passMark), reason: shownOverlap(overlap), observed: { [meter.id]: [overlap.f1] } };
      },
      meters: [meter],
    };
  },
});
