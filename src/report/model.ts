import type { Agreement, Distrust, Noise, PositionBias } from '../domain/agreement.ts';
import type { ChangedPrompt } from '../domain/change.ts';
import type { Json } from '../domain/json.ts';
import type { RunCaps, Spend } from '../domain/policy.ts';
import type { ArmScore, Because, Effect, Flakiness, MetricDifference, Outlook, Verdict } from '../domain/verdict.ts';
import type { MetricTable } from '../metrics/tables.ts';
import type { SearchReport } from './search/model.ts';

/** Everything a reader is told that depends on inputs and answers alone. Fractions, not percent. */
export interface Report {
  readonly verdict: Verdict;
  readonly passed: boolean;
  readonly exitCode: 0 | 1 | 2 | 3;
  /** SHA-256 (hex) of everything that decides, but for the answers; absent where nothing was to be asked. */
  readonly digest?: string;
  /** Commit SHAs, or names such as `working tree`. */
  readonly base: { readonly sha: string };
  readonly head: { readonly sha: string };
  /** Where settings and eval sets came from. */
  readonly policy: { readonly sha: string };
  /** What kept the run from beginning: bad input, or a GitHub that does not answer. One sentence each. */
  readonly problems: readonly string[];
  /** What a reviewer must know before the verdict, such as a touched workflow file. */
  readonly warnings: readonly string[];
  /** Remarks below the table, such as parameters the server refused. */
  readonly notes: readonly string[];
  /** Of the models that were asked, sorted; absent where none was. */
  readonly prices?: readonly PriceReport[];
  /** Who let what blocks pass, for this commit alone. */
  readonly accepted?: Acceptance;
  /** In path order. Empty and no problems: no prompt changed. */
  readonly prompts: readonly PromptReport[];
}

/** That a maintainer lets a commit pass although its check failed; the reason is hostile text. */
export interface Acceptance {
  readonly by: string;
  readonly reason: string;
  /** Of the comment that says so. */
  readonly url: string;
}

/** USD per million tokens, and the published table it is from; without one it is from the settings. */
export interface PriceReport {
  readonly model: string;
  readonly inputPer1M: number;
  readonly outputPer1M: number;
  readonly list?: { readonly name: string; readonly date: string };
}

export interface PromptReport extends Comparison {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: ChangedPrompt['status'];
  readonly verdict: Verdict;
  readonly passed: boolean;
  /** Whether it passes only because somebody accepted that. */
  readonly accepted?: boolean;
  readonly because: readonly Because[];
  readonly notes: readonly string[];
  /** What a call takes on average; absent where servers do not say. */
  readonly usage?: UsageReport;
  /** What it came to at earlier commits of the default branch, oldest first; absent where nobody knows. */
  readonly trend?: readonly TrendPoint[];
  /** What the pull request did to its text and to the partials it draws in; absent where nothing. */
  readonly edits?: readonly EditReport[];
  /** What a search for a better version came to; absent where none was asked for. */
  readonly search?: SearchReport;
  /** The same prompt as it would be judged if its advisory judges had a say: information, never the gate. */
  readonly advisory?: Comparison & { readonly verdict: Verdict; readonly because: readonly Because[] };
  /** The same prompt under the pull request's own settings or eval set: information, never the gate. */
  readonly proposed?: Comparison & { readonly verdict: Verdict; readonly because: readonly Because[] };
}

export interface UsageReport {
  readonly base?: ArmUsage;
  readonly head: ArmUsage;
}

/** Tokens of a call on average, and USD of a thousand; that is absent where the price is unknown. */
export interface ArmUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usdPer1000?: number;
}

export interface TrendPoint {
  readonly sha: string;
  readonly score: number;
}

/** What was done to one file's text, hostile as it is. */
export interface EditReport {
  readonly path: string;
  readonly previousPath?: string;
  readonly hunks: readonly HunkReport[];
}

/** A run of lines replaced by others. The lines themselves may be fewer than their counts say: very long changes are cut. */
export interface HunkReport {
  /** 1-based line of the old file at which the old lines begin; where there are none, that of the line the new ones come before. */
  readonly oldStart: number;
  readonly oldCount: number;
  /** The same in the new file. */
  readonly newStart: number;
  readonly newCount: number;
  readonly oldLines: readonly string[];
  readonly newLines: readonly string[];
}

/** What was measured; parts are absent where nothing could be. */
export interface Comparison {
  readonly evalSet?: { readonly path: string; readonly digest: string; readonly examples: number };
  /** Names of the models each side ran with. */
  readonly models?: { readonly base?: string; readonly head: string };
  readonly base?: ArmScore;
  readonly head?: ArmScore;
  readonly effect?: Effect;
  readonly outlook?: Outlook;
  /** Present where examples were run more than once. */
  readonly flaky?: Flakiness;
  /** Present where a team lets a run stop early or settle. */
  readonly design?: DesignReport;
  readonly metrics: readonly MetricReport[];
  /** Present where answers are graded by rubrics. */
  readonly criteria?: readonly CriterionReport[];
  /** Present where judges grade. */
  readonly judges?: readonly JudgeReport[];
  /** What stands behind the metrics; absent where nothing does. */
  readonly tables?: readonly MetricTable[];
  readonly slices: readonly SliceReport[];
  /** Constraints that answers broke, by name; absent where none was. */
  readonly constraints?: readonly ConstraintReport[];
  /** Flips only, worst first: losses by size, then wins by size; at most 200. */
  readonly examples: readonly FlipReport[];
}

