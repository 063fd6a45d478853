import type { Example } from '../../domain/evalset.ts';
import type { OperatorName } from '../../domain/operator.ts';
import type { Message } from '../../domain/prompt.ts';
import type { TaskSignature } from '../../domain/signature.ts';
import type { RandomStream } from '../../stats/random.ts';
import type { Edit } from '../edits/edit.ts';
import type { Outcome } from '../row.ts';

/** A search row and what the parent made of it. */
export interface Seen {
  readonly example: Example;
  readonly outcome: Outcome;
}

/** What an operator may go by. */
export interface Situation {
  /** The text to change. */
  readonly parent: string;
  /** Search rows that the parent was asked about, in the eval set's order. */
  readonly seen: readonly Seen[];
  /** Two versions that are each best on some rows, with the text both come from; absent where there are no two. */
  readonly mates?: { readonly base: string; readonly one: string; readonly other: string };
  /** Present where the prompt does not exist yet and is made from this. */
  readonly signature?: TaskSignature;
  /** How often this operator has been called in this search. */
  readonly attempt: number;
  readonly stream: RandomStream;
  readonly countTokens: (text: string) => number;
}

/** A new version: edits of the parent, a whole text, or what to ask the proposer for edits of `base`. */
export type Proposal =
  | { readonly kind: 'edits'; readonly edits: readonly Edit[]; readonly why: string }
  | { readonly kind: 'text'; readonly text: string; readonly why: string }
  | { readonly kind: 'ask'; readonly messages: readonly Message[]; readonly base: string; readonly mostEdits: number };

/** One way to get from a version to a better one. */
export interface Operator {
  readonly name: OperatorName;
  /** Whether it can do nothing without a proposer. */
  readonly needsProposer: boolean;
  /** Whether it is meant to put rows' own words into the prompt; such operators are off unless a team turns them on. */
  readonly quotesRows: boolean;
  /** Undefined where it has nothing to offer. */
  propose(situation: Situation): Proposal | undefined;
}
