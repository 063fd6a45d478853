import { type LabelCounts, type LabelTally, unknownPredictions } from './confusion.ts';
import { type Counts, f1Of, precisionOf, recallOf } from './f1.ts';

/** How one label fares, counted against all others. */
export interface LabelReport {
  readonly label: string;
  /** 0 where it was never predicted. */
  readonly precision: number;
  /** 0 where it is never right. */
  readonly recall: number;
  /** 2 TP / (2 TP + FP + FN); 0 for a label that is absent. */
  readonly f1: number;
  /** Examples whose right label it is; under about 10 the other numbers mean little. */
  readonly support: number;
  readonly predicted: number;
}

/** Which labels a macro average is over, by index. */
export type Present = readonly boolean[];

/**
 * The labels that are right, or predicted, for some example of any of the tallies: what macro averages are over, the others being skipped.
 * To compare two arms give both tallies, so that both averages are over the same labels. RangeError for tallies of other labels.
 */
export function presentLabels(...tallies: readonly LabelTally[]): boolean[] {
  const [first, ...others] = tallies;
  if (first === undefined) return [];
  if (!others.every(({ labels }) => isSame(labels, first.labels))) throw new RangeError('arms can only be compared over the same labels');
  return first.labels.map((_, k) => tallies.some(({ counts }) => counts[k]!.support + counts[k]!.predicted > 0));
}

function isSame(labels: readonly string[], others: readonly string[]): boolean {
  return labels === others || (labels.length === others.length && labels.every((label, k) => label === others[k]));
}

/** Precision, recall, F1 and support of each label, as scikit-learn's `precision_recall_fscore_support` with `zero_division=0`. */
export function labelReports(tally: LabelTally): LabelReport[] {
  return tally.counts.map((counts, k) => {
    const against = againstRest(counts);
    return {
      label: tally.labels[k]!,
      precision: precisionOf(against),
      recall: recallOf(against),
      f1: f1Of(against, 0),
      support: counts.support,
      predicted: counts.predicted,
    };
  });
}

function againstRest({ support, predicted, hits }: LabelCounts): Counts {
  return { truePositives: hits, falsePositives: Math.max(0, predicted - hits), falseNegatives: Math.max(0, support - hits) };
}

/** Share of examples with the right label. An unknown prediction is a mistake. In [0, 1]; NaN without examples, like all below. */
export function accuracy(tally: LabelTally): number {
  return sumOf(tally.counts, ({ hits }) => hits) / tally.total;
}

/** Mean recall over the labels that are right for some example (Brodersen et al. 2010; scikit-learn's `balanced_accuracy_score`). In [0, 1]. */
export function balancedAccuracy(tally: LabelTally): number {
  const supported = tally.counts.filter(({ support }) => support > 0);
  return sumOf(supported, ({ hits, support }) => hits / support) / supported.length;
}

/**
 * F1 from counts pooled over labels, an unknown prediction adding a false positive as any wrong label does. Every mistake is then one false
 * positive and one false negative, so this *is* the accuracy of single-label tasks, and is here because reports ask for it by name.
 */
export function microF1(tally: LabelTally): number {
  return accuracy(tally);
}

/**
 * Mean of the labels' F1 over the `present` ones: the mean of F1s, not the F1 of mean precision and mean recall (Opitz & Burst, arXiv 1911.03347).
 * A label that is neither right nor predicted anywhere is skipped. Unknown predictions lower recall but are no label to average over:
 * scikit-learn's `f1_score(average='macro', labels=known)`. In [0, 1].
 */
export function macroF1(tally: LabelTally, present: Present = presentLabels(tally)): number {
  return meanOverPresent(tally, present, ({ f1 }) => f1);
}

/** Mean precision over the `present` labels. In [0, 1]. */
export function macroPrecision(tally: LabelTally, present: Present = presentLabels(tally)): number {
  return meanOverPresent(tally, present, ({ precision }) => precision);
}

/** Mean recall over the `present` labels; a label that was predicted but is never right has recall 0. In [0, 1]. */
export function macroRecall(tally: LabelTally, present: Present = presentLabels(tally)): number {
  return meanOverPresent(tally, present, ({ recall }) => recall);
}

function meanOverPresent(tally: LabelTally, present: Present, value: (report: LabelReport) => number): number {
  const reports = labelReports(tally).filter((_, k) => present[k]);
  return tally.total === 0 ? Number.NaN : sumOf(reports, value) / reports.length;
}

/** Mean of the labels' F1, each as often as the label is right (scikit-learn's `average='weighted'`). In [0, 1]. */
export function weightedF1(tally: LabelTally): number {
  return Math.min(1, sumOf(labelReports(tally), ({ f1, support }) => f1 * support) / tally.total);
}

/**
 * Matthews correlation for any number of labels, Gorodkin's R_K (Computational Biology and Chemistry 28:367, 2004):
 * (c s - sum t_k p_k) / sqrt((s^2 - sum p_k^2)(s^2 - sum t_k^2)), with c hits of s, t_k and p_k how often label k is right and predicted.
 * Unknown predictions are one further label, never right. In [-1, 1]; 0, no better than chance, where one side has but one label.
 */
export function matthews(tally: LabelTally): number {
  const { counts, total } = tally;
  if (total === 0) return Number.NaN;
  const unknown = unknownPredictions(tally);
  const covariance = total * sumOf(counts, ({ hits }) => hits) - sumOf(counts, ({ support, predicted }) => support * predicted);
  const predictedSpread = total ** 2 - sumOf(counts, ({ predicted }) => predicted ** 2) - unknown ** 2;
  const truthSpread = total ** 2 - sumOf(counts, ({ support }) => support ** 2);
  if (predictedSpread <= 0 || truthSpread <= 0) return 0;
  return Math.max(-1, Math.min(1, covariance / Math.sqrt(predictedSpread * truthSpread)));
}

function sumOf<T>(parts: readonly T[], value: (part: T) => number): number {
  return parts.reduce((sum, part) => sum + value(part), 0);
}
