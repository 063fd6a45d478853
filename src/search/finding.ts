import type { Effect } from '../domain/verdict.ts';
import type { Claim, StopReason } from './events.ts';
import type { PlannedLook } from './looks.ts';
import type { Caveat, Refusal } from './plan.ts';

/** Why a finding is not more than it is. */
export type Because =
  | { readonly rule: 'refused'; readonly refusal: Refusal }
  /** Nothing did better on the search rows, so that the confirm rows were not touched. */
  | { readonly rule: 'nothing-better'; readonly candidates: number }
  /** On the confirm rows the gain was gone. */
  | { readonly rule: 'not-confirmed' }
  /** It is there, but chance alone could have made it. */
  | { readonly rule: 'not-shown'; readonly p: number; readonly alpha: number }
  /** It is shown, but is less than was asked for. */
  | { readonly rule: 'below-least-gain'; readonly leastGain: number }
  | { readonly rule: 'rows-missing'; readonly missing: number; readonly of: number }
  /** The search was cancelled before its end. */
  | { readonly rule: 'interrupted' }
  | Caveat;

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
  readonly label: 'verified' | 'promising' | 'none';
  readonly because: readonly Because[];
  readonly evidence?: Evidence;
  readonly stopped?: StopReason;
}
