import type { Claim, StopReason } from '../domain/finding.ts';
import type { OperatorName } from '../domain/operator.ts';
import type { Outcome } from './row.ts';
import type { Spend } from './spend.ts';

/** A place in a round: which operator makes a candidate out of which version. */
export interface Slot {
  readonly operator: OperatorName;
  /** The version to change. */
  readonly parent: number;
  /** The other version of a merge, and the one both come from. */
  readonly mate?: { readonly other: number; readonly base: number };
  /** How often the operator had been called before. */
  readonly attempt: number;
}

/** What became of a slot: a candidate, or why there is none, as a clause. */
export type Admission =
  | { readonly slot: number; readonly text: string; readonly tokens: number; readonly why: string }
  | { readonly slot: number; readonly refused: string };

/**
 * One line of a search's log. Facts (`proposed`, `scored`) come in the order of arrival; between barriers that order changes nothing. Decisions
 * follow from what stands above them, and are written down so that a reader can follow and a resumed search goes on where it was.
 */
export type SearchEvent =
  | { readonly kind: 'planned'; readonly setup: string; readonly search: readonly string[]; readonly confirm: readonly string[] }
  | {
      readonly kind: 'opened';
      readonly round: number;
      readonly order: readonly string[];
      readonly slots: readonly Slot[];
      readonly cursor: number;
    }
  /** `reply` is absent where the proposer failed. */
  | { readonly kind: 'proposed'; readonly slot: number; readonly spend: Spend; readonly reply?: string }
  | { readonly kind: 'admitted'; readonly admissions: readonly Admission[] }
  /** `outcome` is absent where the provider failed. */
  | { readonly kind: 'scored'; readonly candidate: number; readonly row: string; readonly spend: Spend; readonly outcome?: Outcome }
  /** The race goes on with `kept` to row number `reach` of the order. */
  | { readonly kind: 'cut'; readonly kept: readonly number[]; readonly reach: number }
  /** The race is over; `accepted` are new members of the front. */
  | { readonly kind: 'closed'; readonly accepted: readonly number[] }
  | { readonly kind: 'stopped'; readonly because: StopReason }
  /** `candidate` is absent where none is worth confirming. */
  | { readonly kind: 'chosen'; readonly candidate?: number; readonly claim?: Claim };
