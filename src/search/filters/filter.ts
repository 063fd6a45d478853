/** A candidate's text before anything is spent on it. */
export interface Draft {
  readonly text: string;
  /** Whether its operator is meant to quote rows, as worked examples do. */
  readonly quotesRows: boolean;
}

/** What a draft is held against. */
export interface Ground {
  readonly path: string;
  /** The text that the pull request has now. */
  readonly incumbent: string;
  readonly countTokens: (text: string) => number;
  /** Whether a text runs over wording of the eval set that what it was made from does not have. */
  readonly isCopied: (text: string) => boolean;
  /** Wording that must stand as often as it did. */
  readonly protect: readonly string[];
  /** Fingerprints of all drafts admitted before this one. */
  readonly known: ReadonlySet<string>;
}

/** Says why a draft is not worth a call, as a clause; undefined if it may be. */
export type Filter = (draft: Draft, ground: Ground) => string | undefined;
