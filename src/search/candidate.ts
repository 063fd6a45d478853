import type { OperatorName } from '../domain/operator.ts';

/** A version that the search proposes; number 0 is the incumbent. */
export interface Candidate {
  /** Its place in the order of admission. */
  readonly id: number;
  readonly text: string;
  readonly tokens: number;
  /** The versions it was made from: one, or two for a merge, the first of which it is compared with. */
  readonly parents: readonly number[];
  /** What both parents were made from; present for a merge that holds the changes of both, line by line. */
  readonly ancestor?: number;
  /** Absent for the incumbent. */
  readonly operator?: OperatorName;
  /** One sentence for the reviewer; the proposer's words are hostile text. */
  readonly why: string;
}

export const INCUMBENT = 0;
