import type { Clock, RateLimit, RateLimits } from '../domain/ports.ts';
import type { Answer, Failure } from '../domain/trial.ts';
import type { RandomStream } from '../stats/random.ts';
import { limitedWait, longestDroughtMs, longestRetryAfterMs } from './retry.ts';

/** A call in a lane. */
export interface Call {
  /** Tokens that servers count against a limit: what is sent, and the answer at its limit. */
  readonly tokens: number;
  /** The lane's burst that it was sent in. */
  burst?: number;
}

/** What is known of a limit between two replies that tell. */
interface Standing {
  readonly limit: number;
  readonly remaining: number;
  /** When it is whole again, on the clock. */
  readonly resetMs: number;
}

/**
 * How fast one model may be asked. Additive increase, multiplicative decrease: the window of calls under way is halved once for all refusals of
 * one burst, and grows by one call with each round of answers, or by a 64th of its full size if that is more. Chiu and Jain 1989, https://doi.org/10.1016/0169-7552(89)90019-6;
 * one decrease for each window of data as in RFC 5681, section 3.1. A refusal pauses the whole lane, and so does a limit that is used up.
 */
export class Lane {
  readonly #clock: Clock;
  readonly #jitter: RandomStream;
  readonly #full: number;
  readonly #underWay = new Set<Call>();
  readonly #standing = new Map<keyof RateLimits, Standing>();
  #window: number;
  #burst = 0;
  #pausedUntilMs = 0;
  /** Cuts that answers have not made up for. */
  #cuts = 0;
  #refusedSinceMs: number | undefined;

  /** `full`: most calls under way. */
  constructor(full: number, clock: Clock, jitter: RandomStream) {
    this.#full = full;
    this.#window = full;
    this.#clock = clock;
    this.#jitter = jitter;
  }

  /** Milliseconds until the call may be sent, as far as is known now; Infinity: when another one has ended. */
  waitMs(call: Call): number {
    const now = this.#clock.now();
    if (this.#underWay.size >= Math.floor(this.#window)) return Infinity;
    return Math.max(this.#pausedUntilMs - now, this.#untilReset('requests', 1, now), this.#untilReset('tokens', call.tokens, now), 0);
  }

  begin(call: Call): void {
    call.burst = this.#burst;
    this.#underWay.add(call);
  }

  /** Takes in what the server has just said of its limits. */
  heard(limits: RateLimits): void {
    const now = this.#clock.now();
    for (const name of ['requests', 'tokens'] as const) {
      const said = limits[name];
      if (said !== undefined) this.#standing.set(name, standing(said, now));
    }
  }

  end(call: Call, reply: Answer | Failure | undefined): void {
    if (reply?.kind === 'answer') this.#grow();
    if (reply?.kind === 'failure' && reply.reason === 'rate-limited') this.#refused(call, reply.retryAfterMs);
    this.#underWay.delete(call);
  }

  /** How long the model has refused every call for its rate, in ms. */
  refusedForMs(): number {
    return this.#refusedSinceMs === undefined ? 0 : this.#clock.now() - this.#refusedSinceMs;
  }

  #grow(): void {
    this.#cuts = Math.max(0, this.#cuts - 1);
    this.#refusedSinceMs = undefined;
    this.#window = Math.min(this.#full, this.#window + Math.max(1, this.#full / 64) / this.#window);
  }

  #refused({ burst }: Call, retryAfterMs: number | undefined): void {
    const now = this.#clock.now();
    this.#refusedSinceMs ??= now;
    const isNews = burst === this.#burst;
    if (isNews) {
      this.#window = Math.max(1, Math.min(this.#window, this.#underWay.size) / 2);
      this.#burst += 1;
      this.#cuts += 1;
    }
    const isHopeless = this.refusedForMs() > longestDroughtMs || (retryAfterMs ?? 0) > longestRetryAfterMs;
    if (isHopeless || (!isNews && retryAfterMs === undefined)) return;
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, now + limitedWait(retryAfterMs, this.#cuts, this.#jitter.uniform()));
  }

  /** Wait for a limit. What is under way may be counted in by the server already; it is set aside all the same. */
  #untilReset(name: keyof RateLimits, needed: number, now: number): number {
    const known = this.#standing.get(name);
    if (known === undefined || (this.#underWay.size === 0 && known.resetMs <= now)) return 0;
    const left = (known.resetMs <= now ? known.limit : known.remaining) - this.#used(name);
    if (needed <= left) return 0;
    return known.resetMs <= now ? Infinity : known.resetMs - now;
  }

  #used(name: keyof RateLimits): number {
    if (name === 'requests') return this.#underWay.size;
    return [...this.#underWay].reduce((sum, { tokens }) => sum + tokens, 0);
  }
}

function standing({ limit = Infinity, remaining, resetMs }: RateLimit, now: number): Standing {
  return { limit, remaining, resetMs: now + Math.min(resetMs, longestRetryAfterMs) };
}
