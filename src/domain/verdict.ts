import type { Distrust, Left } from './agreement.ts';
import type { CapName } from './policy.ts';
import type { Arm } from './trial.ts';

/** What a comparison ends in, in its machine form. */
export type Verdict = 'improved' | 'no-worse' | 'regressed' | 'inconclusive' | 'not-evaluated' | 'could-not-measure' | 'bad-input';

/** How the interval was computed. */
export type IntervalMethod = 'tango' | 'paired-t' | 'pseudo-pair' | 'cluster-t' | 'cmh';

/** The paired difference head − base over the examples. All values are fractions. */
export interface Effect {
  /** Mean of the per-example differences, in [−1, 1]. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** Two-sided coverage of [lower, upper], e.g. 0.9 for 5 % at each end. */
  readonly level: number;
  readonly method: IntervalMethod;
  /** Error rate at each end. */
  readonly alpha: number;
  /** The tolerated drop. */
  readonly margin: number;
  /** Examples on which head scored higher. */
  readonly wins: number;
  /** Examples on which head scored lower. */
  readonly losses: number;
  readonly ties: number;
  /** Examples without a score on one side or both: not part of the effect. */
  readonly missing: number;
}

/** head − base of a metric, in the metric's own unit, with an interval. To show: the verdict stays on the score of each example. */
export interface MetricDifference {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** Two-sided coverage of [lower, upper]. */
  readonly level: number;
  readonly method: IntervalMethod | 'paired-bootstrap' | 'group-jackknife';
}

/** Per-arm mean score with its own interval; not for comparing arms. */
export interface ArmScore {
  /** Mean score in [0, 1]. */
  readonly score: number;
  /** Examples it is the mean of. */
  readonly n: number;
  /** 95 % interval (Wilson for pass/fail, t for graded). */
  readonly lower: number;
  readonly upper: number;
}

/** One scored example on both sides, repeats already averaged. */
export interface Pair {
  readonly exampleId: string;
  readonly base: number;
  readonly head: number;
  readonly cluster?: string;
  readonly tags: readonly string[];
  /** Every run's score; absent with one run per example, where `base` and `head` say it all. */
  readonly repeats?: Readonly<Record<Arm, ArrayLike<number>>>;
}

/** What these examples can show, and what it would take to settle a harmless edit with 80 % probability. */
export interface Outlook {
  /** The smallest drop that this eval set rules out with 80 % probability when nothing changed, in (0, 1]. */
  readonly resolvableDrop: number;
  /** Further examples like these that would bring that drop down to the margin; 0 where it is there. */
  readonly moreExamples: number;
  /** Runs per example that would; absent where none would, or where nothing is known of how runs vary. */
  readonly repeats?: number;
}

/** How often runs of one example under one prompt disagree. */
export interface Flakiness {
  /** Ids of examples whose runs disagree under base, under head; of many the first. */
  readonly base: readonly string[];
  readonly head: readonly string[];
  /** How many are not listed under base and under head, and how many examples that makes together; absent: none. */
  readonly more?: { readonly base: number; readonly head: number; readonly examples: number };
}

/** A cap was or would have been passed. `needed`: what the plan asks for, at its most. */
export interface BudgetReason {
  readonly rule: 'budget';
  readonly cap: CapName;
  readonly allowed: number;
  readonly needed: number;
  /** Set where the cap is on all runs on the pull request together: what earlier ones left of it is `allowed`. */
  readonly pullRequest?: { readonly cap: number; readonly earlier: number };
  /** The example that alone is above a cap for each trial. */
  readonly exampleId?: string;
  /** The reply by which the server itself broke the cap: more tokens than its request allows. */
  readonly breach?: {
    readonly model: string;
    readonly amount: 'inputTokens' | 'outputTokens';
    readonly reserved: number;
    readonly used: number;
  };
}

