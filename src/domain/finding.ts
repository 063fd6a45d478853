/** What a search may say of its best version: held-out examples bear it out, they lean that way, or there is nothing to say. */
export type FindingLabel = 'verified' | 'promising' | 'none';

/** What is claimed of the chosen version, settled before its confirm rows are asked. */
export type Claim = 'better' | 'shorter';

/** Why nothing is searched. `calls`, `usd`: the least budget that would do. */
export type Refusal =
  | { readonly rule: 'too-few-rows'; readonly rows: number }
  | { readonly rule: 'below-floor'; readonly calls: number; readonly usd: number }
  | { readonly rule: 'no-headroom'; readonly score: number }
  /** A cap in USD cannot be kept: nobody knows what a call to this model takes at most. */
  | { readonly rule: 'unbounded'; readonly model: string; readonly lacks: 'price' | 'limit' }
  /** Its answers are scored in pairs, so that no version has a score of its own. */
  | { readonly rule: 'pairs' }
  /** Only a judge says what an answer is worth, and it has not shown to agree with people. */
  | { readonly rule: 'advisory-judge' }
  /** The version to improve could not be measured. */
  | { readonly rule: 'unmeasured' };

/** What keeps a finding from being more than a suggestion, or its rows from being all there are. */
export type Caveat =
  | { readonly rule: 'few-rows'; readonly rows: number; readonly needed: number }
  | { readonly rule: 'part-of-rows'; readonly rows: number; readonly of: number }
  | { readonly rule: 'looks-unknown' };

/** Why no further round is opened. */
export type StopReason =
  /** A version reached the score that was asked for. */
  | { readonly rule: 'threshold-reached'; readonly score: number }
  /** Rounds in a row that found nothing better. */
  | { readonly rule: 'dry'; readonly rounds: number }
  /** Only the confirmation can still be paid for. */
  | { readonly rule: 'reserve-left' }
  /** As many versions were tried as may be. */
  | { readonly rule: 'candidates'; readonly candidates: number }
  /** The first candidates answer almost every row as the incumbent does. */
  | { readonly rule: 'no-headroom'; readonly changed: number; readonly rows: number }
  | { readonly rule: 'nothing-to-try' }
  /** Most of a batch ended in failures. */
  | { readonly rule: 'provider'; readonly failed: number; readonly asked: number };

/** Why a finding is not more than it is. */
export type FindingReason =
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
