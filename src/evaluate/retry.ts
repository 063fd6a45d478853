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
}

const firstWaitMs = 250;
const longestWaitMs = 8_000;
/** A server that asks for more patience than this means a daily limit, not a busy minute. */
const longestRetryAfterMs = 60_000;
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
 * Doubling waits from 250 ms to 8 s; a wait that the server names is kept, and never shortened.
 */
export function retryWait(failure: Failure, attempts: Attempts, jitter: number): number | undefined {
  if (!failure.retryable) return undefined;
  const waitMs = waitFor(failure, attempts.made, jitter);
  return isWorthIt(failure, attempts, waitMs) ? waitMs : undefined;
}

function waitFor({ reason, retryAfterMs }: Failure, made: number, jitter: number): number {
  if (reason === 'parameter') return 0;
  if (retryAfterMs !== undefined) return retryAfterMs * (1 + 0.1 * jitter);
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (made - 1)) * (0.5 + 0.5 * jitter);
}

function isWorthIt({ reason, retryAfterMs }: Failure, attempts: Attempts, waitMs: number): boolean {
  const { made, timedOut, elapsedMs, everAnswered } = attempts;
  if (retryAfterMs !== undefined && retryAfterMs > longestRetryAfterMs) return false;
  if (timedOut >= (everAnswered ? mostTimeouts : mostTimeoutsWhenNeverAnswered)) return false;
  const isDeadSoFar = !everAnswered && retryAfterMs === undefined && reason !== 'rate-limited' && reason !== 'timeout';
  if (isDeadSoFar && elapsedMs + waitMs > patienceWhenNeverAnsweredMs) return false;
  return made < (reason === 'rate-limited' ? mostAttempts : mostPaidAttempts);
}
