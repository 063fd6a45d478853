import * as z from 'zod';
import type { Agreement, Distrust, Noise, PositionBias } from '../../domain/agreement.ts';
import type { JudgeReport } from '../model.ts';

const count = z.int().nonnegative();
const estimate = z.object({ estimate: z.number(), lower: z.number(), upper: z.number() }).meta({ id: 'estimate' });

const agreement: z.ZodType<Agreement> = z
  .object({
    labels: count,
    alpha: estimate.exactOptional(),
    kappa: estimate.exactOptional(),
    rank: estimate.exactOptional(),
    raw: estimate,
    passes: z.object({ people: z.number(), judge: z.number() }),
    bias: estimate,
    criteria: z.array(z.object({ criterion: z.string(), labels: count, kappa: estimate.exactOptional(), alpha: estimate.exactOptional() })),
  })
  .meta({ id: 'agreement', description: 'How the judge’s grades stand to people’s.' });

const noise: z.ZodType<Noise> = z.object({
  answers: count,
  moved: count,
  meanMove: z.number(),
  difference: z.object({ estimate: z.number(), lower: z.number(), upper: z.number(), level: z.number() }),
});

const position: z.ZodType<PositionBias> = z.object({ verdicts: count, flipped: count, rate: estimate });

/** Why a judge decides nothing, by what it lacks. */
export const distrust: z.ZodType<Distrust> = z
  .union([
    z.object({ why: z.literal('unlabelled') }),
    z.object({ why: z.literal('ungraded'), sentence: z.string().exactOptional() }),
    z.object({ why: z.literal('few-labels'), labels: count, least: count }),
    z.object({ why: z.literal('uniform-labels'), labels: count }),
    z.object({ why: z.literal('weak'), lower: z.number(), least: z.number() }),
  ])
  .meta({ id: 'distrust' });

/** A judge and how far it agrees with people. */
export const judge: z.ZodType<JudgeReport> = z
  .object({
    models: z.array(z.string()),
    criteria: z.array(z.string()),
    agreement: agreement.exactOptional(),
    distrust: distrust.exactOptional(),
    noise: noise.exactOptional(),
    position: position.exactOptional(),
  })
  .meta({ id: 'judge' });
