import * as z from 'zod';
import type { CapName } from '../../domain/policy.ts';
import type { Because } from '../../domain/verdict.ts';
import { distrust } from './judges.ts';

const count = z.int().nonnegative();
const ids = z.array(z.string()).describe('At most 200.');

type Shapes = { readonly [Rule in Because['rule']]: z.ZodType<Extract<Because, { readonly rule: Rule }>> };

const rule = <Rule extends string, Found extends z.core.$ZodShape>(name: Rule, found: Found) =>
  z.object({ rule: z.literal(name), ...found });

/** A rule that says nothing but its name. */
const bare = <Rule extends string>(name: Rule) => z.object({ rule: z.literal(name) });

const cap = z.enum({
  calls: 'calls',
  inputTokens: 'inputTokens',
  outputTokens: 'outputTokens',
  costUsd: 'costUsd',
  minutes: 'minutes',
  inputTokensPerTrial: 'inputTokensPerTrial',
  outputTokensPerTrial: 'outputTokensPerTrial',
} satisfies { readonly [Name in CapName]: Name });

/** Every rule that decides, with what it found. */
const shapes = {
  'lower-above-zero': bare('lower-above-zero'),
  'lower-above-margin': rule('lower-above-margin', { equivalent: z.boolean(), worse: z.boolean() }),
  'upper-below-zero': bare('upper-below-zero'),
  'interval-too-wide': rule('interval-too-wide', { moreExamples: count, repeats: count.exactOptional() }),
  'too-few-examples': rule('too-few-examples', { examples: count }),
  'stopped-early': rule('stopped-early', { examples: count, of: count }),
  'slice-regressed': rule('slice-regressed', { slice: z.string() }),
  'slice-worse': rule('slice-worse', { slice: z.string() }),
  'slice-unproven': rule('slice-unproven', { slice: z.string(), margin: z.number() }),
  'slice-too-small': rule('slice-too-small', { slice: z.string(), examples: count }),
  'too-few-clusters': rule('too-few-clusters', { clusters: count }),
  'few-clusters': rule('few-clusters', { clusters: count }),
  'invalid-scores': rule('invalid-scores', { exampleIds: ids, more: count.exactOptional() }),
  'uneven-repeats': rule('uneven-repeats', { exampleIds: ids, more: count.exactOptional() }),
  'threshold-missed': rule('threshold-missed', { metric: z.string(), threshold: z.number(), value: z.number() }),
  'threshold-unmeasured': rule('threshold-unmeasured', { metric: z.string(), threshold: z.number() }),
  'pairs-missing': rule('pairs-missing', { missing: count, total: count, exampleIds: ids, more: count.exactOptional() }),
  budget: rule('budget', {
    cap,
    allowed: z.number(),
    needed: z.number(),
    pullRequest: z.object({ cap: z.number(), earlier: z.number() }).exactOptional(),
    exampleId: z.string().exactOptional(),
    breach: z
      .object({ model: z.string(), amount: z.enum(['inputTokens', 'outputTokens']), reserved: z.number(), used: z.number() })
      .exactOptional(),
  }),
  'cap-accepted': bare('cap-accepted'),
  'provider-dead': rule('provider-dead', { sentence: z.string() }),
  'advisory-judge': rule('advisory-judge', { left: z.enum(['scorers', 'constraints', 'nothing']), distrust }),
  'new-prompt': bare('new-prompt'),
  'deleted-prompt': bare('deleted-prompt'),
  'no-eval-set': rule('no-eval-set', { expectedPath: z.string() }),
  'same-requests': bare('same-requests'),
  'no-key': bare('no-key'),
  'no-functions': bare('no-functions'),
  policy: rule('policy', { key: z.enum(['onInconclusive', 'onNew', 'onDeleted', 'onMissingEvals']) }),
  'bad-input': rule('bad-input', { sentences: z.array(z.string()), more: count.optional() }),
} satisfies Shapes;

export const because: z.ZodType<Because> = z
  .union(Object.values(shapes))
  .meta({ id: 'because', description: 'Why, by rule; docs/verdict.md says what each means.' });
