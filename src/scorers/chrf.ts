import * as z from 'zod';
import { chrfPlusPlus, chrfScore, chrfStatistics, chrf as plainChrf } from '../metrics/chrf.ts';
import { chrfMeter, chrfMetrics } from '../metrics/meters/chrf.ts';
import { defineScorer } from './definition.ts';
import { commonOptions } from './options.ts';
import { isPassing, passMark } from './pass-mark.ts';
import { needsReferences, referencesOf, shownShare, tooLong } from './references.ts';
import { answerReader } from './reply.ts';

export const chrf = defineScorer({
  kind: 'chrf',
  summary: 'chrF: the F2 of character n-grams shared with `expected`, or the nearest of several. Suits languages with many word forms.',
  metrics: chrfMetrics,
  schema: z.strictObject({
    ...commonOptions,
    words: z
      .union([z.literal(0), z.literal(2)])
      .default(0)
      .describe('Longest n-gram of words that counts too: 0 is chrF, 2 is chrF++.'),
    passMark: passMark(0.5),
  }),
  bind(options) {
    const { words } = options;
    const read = answerReader(options);
    const grams = words === 0 ? plainChrf : chrfPlusPlus;
    const meter = chrfMeter(grams);
    const none = new Float64Array(3 * (grams.characters + grams.words));
    return {
      requires: needsReferences,
      score({ text }, example) {
        const statistics = chrfStatistics(read(text), referencesOf(example), grams);
        if (statistics === 'too-long') return tooLong({ [meter.id]: [0, ...none] });
        const value = chrfScore(statistics, grams);
        return {
          value,
          pass: isPassing(value, options.passMark),
          reason: `${words === 0 ? 'chrF' : 'chrF++'} ${shownShare(value)}`,
          observed: { [meter.id]: [value, ...statistics] },
        };
      },
      meters: [meter],
    };
  },
});
