import * as z from 'zod';
import type { StopReason } from '../domain/finding.ts';
import { operatorNames } from '../domain/operator.ts';
import type { SearchEvent } from './events.ts';

const count = z.int().nonnegative();
const ids = z.array(z.string());
const numbers = z.array(count);
const spend = z.object({ calls: z.number().nonnegative(), usd: z.number().nonnegative() });

const outcome = z.object({
  score: z.number(),
  reason: z.string(),
  answer: z.string(),
  broken: z.string().exactOptional(),
  unreadable: z.boolean().exactOptional(),
  inputTokens: z.number().exactOptional(),
  outputTokens: z.number().exactOptional(),
  latencyMs: z.number().exactOptional(),
});

const slot = z.object({
  operator: z.enum(operatorNames),
  parent: count,
  mate: z.object({ other: count, base: count }).exactOptional(),
  attempt: count,
});

const admission = z.union([
  z.object({ slot: count, text: z.string(), tokens: z.number(), why: z.string() }),
  z.object({ slot: count, refused: z.string() }),
]);

const stop: z.ZodType<StopReason> = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('threshold-reached'), score: z.number() }),
  z.object({ rule: z.literal('dry'), rounds: count }),
  z.object({ rule: z.literal('reserve-left') }),
  z.object({ rule: z.literal('candidates'), candidates: count }),
  z.object({ rule: z.literal('no-headroom'), changed: count, rows: count }),
  z.object({ rule: z.literal('nothing-to-try') }),
  z.object({ rule: z.literal('provider'), failed: count, asked: count }),
]);

const eventSchema: z.ZodType<SearchEvent> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('planned'), setup: z.string(), search: ids, confirm: ids }),
  z.object({ kind: z.literal('opened'), round: count, order: ids, slots: z.array(slot), cursor: count }),
  z.object({ kind: z.literal('proposed'), slot: count, spend, reply: z.string().exactOptional() }),
  z.object({ kind: z.literal('admitted'), admissions: z.array(admission) }),
  z.object({ kind: z.literal('scored'), candidate: count, row: z.string(), spend, outcome: outcome.exactOptional() }),
  z.object({ kind: z.literal('cut'), kept: numbers, reach: count }),
  z.object({ kind: z.literal('closed'), accepted: numbers }),
  z.object({ kind: z.literal('stopped'), because: stop }),
  z.object({ kind: z.literal('chosen'), candidate: count.exactOptional(), claim: z.enum(['better', 'shorter']).exactOptional() }),
]);

/** The lines of a log as far as they are events: what follows a line that is none says nothing without it. */
export function readEvents(lines: readonly unknown[]): readonly SearchEvent[] {
  const read = lines.map((line) => eventSchema.safeParse(line));
  const end = read.findIndex(({ success }) => !success);
  return read.slice(0, end === -1 ? read.length : end).flatMap(({ data }) => data ?? []);
}
