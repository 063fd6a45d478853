import { requireLength, totalWeight, type Weights } from './weights.ts';

/** What was claimed and what came of it. */
export interface Forecasts {
  /** Stated chance of being right, in [0, 1], per example. */
  readonly confidence: ArrayLike<number>;
  /** 1 where the answer was right, else 0. */
  readonly outcome: ArrayLike<number>;
}

/** RangeError unless each confidence lies in [0, 1] and each outcome is 0 or 1. An example without a stated confidence belongs in no forecast. */
export function requireForecasts({ confidence, outcome }: Forecasts, weights?: Weights): number {
  requireLength('outcomes', outcome, confidence.length);
  for (let i = 0; i < confidence.length; i++) {
    if (!(confidence[i]! >= 0 && confidence[i]! <= 1))
      throw new RangeError(`a confidence must lie in [0, 1]; that of example ${i} is ${confidence[i]}`);
    if (outcome[i] !== 0 && outcome[i] !== 1) throw new RangeError(`an outcome must be 0 or 1; that of example ${i} is ${outcome[i]}`);
  }
  return totalWeight(confidence.length, weights);
}

/** Forecasts sorted once, so that each draw of examples is one pass over numbers. */
export interface SortedForecasts extends Forecasts {
  /** The distinct confidences in rising order. */
  readonly distinct: Float64Array;
  /** Per example the index of its confidence among them. */
  readonly groupOf: Uint32Array;
}

/** Per distinct confidence, in rising order: how much weighs on it, and how much of that was right. */
export interface ForecastGroups {
  readonly confidence: Float64Array;
  readonly weight: Float64Array;
  readonly right: Float64Array;
  /** The sum of the weights. */
  readonly total: number;
}

/** RangeError for what is no forecast. */
export function sortForecasts(forecasts: Forecasts): SortedForecasts {
  requireForecasts(forecasts);
  const { confidence, outcome } = forecasts;
  const distinct = Float64Array.from(new Set(Array.from(confidence))).sort();
  const indexOf = new Map(Array.from(distinct, (value, index) => [value, index]));
  return { confidence, outcome, distinct, groupOf: Uint32Array.from(confidence, (value) => indexOf.get(value)!) };
}

/** The examples by confidence, example i counting `weights[i]` times. */
export function groupsOf({ outcome, distinct, groupOf }: SortedForecasts, weights?: Weights): ForecastGroups {
  const total = totalWeight(groupOf.length, weights);
  const [weight, right] = [new Float64Array(distinct.length), new Float64Array(distinct.length)];
  for (let i = 0; i < groupOf.length; i++) {
    const own = weights?.[i] ?? 1;
    weight[groupOf[i]!]! += own;
    right[groupOf[i]!]! += own * outcome[i]!;
  }
  return { confidence: distinct, weight, right, total };
}
