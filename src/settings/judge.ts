import * as z from 'zod';
import { judgeShape, oneOrSeveral } from '../scorers/judge/options.ts';

/** Who grades where an eval set does not say, and how far that is trusted. */
export const judgeSchema = oneOrSeveral(
  z.strictObject({
    ...judgeShape,
    leastLabels: z
      .int()
      .min(1)
      .max(100_000)
      .default(50)
      .describe('Answers that people must have labelled before a judged score may block; with fewer it is advisory.'),
    leastAgreement: z
      .number()
      .min(0)
      .max(1)
      .default(0.4)
      .describe(
        "What Krippendorff's alpha of judge and people must reach, at the low end of its 90 % interval, before a judged score may block.",
      ),
    noise: z.boolean().default(false).describe('Asks the judge twice about the same base answers, and reports how far its scores move.'),
  }),
);
