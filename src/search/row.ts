import type { Example } from '../domain/evalset.ts';

/** What an answer to one example came to. A provider's failure has none. */
export interface Outcome {
  /** In [0, 1]; the mean where there are repeats. */
  readonly score: number;
  /** The scorer's words; may quote the model and is hostile text. */
  readonly reason: string;
  /** The answer's text, hostile. */
  readonly answer: string;
  /** The constraint that the answer broke. */
  readonly broken?: string;
  /** Whether nothing could be read out of the answer, so that its form is at fault and not its choice. */
  readonly unreadable?: boolean;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly latencyMs?: number;
}

/** An example with what is known of it before the search spends anything. */
export interface SearchRow {
  readonly example: Example;
  /** What the check already paid for. */
  readonly incumbent: Outcome;
  /** Scores that other versions of the same prompt have on record for this example. */
  readonly history: readonly number[];
}
