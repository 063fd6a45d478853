import { requireLength, totalWeight, type Weights } from './weights.ts';

/** Right and predicted labels as numbers, so that a draw of examples is counted without touching a string. */
export interface LabelledExamples {
  /** The known labels: those declared, in that order, then any other that an example has for its right one, sorted. */
  readonly labels: readonly string[];
  /** Per example the index of the right label. */
  readonly truth: ArrayLike<number>;
  /** Per example the index of the predicted label; `labels.length` for none and for one that is not known. */
  readonly predicted: ArrayLike<number>;
}

/** How each label fares against all others: all that the metrics of single labels are worked out from. */
export interface LabelTally {
  readonly labels: readonly string[];
  /** Per label, in order. */
  readonly counts: readonly LabelCounts[];
  readonly total: number;
}

/**
 * Counts by right label (row) and predicted label (column). The last column is for predictions that are no known label, or none at all: they
 * are mistakes, and never dropped. There is no such row, since every right label is known.
 */
export interface ConfusionMatrix extends LabelTally {
  /** Row by row, `labels.length` rows of `labels.length + 1` columns. */
  readonly cells: Float64Array;
}

/** One label seen against all others. */
export interface LabelCounts {
  /** Examples whose right label it is. */
  readonly support: number;
  /** Examples it was predicted for. */
  readonly predicted: number;
  readonly hits: number;
}

/** Numbers the labels, compared as they are: fold case and space before. `predicted[i]` undefined: the answer names none. */
export function encodeLabels(
  truth: readonly string[],
  predicted: readonly (string | undefined)[],
  declared: readonly string[] = [],
): LabelledExamples {
  requireLength('predicted labels', predicted, truth.length);
  const labels = [...new Set([...declared, ...[...new Set(truth)].sort()])];
  const indexOf = new Map(labels.map((label, index) => [label, index]));
  const code = (label: string | undefined) => (label === undefined ? labels.length : (indexOf.get(label) ?? labels.length));
  return { labels, truth: Int32Array.from(truth, code), predicted: Int32Array.from(predicted, code) };
}

/** Counts the examples, each `weights[i]` times. */
export function confusionMatrix(examples: LabelledExamples, weights?: Weights): ConfusionMatrix {
  const { labels, truth, predicted } = examples;
  const tally = labelTally(examples, weights);
  const columns = labels.length + 1;
  const cells = new Float64Array(labels.length * columns);
  for (let i = 0; i < truth.length; i++) cells[truth[i]! * columns + predicted[i]!]! += weights?.[i] ?? 1;
  return { ...tally, cells };
}

/** The same without the matrix, which many labels make large. */
export function labelTally({ labels, truth, predicted }: LabelledExamples, weights?: Weights): LabelTally {
  const total = totalWeight(truth.length, weights);
  const [support, named, hits] = [
    new Float64Array(labels.length + 1),
    new Float64Array(labels.length + 1),
    new Float64Array(labels.length),
  ];
  for (let i = 0; i < truth.length; i++) {
    const weight = weights?.[i] ?? 1;
    support[truth[i]!]! += weight;
    named[predicted[i]!]! += weight;
    if (truth[i] === predicted[i]) hits[truth[i]!]! += weight;
  }
  return { labels, counts: labels.map((_, k) => ({ support: support[k]!, predicted: named[k]!, hits: hits[k]! })), total };
}

/** How many predictions are no known label, or none at all. */
export function unknownPredictions({ counts, total }: LabelTally): number {
  return total - counts.reduce((sum, { predicted }) => sum + predicted, 0);
}
