import type { Message, ModelParams, OutputFormat } from './prompt.ts';
import type { Score } from './score.ts';

/** The two sides of a comparison: the merge base's prompt and the pull request's. */
export type Arm = 'base' | 'head';

/** One chat completion to ask for. Equal requests are the same question. */
export interface ModelRequest {
  readonly model: string;
  readonly params: ModelParams;
  readonly messages: readonly Message[];
  readonly output?: OutputFormat;
  /** Whether the chance of each token of the answer is asked for. */
  readonly logprobs?: true;
}

/** How likely each token of an answer was to the model that chose it, token by token. */
export interface Logprobs {
  /** Where each ends in the answer's text, in UTF-16 units; rising. */
  readonly ends: readonly number[];
  /** Natural logarithms of the chances, at most 0. */
  readonly values: readonly number[];
}

/** Tokens as the server counted them. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What calls came to. */
export interface Spent {
  readonly calls: number;
  /** Upper bounds where a call's fate was unknown. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** An upper bound where a fate was unknown; absent where a price is. */
  readonly costUsd?: number;
}

/** Why the model stopped. `refusal` and `content-filter` are answers: the model would not say it. */
export type Finish = 'stop' | 'length' | 'refusal' | 'content-filter';

export interface Answer {
  readonly kind: 'answer';
  readonly text: string;
  readonly finish: Finish;
  readonly usage?: Usage;
  /** Where they were asked for and the server tells them. */
  readonly logprobs?: Logprobs;
  /** Wall time of the successful call. */
  readonly latencyMs: number;
}

export type FailureReason =
  /** No connection: refused, unknown host, dropped. */
  | 'unreachable'
  | 'timeout'
  /** 429. */
  | 'rate-limited'
  /** The account has nothing left to spend. */
  | 'quota'
  /** 5xx. */
  | 'server-error'
  /** Status 200 with a body that is no chat completion. */
  | 'bad-reply'
  /** 401 or 403. */
  | 'unauthorized'
  /** The model or the endpoint's path does not exist. */
  | 'not-found'
  /** Any other 4xx. */
  | 'rejected'
  /** The server refused a parameter; it is dropped from here on, ask again. */
  | 'parameter'
  /** A scorer function of the user's own hung, crashed or answered what is no score. */
  | 'function'
  /** A cap of ours was reached. */
  | 'budget'
  /** Nobody may be asked, and no recording has the answer. */
  | 'not-recorded'
  /** The run was stopped before this call. */
  | 'cancelled';

/** No answer. Never a score: the provider failed, not the prompt. */
export interface Failure {
  readonly kind: 'failure';
  readonly reason: FailureReason;
  /** What happened, as a sentence for the user; holds no key and no header. */
  readonly sentence: string;
  /** Worth asking again. */
  readonly retryable: boolean;
  /** How long the server asked us to wait. */
  readonly retryAfterMs?: number;
  /** Whether the server may have charged for the call (timeout, dropped socket, broken body). */
  readonly mayHaveCost?: boolean;
}

/** Whether an answer could not be graded: grades have no kind. */
export const isFailure = (grade: Score | Failure): grade is Failure => 'kind' in grade;

/** What one answer took. */
export interface Took extends Partial<Usage> {
  readonly latencyMs: number;
}

/** One version asked once about one example. */
export interface Trial {
  readonly arm: Arm;
  /** Place of the example in its eval set, 0-based. */
  readonly example: number;
  readonly exampleId: string;
  /** 0-based. */
  readonly repeat: number;
  readonly outcome: Answer | Failure;
  /** Present exactly when there is an answer and it could be graded. */
  readonly score?: Score;
  /** What the call of its answer took, also where the answer was kept from an earlier run; absent where there is none. */
  readonly took?: Took;
  /** Why the answer could not be graded: such a trial is missing, never worth zero. */
  readonly ungraded?: Failure;
}
