import type { Claim, FindingLabel, FindingReason, StopReason } from '../domain/finding.ts';
import type { Effect } from '../domain/verdict.ts';
import type { PlannedLook } from './looks.ts';

/** What a claim rests on. */
export interface Evidence {
  readonly candidate: number;
  readonly claim: Claim;
  readonly look: PlannedLook;
  /** On the confirm rows, candidate − incumbent, with the interval at the look's alpha. */
  readonly effect: Effect;
  /** The mean difference drawn towards zero, which is what may be printed: of the gains that pass a test, those that luck favoured are too many. */
  readonly gain: number;
  /** One-sided p-value of the exact paired test. */
  readonly p: number;
}

/** What a search ends in. It never changes the status of a check. */
export interface Finding {
  readonly label: FindingLabel;
  readonly because: readonly FindingReason[];
  readonly evidence?: Evidence;
  readonly stopped?: StopReason;
}
