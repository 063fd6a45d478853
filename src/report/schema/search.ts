import * as z from 'zod';
import type { FindingReason, Refusal, StopReason } from '../../domain/finding.ts';
import type { SearchReport } from '../search/model.ts';
import { effect } from './comparison.ts';

const count = z.int().nonnegative();
const amount = z.number().nonnegative();

type Shapes<T extends { readonly rule: string }> = { readonly [Rule in T['rule']]: z.ZodType<Extract<T, { readonly rule: Rule }>> };

const rule = <Rule extends string, Found extends z.core.$ZodShape>(name: Rule, found: Found) =>
  z.object({ rule: z.literal(name), ...found });

const refusals = {
  'too-few-rows': rule('too-few-rows', { rows: count }),
  'below-floor': rule('below-floor', { calls: amount, usd: amount }),
  'no-headroom': rule('no-headroom', { score: z.number() }),
  unbounded: rule('unbounded', { model: z.string(), lacks: z.enum(['price', 'limit']) }),
  pairs: rule('pairs', {}),
  'advisory-judge': rule('advisory-judge', {}),
  unmeasured: rule('unmeasured', {}),
} satisfies Shapes<Refusal>;

const reasons = {
  refused: rule('refused', { refusal: z.union(Object.values(refusals)) }),
  'nothing-better': rule('nothing-better', { candidates: count }),
  'not-confirmed': rule('not-confirmed', {}),
  'not-shown': rule('not-shown', { p: z.number(), alpha: z.number() }),
  'below-least-gain': rule('below-least-gain', { leastGain: z.number() }),
  'rows-missing': rule('rows-missing', { missing: count, of: count }),
  interrupted: rule('interrupted', {}),
  'few-rows': rule('few-rows', { rows: count, needed: count }),
  'part-of-rows': rule('part-of-rows', { rows: count, of: count }),
  'looks-unknown': rule('looks-unknown', {}),
} satisfies Shapes<FindingReason>;

const stops = {
  'threshold-reached': rule('threshold-reached', { score: z.number() }),
  dry: rule('dry', { rounds: count }),
  'reserve-left': rule('reserve-left', {}),
  candidates: rule('candidates', { candidates: count }),
  'no-headroom': rule('no-headroom', { changed: count, rows: count }),
  'nothing-to-try': rule('nothing-to-try', {}),
  provider: rule('provider', { failed: count, asked: count }),
} satisfies Shapes<StopReason>;

const because: z.ZodType<readonly FindingReason[]> = z.array(z.union(Object.values(reasons)));
const spend = z.object({ calls: amount, usd: amount.exactOptional() });
const look = z.object({ number: z.int().positive(), alpha: amount });
const change = z.object({ before: z.number(), after: z.number() });

/** What a search for a better version came to. */
export const search: z.ZodType<SearchReport> = z
  .object({
    finding: z.enum(['verified', 'promising', 'none']),
    because,
    stopped: z.union(Object.values(stops)).exactOptional(),
    seed: count,
    plan: z
      .object({
        path: z.string(),
        search: count,
        confirm: count,
        budget: spend,
        worst: spend,
        reserve: spend,
        detectable: z.number().describe('The smallest gain that the confirmation finds four times in five; 1: none.'),
        look,
        because,
      })
      .exactOptional(),
    spent: spend,
    candidates: count,
    rounds: count,
    evidence: z
      .object({ claim: z.enum(['better', 'shorter']), gain: z.number(), effect, p: z.number(), look })
      .exactOptional()
      .describe('On the confirm rows alone; `gain` is drawn towards zero.'),
    suggestion: z
      .object({
        text: z.string(),
        hash: z.string(),
        isNew: z.boolean(),
        hunks: z.array(z.object({ oldStart: count, oldLines: z.array(z.string()), newLines: z.array(z.string()) })),
        patch: z.string(),
        changes: z.array(z.object({ operator: z.string(), why: z.string() })),
        tokens: change,
        usdPer1000: change.exactOptional(),
      })
      .exactOptional(),
  })
  .meta({
    id: 'search',
    description: 'A search for a better version. It never changes the verdict; docs/search.md says what each finding means.',
  });
