/** What decides a verdict besides the scores. Comes from the base branch; inputs may only tighten it. */
export interface GatePolicy {
  /** One-sided error rate at each end of the interval, in (0, 0.5). */
  readonly alpha: number;
  /** The tolerated drop in mean score, in (0, 1). */
  readonly margin: number;
  readonly onInconclusive: 'warn' | 'fail';
  readonly onNew: 'pass' | 'fail';
  readonly onDeleted: 'pass' | 'fail';
  readonly onMissingEvals: 'pass' | 'fail';
  /** What a cap that was reached does to the check. */
  readonly onCapReached: 'warn' | 'fail';
}

/** Most that one run may use in all. Absent: no cap of that kind. */
export interface RunCaps {
  /** Requests sent, retries included. */
  readonly calls?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly costUsd?: number;
  /** Wall time from the first call on. */
  readonly minutes?: number;
}

/** Most that one run may use, and most tokens of the question and the answer of one trial. */
export interface Caps extends RunCaps {
  readonly inputTokensPerTrial?: number;
  readonly outputTokensPerTrial?: number;
}

export type CapName = keyof Caps;

/** What runs used together. */
export interface Spend {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Absent where a price was unknown. */
  readonly costUsd?: number;
  readonly minutes: number;
}

interface TokenPrice {
  readonly inputPer1M: number;
  readonly outputPer1M: number;
}

/** USD per million tokens. */
export interface Price extends TokenPrice {
  /** What holds for the whole call where its input is longer; of several that hold the highest. */
  readonly longer?: readonly (TokenPrice & { readonly aboveInputTokens: number })[];
}
