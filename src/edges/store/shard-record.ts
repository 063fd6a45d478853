import * as z from 'zod';
import { Recollection } from '../../domain/recollection.ts';
import type { Failure, FailureReason, Spent } from '../../domain/trial.ts';
import { openScratch } from '../scratch.ts';
import { parsed } from './entries.ts';
import { isSound } from './line.ts';

const amount = z.number().min(0);
const spent: z.ZodType<Spent> = z.object({ calls: amount, inputTokens: amount, outputTokens: amount, costUsd: amount.optional() });
const sentence = z.string().max(20_000);

/** What a shard says of itself; what only its end can tell is absent while it runs. */
export const recordSchema = z.object({
  format: z.literal(1),
  /** Of the tool. */
  version: z.string().max(100),
  shard: z.object({ index: z.int().min(1), count: z.int().min(1) }),
  /** SHA-256 (hex) of the whole plan that it is a part of. */
  plan: z.string().max(100),
  state: z.enum(['running', 'whole', 'stopped']),
  stopped: z.object({ reason: z.enum(['provider-dead', 'cancelled', 'bad-input', 'budget']), sentence }).optional(),
  /** The run that had come to all of it before, so that nothing was asked. */
  recalledFrom: z.int().min(1).optional(),
  /** SHA-256 (hex) of each of its files. */
  files: z.object({ answers: z.string(), failures: z.string() }).optional(),
  /** Where requests went; absent where none was planned. */
  endpoint: z.string().max(2000).optional(),
  refusals: z
    .array(z.object({ model: z.string().max(500), parameter: z.string().max(100) }))
    .max(1000)
    .default([]),
  spent: spent.default({ calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }),
  /** How much of that was for grading. */
  consulted: spent.optional(),
  /** Answers from its cache. */
  cached: amount.default(0),
  durationMs: amount.default(0),
});

export type ShardRecord = z.infer<typeof recordSchema>;

const reasons: Readonly<Record<FailureReason, true>> = {
  unreachable: true,
  timeout: true,
  'rate-limited': true,
  quota: true,
  'server-error': true,
  'bad-reply': true,
  unauthorized: true,
  'not-found': true,
  rejected: true,
  parameter: true,
  function: true,
  budget: true,
  'not-recorded': true,
  cancelled: true,
};

const isReason = (text: string): text is FailureReason => Object.hasOwn(reasons, text);

const failureLine = z.object({
  key: z.string().regex(/^[0-9a-f]{64}$/),
  failure: z.object({
    kind: z.literal('failure'),
    reason: z.string().refine(isReason),
    sentence,
    retryable: z.boolean(),
    mayHaveCost: z.boolean().optional(),
  }),
});

/** What was asked in vain, by key. Undefined where a line is not as it was written. */
export function failuresIn(lines: Iterable<Buffer>): Recollection<Failure> | undefined {
  const failures = newFailures();
  for (const line of lines) {
    const read = isSound(line) ? parsed(line, failureLine) : undefined;
    if (read === undefined) return undefined;
    failures.put(read.key, read.failure);
  }
  return failures;
}

/** What was asked in vain, by key. */
export const newFailures = (): Recollection<Failure> => new Recollection<Failure>(({ sentence: why }) => why.length, openScratch());
