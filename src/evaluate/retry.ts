import type { Failure } from '../domain/trial.ts';

/** How a question has fared so far. */
export interface Attempts {
  /** Attempts made, the failed one included; ≥ 1. */
  readonly made: number;
  /** How many of them timed out. */
  readonly timedOut: number;
  /** Since the first one began. */
  readonly elapsedMs: number;
  /** Whether the server has answered anything in this run: if never, it is reported soon instead of waited for. */
  readonly everAnswered: boolean;
  /** How long the model has refused every call for its rate. */
  readonly refusedForMs: number;
}

const firstWaitMs = 250;
const longestWaitMs = 8_000;
/** A server that asks for more patience than this means a daily limit, not a busy minute. */
export const longestRetryAfterMs = 60_000;
/** A model that refuses all calls for their rate this long is not waited for any more. */
export const longestDroughtMs = 120_000;
/** Most attempts at one question that a server may charge for. With the waits below this outlasts any hiccup. */
export const mostPaidAttempts = 8;
/** Most attempts at one question: a rate limit must be outlasted for a whole minute, and costs nothing. */
export const mostAttempts = 16;
const mostTimeouts = 5;
const mostTimeoutsWhenNeverAnswered = 2;
/** A connection takes 3 s to fail at worst, so a server that is not there is reported in under 10 s. */
const patienceWhenNeverAnsweredMs = 6_000;

/**
 * How long to wait before asking again, in ms, or undefined to give up. `jitter` in [0, 1) spreads attempts that failed together.
 * Doubling waits from 250 ms to 8 s; a wait that the server names is kept, and never shortened. A rate limit concerns all calls of a model:
 * there the lane waits (`limitedWait`), not the call.
 */
export function retryWait(failure: Failure, attempts: Attempts, jitter: number): number | undefined {
  if (!failure.retryable) return undefined;
  const waitMs = waitFor(failure, attempts.made, jitter);
  return isWorthIt(failure, attempts, waitMs) ? waitMs : undefined;
}

function waitFor({ reason, retryAfterMs }: Failure, made: number, jitter: number): number {
  if (reason === 'parameter' || reason === 'rate-limited') return 0;
  return named(retryAfterMs, jitter) ?? doubling(made, jitter);
}

/** How long a model is left alone that has refused calls for their rate, in ms: as long as it says, else longer each time. */
export function limitedWait(retryAfterMs: number | undefined, refusals: number, jitter: number): number {
  return named(retryAfterMs, jitter) ?? doubling(refusals, jitter);
}

const named = (retryAfterMs: number | undefined, jitter: number): number | undefined => retryAfterMs && retryAfterMs * (1 + 0.1 * jitter);

const doubling = (nth: number, jitter: number): number => Math.min(longestWaitMs, firstWaitMs * 2 ** (nth - 1)) * (0.5 + 0.5 * jitter);

function isWorthIt({ reason, retryAfterMs }: Failure, attempts: Attempts, waitMs: number): boolean {
  const { made, timedOut, elapsedMs, everAnswered, refusedForMs } = attempts;
  if (retryAfterMs !== undefined && retryAfterMs > longestRetryAfterMs) return false;
  if (timedOut >= (everAnswered ? mostTimeouts : mostTimeoutsWhenNeverAnswered)) return false;
  if (reason === 'rate-limited' && refusedForMs > longestDroughtMs) return false;
  const isDeadSoFar = !everAnswered && retryAfterMs === undefined && reason !== 'rate-limited' && reason !== 'timeout';
  if (isDeadSoFar && elapsedMs + waitMs > patienceWhenNeverAnsweredMs) return false;
  return made < (reason === 'rate-limited' ? mostAttempts : mostPaidAttempts);
}
