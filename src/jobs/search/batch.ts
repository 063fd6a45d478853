import type { RunOutcome } from '../../evaluate/run.ts';
import { nothing, plus, type Spend } from '../../search/spend.ts';

/** What became of one question of a batch. */
interface Settled<T> {
  readonly at: number;
  readonly spend: Spend;
  readonly found: T;
}

/**
 * Hands on what a batch's questions come to as they settle. Each counts what it takes, whether the answer had been kept or not, so that the same
 * answers always make the same search; what retries took besides goes to the last one, which is why the latest is held back.
 */
export class Batch<T> {
  readonly #hand: (at: number, spend: Spend, found: T) => void;
  readonly #seen = new Set<number>();
  #held: Settled<T> | undefined;
  #counted = nothing;

  constructor(hand: (at: number, spend: Spend, found: T) => void) {
    this.#hand = hand;
  }

  /** The first word on a question stands. */
  settle(at: number, spend: Spend, found: T): void {
    if (this.#seen.has(at)) return;
    this.#seen.add(at);
    this.#release(nothing);
    this.#counted = plus(this.#counted, spend);
    this.#held = { at, spend, found };
  }

  /**
   * Once nothing of it is under way. The questions that are left failed, unless the run as a whole was stopped. `besides`: what is to be counted
   * in, too. Whether there was anything to count it with.
   */
  end(length: number, failed: T, { calls, costUsd = 0, stopped }: RunOutcome, besides: Spend): boolean {
    if (!isOver(stopped)) for (let at = 0; at < length; at++) this.settle(at, nothing, failed);
    const retries = { calls: Math.max(0, calls - this.#counted.calls), usd: Math.max(0, costUsd - this.#counted.usd) };
    return this.#release(plus(retries, besides));
  }

  #release(more: Spend): boolean {
    if (this.#held === undefined) return false;
    const { at, spend, found } = this.#held;
    this.#held = undefined;
    this.#hand(at, plus(spend, more), found);
    return true;
  }
}

/** Whether the search itself has to end: somebody stopped it, or its time is over. A batch that used up its allowance is another matter. */
function isOver(stopped: RunOutcome['stopped']): boolean {
  if (stopped === undefined) return false;
  return stopped.reason === 'cancelled' || (stopped.reason === 'budget' && stopped.cap !== 'calls' && stopped.cap !== 'costUsd');
}
