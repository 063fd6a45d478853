import * as z from 'zod';
import type { Json } from '../../domain/json.ts';
import type { ArmScore, Effect, IntervalMethod, MetricDifference } from '../../domain/verdict.ts';
import type { Comparison, ConstraintReport, CriterionReport, DesignReport, FlipReport, MetricReport, SliceReport } from '../model.ts';
import { judge } from './judges.ts';
import { table } from './tables.ts';

const count = z.int().nonnegative();
const ids = z.array(z.string());
const methods = {
  tango: 'tango',
  'paired-t': 'paired-t',
  'pseudo-pair': 'pseudo-pair',
  'cluster-t': 'cluster-t',
  cmh: 'cmh',
} as const satisfies { readonly [Method in IntervalMethod]: Method };
const interval = { estimate: z.number(), lower: z.number(), upper: z.number(), level: z.number() };

const arm: z.ZodType<ArmScore> = z
  .object({ score: z.number(), n: count, lower: z.number(), upper: z.number() })
  .meta({ id: 'arm', description: 'A mean score with its own 95 % interval, which is not for comparing.' });

export const effect: z.ZodType<Effect> = z
  .object({
    ...interval,
    method: z.enum(methods),
    alpha: z.number(),
    margin: z.number(),
    wins: count,
    losses: count,
    ties: count,
    missing: count,
  })
  .meta({ id: 'effect', description: 'The paired difference head − base over the examples, in fractions.' });

const difference: z.ZodType<MetricDifference> = z.object({
  ...interval,
  method: z.enum({ ...methods, 'paired-bootstrap': 'paired-bootstrap', 'group-jackknife': 'group-jackknife' }),
});

const metric: z.ZodType<MetricReport> = z
  .object({
    name: z.string(),
    base: z.number().exactOptional(),
    head: z.number().exactOptional(),
    threshold: z.number().exactOptional(),
    difference: difference.exactOptional(),
  })
  .meta({ id: 'metric' });

const criterion: z.ZodType<CriterionReport> = z
  .object({
    name: z.string(),
    examples: count,
    base: z.number().exactOptional(),
    head: z.number().exactOptional(),
    difference: difference.exactOptional(),
  })
  .meta({
    id: 'criterion',
    description: '`examples`: those with a value on both sides, else on either; an answer that breaks a constraint has none.',
  });

const constraint: z.ZodType<ConstraintReport> = z
  .object({ name: z.string(), base: count, head: count, fresh: count, ids: ids.exactOptional() })
  .meta({ id: 'constraint', description: 'Answers that broke it on either side; `fresh`: examples on which only the head did.' });

/** `protected` in the file, `isProtected` in the program. */
const slice: z.ZodType<SliceReport> = z
  .object({ name: z.string(), protected: z.boolean().exactOptional(), base: arm, head: arm, effect })
  .meta({ id: 'slice' })
  .transform(({ protected: isProtected, ...rest }) => ({ ...rest, ...(isProtected !== undefined && { isProtected }) }));

const json = z.json().meta({ id: 'json' }) as z.ZodType<Json>;
const answer = z
  .object({ score: z.number(), answer: z.string().exactOptional(), reason: z.string().exactOptional() })
  .meta({ id: 'answer' });

const flip: z.ZodType<FlipReport> = z
  .object({
    id: z.string(),
    change: z.enum(['regressed', 'fixed']),
    flaky: z.boolean().exactOptional(),
    input: z.string().exactOptional(),
    expected: json.exactOptional(),
    base: answer,
    head: answer,
  })
  .meta({ id: 'example' });

const design: z.ZodType<DesignReport> = z
  .object({
    earlyStop: z
      .object({
        alpha: z.number(),
        stopped: z.object({ examples: count, of: count }).exactOptional(),
        stages: z.union([z.literal('passRate'), z.array(z.string())]).exactOptional(),
      })
      .exactOptional(),
    settle: z
      .object({ repeats: z.array(count), alpha: z.number(), looks: count, cut: z.enum(['caps', 'failures']).exactOptional() })
      .exactOptional(),
  })
  .meta({ id: 'design' });

/** The keys of a comparison, whether it decides or informs. */
export const comparison = {
  evalSet: z.object({ path: z.string(), digest: z.string(), examples: count }).exactOptional(),
  models: z.object({ base: z.string().exactOptional(), head: z.string() }).exactOptional(),
  base: arm.exactOptional(),
  head: arm.exactOptional(),
  effect: effect.exactOptional(),
  outlook: z.object({ resolvableDrop: z.number(), moreExamples: count, repeats: count.exactOptional() }).exactOptional(),
  flaky: z.object({ base: ids, head: ids, more: z.object({ base: count, head: count, examples: count }).exactOptional() }).exactOptional(),
  design: design.exactOptional(),
  metrics: z.array(metric),
  criteria: z.array(criterion).exactOptional(),
  judges: z.array(judge).exactOptional(),
  tables: z.array(table).exactOptional(),
  slices: z.array(slice),
  constraints: z.array(constraint).exactOptional(),
  examples: z.array(flip).describe('Those whose score differs, worst first, at most 200.'),
} satisfies { readonly [Key in keyof Comparison]-?: z.ZodType<Comparison[Key] | undefined> };