/** A constraint that answers broke. */
export interface ConstraintReport {
  readonly name: string;
  /** Answers that broke it on either side. */
  readonly base: number;
  readonly head: number;
  /** Examples on which only answers of the pull request did. */
  readonly fresh: number;
  /** Ids of the first 200 of those, in the eval set's order; absent where examples are withheld. */
  readonly ids?: readonly string[];
}

/** How often results were looked at, and what of alpha that took. The effect's own alpha is what was left for the last look. */
export interface DesignReport {
  readonly earlyStop?: {
    /** Error rate of all looks for harm together. */
    readonly alpha: number;
    /** After how many examples of how many it stopped; absent: it did not. */
    readonly stopped?: { readonly examples: number; readonly of: number };
    /** What was asked first, as the eval set's `stages` declare it; absent: the order was drawn. */
    readonly stages?: 'passRate' | readonly string[];
  };
  readonly settle?: {
    /** Runs per example at each look there may be. */
    readonly repeats: readonly number[];
    /** Error rate of each. */
    readonly alpha: number;
    /** How many looks there were, at least 1. */
    readonly looks: number;
    /** Why a further one was not taken although the verdict was open. */
    readonly cut?: 'caps' | 'failures';
  };
}

export interface MetricReport {
  readonly name: string;
  readonly base?: number;
  readonly head?: number;
  readonly threshold?: number;
  /** Absent where the effect says it. */
  readonly difference?: MetricDifference;
}

/** One criterion of a rubric: its mean in [0, 1] on either side. */
export interface CriterionReport {
  readonly name: string;
  /** What the means are over: examples with a value on both sides, else those with one on either. */
  readonly examples: number;
  readonly base?: number;
  readonly head?: number;
  /** head − base with the interval that suits its values. */
  readonly difference?: MetricDifference;
}

/** A judge and how far it agrees with people. */
export interface JudgeReport {
  /** One, or a panel whose median counts. */
  readonly models: readonly string[];
  /** Names of the criteria that it grades by. */
  readonly criteria: readonly string[];
  /** Absent where no labelled answer was graded. */
  readonly agreement?: Agreement;
  /** Why its scores block nothing; absent where they may. */
  readonly distrust?: Distrust;
  /** Present where a team has it measured. */
  readonly noise?: Noise;
  /** Of judges that compare pairs. */
  readonly position?: PositionBias;
}

export interface SliceReport {
  /** The tag. */
  readonly name: string;
  readonly base: ArmScore;
  readonly head: ArmScore;
  readonly effect: Effect;
  /** Whether the gate blocks on it. */
  readonly isProtected?: boolean;
}

/** An example whose score differs between the arms. `input`, `expected` and answers are hostile text. */
export interface FlipReport {
  readonly id: string;
  readonly change: 'regressed' | 'fixed';
  /** Absent unless examples are reported in full. */
  readonly input?: string;
  readonly expected?: Json;
  readonly base: AnswerReport;
  readonly head: AnswerReport;
  /** Whether its runs disagree under one prompt: then the change may be chance. */
  readonly flaky?: boolean;
}

export interface AnswerReport {
  /** Mean score over the repeats. */
  readonly score: number;
  /** The first repeat's answer and the scorer's reason; absent unless examples are reported in full. */
  readonly answer?: string;
  readonly reason?: string;
}

/** What one search took besides, and what its versions' answers took. */
export interface SearchRun {
  /** Requests sent. */
  readonly calls: number;
  /** Questions that an earlier run had asked. */
  readonly cached: number;
  readonly costUsd?: number;
  /** Median wall time of an answer to the incumbent and to the suggested version. */
  readonly latencyMs?: { readonly before: number; readonly after: number };
}

/** What depends on the run and not on inputs and answers: the last line of the comment, and `run.json`. */
export interface Run {
  /** Requests sent, retries included. */
  readonly calls: number;
  /** How much of all that asked a judge; absent where nobody was consulted. */
  readonly consulted?: {
    readonly calls: number;
    readonly costUsd?: number /** Where it is asked, if apart. */;
    readonly endpoint?: string;
  };
  /** Trials answered without a request of their own, because an equal one had been asked. */
  readonly reused: number;
  /** Questions that an earlier run had asked, those in a recording among them; absent without any. */
  readonly cached?: number;
  /** How many of the calls an attempt at the same run had made that was cut off; absent: none. */
  readonly earlier?: number;
  /** Requests not sent because a run ended early for harm. */
  readonly spared?: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Absent when a price is unknown. */
  readonly costUsd?: number;
  readonly durationMs: number;
  /** Median and 95th percentile of the calls' wall time; absent without calls. */
  readonly latencyMs?: { readonly p50: number; readonly p95: number };
  /** By prompt: what its search took. */
  readonly searches?: Readonly<Record<string, SearchRun>>;
  /** 95th percentile of the time that answers took on each side, in ms; absent without two sides. */
  readonly latencyP95Ms?: { readonly base: number; readonly head: number };
  /** Present where all runs on the pull request together are capped. */
  readonly pullRequest?: { readonly spent: Spend; readonly caps: RunCaps; readonly earlierUnknown: boolean };
  /** Where requests went, or would have gone; the recording where nobody was to be asked. */
  readonly endpoint?: string;
  /** The recording that answers were taken from first; absent without one. */
  readonly recording?: string;
  readonly runUrl?: string;
  /** Where the report and every trial are kept. */
  readonly artifactUrl?: string;
  readonly version: string;
}
