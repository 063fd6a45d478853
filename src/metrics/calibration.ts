import { type ForecastGroups, type Forecasts, groupsOf, sortForecasts } from './forecasts.ts';
import type { Weights } from './weights.ts';

/** How confidences are put into bins. */
export interface Binning {
  /**
   * `width`: bins ((m-1)/M, m/M], 0 in the first (Guo et al., arXiv 1706.04599). `mass`: equally many examples in each; equal confidences are never
   * parted, so that the order of examples does not matter, and a bin may then stay empty.
   */
  readonly equal: 'width' | 'mass';
  /** How many bins, at least 1; 10 to 15 are usual. */
  readonly bins: number;
}

/** One row of a reliability table: examples of like confidence. */
export interface ReliabilityBin {
  /** Lowest and highest confidence of the bin: its edges for equal width, those seen for equal mass. */
  readonly from: number;
  readonly to: number;
  /** How many examples. */
  readonly weight: number;
  readonly meanConfidence: number;
  /** Share of them that were right. */
  readonly accuracy: number;
}

/** How far confidences lie from what came of them, each in [0, 1], lower being better; NaN without examples. */
export interface CalibrationError {
  /** Expected: sum_b (n_b / n) |accuracy_b - confidence_b| (Naeini et al. 2015). */
  readonly expected: number;
  /** The largest gap of a bin. */
  readonly maximum: number;
  /** sqrt(sum_b (n_b / n) (accuracy_b - confidence_b)^2). */
  readonly rootMeanSquare: number;
}

/** The bins that hold examples, in rising order. RangeError for fewer than one bin, or for what is no forecast. */
export function reliabilityTable(forecasts: Forecasts, binning: Binning, weights?: Weights): ReliabilityBin[] {
  return reliabilityOf(groupsOf(sortForecasts(forecasts), weights), binning);
}

/** The same of examples that are grouped already. */
export function reliabilityOf(groups: ForecastGroups, { equal, bins }: Binning): ReliabilityBin[] {
  if (!(Number.isInteger(bins) && bins >= 1)) throw new RangeError(`there must be at least one bin; asked for ${bins}`);
  const binOf = equal === 'width' ? (at: number) => widthBin(groups.confidence[at]!, bins) : massBins(groups, bins);
  const rows: OpenBin[] = [];
  for (let at = 0; at < groups.weight.length; at++) {
    if (groups.weight[at] === 0) continue;
    const bin = binOf(at);
    const confidence = groups.confidence[at]!;
    if (rows.at(-1)?.bin !== bin) rows.push({ bin, lowest: confidence, highest: confidence, weight: 0, right: 0, claimed: 0 });
    const row = rows.at(-1)!;
    row.highest = confidence;
    row.weight += groups.weight[at]!;
    row.right += groups.right[at]!;
    row.claimed += groups.weight[at]! * confidence;
  }
  return rows.map((row) => closed(row, equal === 'width' ? bins : undefined));
}

interface OpenBin {
  readonly bin: number;
  readonly lowest: number;
  highest: number;
  weight: number;
  right: number;
  claimed: number;
}

/** `bins`: how many there are where their edges are those of equal width. */
function closed({ bin, lowest, highest, weight, right, claimed }: OpenBin, bins: number | undefined): ReliabilityBin {
  return {
    from: bins === undefined ? lowest : bin / bins,
    to: bins === undefined ? highest : (bin + 1) / bins,
    weight,
    meanConfidence: Math.min(1, claimed / weight),
    accuracy: Math.min(1, right / weight),
  };
}

/** The m - 1 with (m-1)/M < confidence <= m/M, comparing with the edges themselves because the product rounds. */
function widthBin(confidence: number, bins: number): number {
  let bin = Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
  while (bin > 0 && confidence <= bin / bins) bin -= 1;
  while (bin < bins - 1 && confidence > (bin + 1) / bins) bin += 1;
  return bin;
}

/** The bin that holds the middle of each group when all examples are laid side by side; to be asked in rising order, each group once. */
function massBins({ weight, total }: ForecastGroups, bins: number): (at: number) => number {
  let before = 0;
  return (at) => {
    const middle = before + weight[at]! / 2;
    before += weight[at]!;
    return Math.min(bins - 1, Math.floor((bins * middle) / total));
  };
}

/**
 * ECE, MCE and RMSCE of a reliability table. All depend on the bins and are biased upwards for good models with few examples (Roelofs et al.,
 * arXiv 2012.08668): show them with their table, and gate on the Brier score.
 */
export function calibrationError(table: readonly ReliabilityBin[]): CalibrationError {
  const total = table.reduce((sum, { weight }) => sum + weight, 0);
  const gaps = table.map(({ accuracy, meanConfidence, weight }) => ({ gap: Math.abs(accuracy - meanConfidence), share: weight / total }));
  if (gaps.length === 0) return { expected: Number.NaN, maximum: Number.NaN, rootMeanSquare: Number.NaN };
  return {
    expected: Math.min(
      1,
      gaps.reduce((sum, { gap, share }) => sum + share * gap, 0),
    ),
    maximum: gaps.reduce((most, { gap }) => Math.max(most, gap), 0),
    rootMeanSquare: Math.min(1, Math.sqrt(gaps.reduce((sum, { gap, share }) => sum + share * gap * gap, 0))),
  };
}
