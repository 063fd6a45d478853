import { listed } from '../domain/listed-ids.ts';
import type { Because, Effect, Outlook, Verdict } from '../domain/verdict.ts';
import type { MetricDefinition } from '../metrics/definition.ts';
import { effectOf, harmP, type Limits } from './compare.ts';
import { type Decision, ladder, MISSING_LIMIT } from './decide.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { outlookOf } from './outlook.ts';
import type { Paired } from './pairs.ts';
import { refusalOf } from './refusal.ts';
import { fewClusters, methodFor, type Scope, scopeOf, tooFewClusters } from './scope.ts';
import { guard, type ProtectedSlice, type Slice, slicesOf, unprovenSlices, untestedSlices, worseSlices } from './slices.ts';

/** A metric of the head with the least value it may have, or the greatest where lower ones are better. */
export interface Threshold {
  readonly metric: string;
  readonly direction: MetricDefinition['direction'];
  /** Absent where the metric has none on these examples. */
  readonly value?: number;
  readonly threshold: number;
}

/** What a prompt is judged by, all of it from the base branch. */
export interface Rules extends Limits {
  /** Slices on which the gate blocks too. */
  readonly protected?: readonly ProtectedSlice[];
  /** Whether every other slice is compared as well, for the reader. */
  readonly slices?: boolean;
  /** Whether what is not shown blocks: then every protected slice must be shown to keep its margin. */
  readonly strict?: boolean;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly because: readonly Because[];
  /** Absent where nothing could be paired, or where what was paired cannot be compared. */
  readonly effect?: Effect;
  readonly outlook?: Outlook;
  readonly slices: readonly Slice[];
}

/**
 * Decides about one prompt: whether enough was measured, what the verdict may speak of, the interval that suits the scores, the ladder,
 * the protected slices, and the thresholds. The one function that a check and the benchmark both call.
 */
export function judge({ pairs, missing }: Paired, thresholds: readonly Threshold[], rules: Rules): Judgement {
  const refusal = refusalOf(pairs);
  if (refusal !== undefined) return { verdict: 'could-not-measure', because: [refusal], slices: [] };
  const total = pairs.length + missing.length;
  const tooManyMissing: Because = { rule: 'pairs-missing', missing: missing.length, total, ...listed(missing) };
  if (pairs.length === 0) return { ...unmeasured(total === 0 ? { rule: 'too-few-examples', examples: 0 } : tooManyMissing), slices: [] };

  const evidence = evidenceOf(pairs);
  const scope = scopeOf(evidence);
  const compared = comparisonOf(evidence, scope, missing.length, rules);
  if (missing.length > MISSING_LIMIT * total) return { ...unmeasured(tooManyMissing), ...compared };

  const { effect, outlook, slices } = compared;
  const { harmShown, regressed } = guard(harmP(effect.method, evidence), slices, rules.alpha);
  const decision = ladder(effect, harmShown, scope, outlook);
  const blocked: Because[] = [...missedThresholds(thresholds), ...regressed.map((slice): Because => ({ rule: 'slice-regressed', slice }))];
  const unknown = unmeasuredThresholds(thresholds);
  const unproven = rules.strict ? [...unprovenSlices(slices), ...untestedSlices(slices)] : [];
  return {
    verdict: verdictOf(decision, { blocked, unknown, unproven }),
    because: [
      ...blocked,
      ...unknown,
      ...(scope === 'nothing' ? [] : [decision.because]),
      ...(decision.verdict === 'regressed' ? [] : worseSlices(slices, rules.alpha)),
      ...(rules.strict ? unproven : untestedSlices(slices)),
      ...clusterReasons(evidence),
    ],
    effect,
    outlook,
    slices,
  };
}

function unmeasured(because: Because) {
  return { verdict: 'could-not-measure', because: [because] } as const;
}

type Reasons = Readonly<Record<'blocked' | 'unknown' | 'unproven', readonly Because[]>>;

/** What blocks outranks what is not known, and that outranks what the ladder says. */
function verdictOf(decision: Decision, { blocked, unknown, unproven }: Reasons): Verdict {
  if (blocked.length > 0) return 'regressed';
  if (decision.verdict !== 'regressed' && unknown.length > 0) return 'could-not-measure';
  return unproven.length > 0 ? atMostInconclusive(decision) : decision.verdict;
}

function comparisonOf(evidence: Evidence, scope: Scope, missing: number, rules: Rules) {
  const effect = effectOf(evidence, methodFor(evidence, scope), missing, rules);
  const slices = slicesOf(evidence.pairs, scope, rules, rules.protected ?? [], rules.slices ?? false);
  return { effect, outlook: outlookOf(evidence, rules), slices };
}

function atMostInconclusive({ verdict }: Decision): Verdict {
  return verdict === 'regressed' ? verdict : 'inconclusive';
}

function clusterReasons(evidence: Evidence): Because[] {
  const clusters = evidence.clusters?.count ?? 0;
  if (tooFewClusters(evidence)) return [{ rule: 'too-few-clusters', clusters }];
  return fewClusters(evidence) ? [{ rule: 'few-clusters', clusters }] : [];
}

/** Thresholds hold on the measured value itself: they are floors and ceilings that a team has set, not estimates. */
export function missedThresholds(thresholds: readonly Threshold[]): Because[] {
  return thresholds.flatMap(({ metric, direction, value, threshold }): Because[] => {
    const isKept = value === undefined || (direction === 'higher' ? value >= threshold : value <= threshold);
    return isKept ? [] : [{ rule: 'threshold-missed', metric, threshold, value }];
  });
}

/** Thresholds that nobody can tell the holding of. */
export function unmeasuredThresholds(thresholds: readonly Threshold[]): Because[] {
  return thresholds.flatMap(({ metric, value, threshold }) =>
    value === undefined ? [{ rule: 'threshold-unmeasured', metric, threshold } as const] : [],
  );
}
