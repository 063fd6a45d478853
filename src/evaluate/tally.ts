import type { Spent } from '../domain/trial.ts';
import type { Ledger } from './ledger.ts';

/** A ledger that knows how much of what was spent went through it. */
export interface TalliedLedger extends Ledger {
  /** What was settled here, out of what `spent` says of the whole. */
  tally(): Spent;
}

/** The same ledger, counting apart what is reserved and settled through this face of it. */
export function tallied(ledger: Ledger): TalliedLedger {
  let own: Spent = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  return {
    ...ledger,
    settle: (reservation, fate) => {
      const before = ledger.spent();
      ledger.settle(reservation, fate);
      own = plus(own, minus(ledger.spent(), before));
    },
    tally: () => own,
  };
}

/** What is left of one without the other; a cost that is unknown on one side is unknown. */
export function minus(one: Spent, other: Spent): Spent {
  return plus(one, {
    calls: -other.calls,
    inputTokens: -other.inputTokens,
    outputTokens: -other.outputTokens,
    ...(other.costUsd !== undefined && { costUsd: -other.costUsd }),
  });
}

/** Both together; a cost that is unknown on one side is unknown. */
export function plus(one: Spent, other: Spent): Spent {
  return {
    calls: one.calls + other.calls,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    ...(one.costUsd !== undefined && other.costUsd !== undefined && { costUsd: one.costUsd + other.costUsd }),
  };
}
