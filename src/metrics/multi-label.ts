import { type LabelReport, labelReports, macroF1, type Present, presentLabels } from './classification.ts';
import type { LabelTally } from './confusion.ts';
import { type Counts, f1Of } from './f1.ts';
import { requireLength, totalWeight, type Weights } from './weights.ts';

/** Sets of labels per example, counted once so that a draw of examples touches numbers alone. */
export interface LabelSets {
  /** The known labels: those declared, in that order, then any other that an example has, sorted. */
  readonly labels: readonly string[];
  /** Example by example, `start[i]` to `start[i + 1]`: the index of a label times 3, plus its outcome. */
  readonly outcomes: ArrayLike<number>;
  readonly start: ArrayLike<number>;
  /** Per example: predicted labels that are not known. Each is a false positive of no label. */
  readonly unknown: ArrayLike<number>;
}

/** What can become of a label in one example. */
export const labelOutcomes = { hit: 0, extra: 1, missed: 2 } as const;
const { hit: HIT, extra: EXTRA, missed: MISSED } = labelOutcomes;

/** What is known of examples with sets of labels. In [0, 1], Hamming loss the lower the better; NaN without examples. */
export interface MultiLabelReport {
  /** Share of examples whose predicted set is exactly the right one. */
  readonly subsetAccuracy: number;
  /** F1 from counts pooled over labels and examples, unknown labels being false positives. */
  readonly microF1: number;
  /** Mean of the labels' F1; a label that is neither right nor predicted for any example is skipped, and so are unknown ones. */
  readonly macroF1: number;
  /** Mean of the examples' F1. */
  readonly samplesF1: number;
  /** Mean share of known labels that are wrong, an unknown one counting as one more, capped at 1 per example. */
  readonly hammingLoss: number;
  readonly perLabel: readonly LabelReport[];
  /** Predicted labels that are not known. */
  readonly unknown: number;
}

/** Numbers the labels, compared as they are; a label listed twice counts once. */
export function encodeLabelSets(
  truth: readonly (readonly string[])[],
  predicted: readonly (readonly string[])[],
  declared: readonly string[] = [],
): LabelSets {
  requireLength('predicted sets', predicted, truth.length);
  const labels = [...new Set([...declared, ...[...new Set(truth.flat())].sort()])];
  const indexOf = new Map(labels.map((label, index) => [label, index]));
  const start = new Int32Array(truth.length + 1);
  const unknown = new Int32Array(truth.length);
  const outcomes: number[] = [];
  for (const [i, right] of truth.entries()) {
    const wanted = new Set(right);
    const got = new Set(predicted[i]);
    for (const label of wanted) outcomes.push(indexOf.get(label)! * 3 + (got.has(label) ? HIT : MISSED));
    for (const label of got) {
      if (wanted.has(label)) continue;
      const index = indexOf.get(label);
      if (index === undefined) unknown[i]! += 1;
      else outcomes.push(index * 3 + EXTRA);
    }
    start[i + 1] = outcomes.length;
  }
  return { labels, outcomes: Int32Array.from(outcomes), start, unknown };
}

/** Hits, extra and missed labels of one example. */
function countsOf({ outcomes, start, unknown }: LabelSets, example: number): Counts {
  const found = [0, 0, 0];
  for (let at = start[example]!; at < start[example + 1]!; at++) found[outcomes[at]! % 3]! += 1;
  return { truePositives: found[HIT]!, falsePositives: found[EXTRA]! + unknown[example]!, falseNegatives: found[MISSED]! };
}

/** F1 of each example's set, the score of a multi-label example: 1 where both sets are empty, for then the answer is right. In [0, 1]. */
export function exampleF1(sets: LabelSets): Float64Array {
  return Float64Array.from({ length: sets.unknown.length }, (_, example) => f1Of(countsOf(sets, example), 1));
}

/** Share of the known labels that are wrong in one example, an unknown one counting as one more; at most 1. */
export function hammingLossOf({ falsePositives, falseNegatives }: Counts, labels: number): number {
  const mistakes = falsePositives + falseNegatives;
  return mistakes === 0 ? 0 : Math.min(1, mistakes / labels);
}

/** How each label fares over examples with sets of them, and how many predicted ones are unknown. */
export interface LabelSetTally extends LabelTally {
  readonly unknown: number;
}

/** Counts the examples, each `weights[i]` times. */
export function labelSetTally({ labels, outcomes, start, unknown }: LabelSets, weights?: Weights): LabelSetTally {
  const total = totalWeight(unknown.length, weights);
  const tally = new Float64Array(labels.length * 3);
  let strangers = 0;
  for (let i = 0; i < unknown.length; i++) {
    const weight = weights?.[i] ?? 1;
    if (weight === 0) continue;
    for (let at = start[i]!; at < start[i + 1]!; at++) tally[outcomes[at]!]! += weight;
    strangers += weight * unknown[i]!;
  }
  const counts = labels.map((_, k) => {
    const [hits, extra, missed] = [tally[k * 3 + HIT]!, tally[k * 3 + EXTRA]!, tally[k * 3 + MISSED]!];
    return { support: hits + missed, predicted: hits + extra, hits };
  });
  return { labels, counts, total, unknown: strangers };
}

/** F1 from counts pooled over labels and examples. 1 where nothing was to find and nothing was found; NaN without examples. */
export function pooledLabelF1({ counts, total, unknown }: LabelSetTally): number {
  const [support, predicted, hits] = (['support', 'predicted', 'hits'] as const).map((key) =>
    counts.reduce((sum, own) => sum + own[key], 0),
  );
  if (total === 0) return Number.NaN;
  return f1Of({ truePositives: hits!, falsePositives: predicted! - hits! + unknown, falseNegatives: support! - hits! }, 1);
}

/** Mean of the labels' F1 over the `present` ones; where none is, 1 unless an unknown one was given. NaN without examples. */
export function meanLabelF1(tally: LabelSetTally, present: Present = presentLabels(tally)): number {
  if (present.includes(true) || tally.total === 0) return macroF1(tally, present);
  return tally.unknown > 0 ? 0 : 1;
}

/**
 * All multi-label numbers at once, as scikit-learn defines them on indicator matrices, with `zero_division=1`: nothing to find and nothing
 * found is right, so examples without labels do not pull a perfect answer down.
 */
export function multiLabelReport(sets: LabelSets, weights?: Weights): MultiLabelReport {
  const tally = labelSetTally(sets, weights);
  let [exact, f1Sum, wrong] = [0, 0, 0];
  for (let i = 0; i < sets.unknown.length; i++) {
    const weight = weights?.[i] ?? 1;
    if (weight === 0) continue;
    const counts = countsOf(sets, i);
    if (counts.falsePositives + counts.falseNegatives === 0) exact += weight;
    f1Sum += weight * f1Of(counts, 1);
    wrong += weight * hammingLossOf(counts, sets.labels.length);
  }
  return {
    subsetAccuracy: exact / tally.total,
    microF1: pooledLabelF1(tally),
    macroF1: meanLabelF1(tally),
    samplesF1: f1Sum / tally.total,
    hammingLoss: wrong / tally.total,
    perLabel: labelReports(tally),
    unknown: tally.unknown,
  };
}