/** Why a verdict is what it is, as data; `report/` makes sentences of it. */
export type Because =
  | { readonly rule: 'lower-above-zero' }
  /** `equivalent`: the upper end lies below +margin too. `worse`: the whole interval lies below zero, but within the margin. */
  | { readonly rule: 'lower-above-margin'; readonly equivalent: boolean; readonly worse: boolean }
  | { readonly rule: 'upper-below-zero' }
  /** Neither harm nor its absence shown; `moreExamples` more, or `repeats` runs of each, would settle the margin if the true difference is zero. */
  | { readonly rule: 'interval-too-wide'; readonly moreExamples: number; readonly repeats?: number }
  /** Under 20 examples an interval cannot certify "no worse". */
  | { readonly rule: 'too-few-examples'; readonly examples: number }
  /** Harm was so clear after these examples that the rest was not asked. */
  | { readonly rule: 'stopped-early'; readonly examples: number; readonly of: number }
  /** A protected slice got worse. */
  | { readonly rule: 'slice-regressed'; readonly slice: string }
  /** A slice that nobody protected got worse though the whole did not: named, but nothing blocks on it. */
  | { readonly rule: 'slice-worse'; readonly slice: string }
  /** Strict: a protected slice has not shown that its drop is below its own margin. */
  | { readonly rule: 'slice-unproven'; readonly slice: string; readonly margin: number }
  /** A protected slice with too few examples, or too few clusters, to be tested. */
  | { readonly rule: 'slice-too-small'; readonly slice: string; readonly examples: number }
  /** Examples from so few origins say nothing of further inputs. */
  | { readonly rule: 'too-few-clusters'; readonly clusters: number }
  /** Enough for a verdict, but fewer than its error rates were measured for. */
  | { readonly rule: 'few-clusters'; readonly clusters: number }
  /** A scorer returned what is no score: not a number, or outside 0 to 1. `more`: examples besides those listed. */
  | { readonly rule: 'invalid-scores'; readonly exampleIds: readonly string[]; readonly more?: number }
  /** Examples that were not run equally often. `more`: as above. */
  | { readonly rule: 'uneven-repeats'; readonly exampleIds: readonly string[]; readonly more?: number }
  /** A floor, or where lower values are better a ceiling, that the head does not keep. */
  | { readonly rule: 'threshold-missed'; readonly metric: string; readonly threshold: number; readonly value: number }
  /** A threshold on a metric that has no value on these examples, so that nobody knows whether it holds. */
  | { readonly rule: 'threshold-unmeasured'; readonly metric: string; readonly threshold: number }
  /** Too many examples have no score on one side or both. `more`: as above. */
  | {
      readonly rule: 'pairs-missing';
      readonly missing: number;
      readonly total: number;
      readonly exampleIds: readonly string[];
      readonly more?: number;
    }
  /** A cap was or would have been passed. */
  | BudgetReason
  /** The team accepts a cap that was reached: `caps.onReached: warn`. */
  | { readonly rule: 'cap-accepted' }
  | { readonly rule: 'provider-dead'; readonly sentence: string }
  /** A judge that has not shown to agree with people decides nothing; `left` does. */
  | { readonly rule: 'advisory-judge'; readonly left: Left; readonly distrust: Distrust }
  | { readonly rule: 'new-prompt' }
  | { readonly rule: 'deleted-prompt' }
  | { readonly rule: 'no-eval-set'; readonly expectedPath: string }
  /** Base and head ask the same questions of the same model. */
  | { readonly rule: 'same-requests' }
  /** No key to call the model with, as on pull requests from forks. */
  | { readonly rule: 'no-key' }
  /** Its eval set scores by a function, and none runs for pull requests from forks. */
  | { readonly rule: 'no-functions' }
  /** A strict setting turns what would pass into a failure. */
  | { readonly rule: 'policy'; readonly key: 'onInconclusive' | 'onNew' | 'onDeleted' | 'onMissingEvals' }
  /** `more`: how many problems the last sentence stands for, where it is not one itself. */
  | { readonly rule: 'bad-input'; readonly sentences: readonly string[]; readonly more?: number };
