import { type Forecasts, groupsOf, requireForecasts, sortForecasts } from './forecasts.ts';
import type { Weights } from './weights.ts';

/** Murphy's parts of a Brier score: brier = reliability - resolution + uncertainty, up to rounding. */
export interface BrierParts {
  readonly brier: number;
  /** sum_k (n_k / n) (confidence_k - accuracy_k)^2 over distinct confidences; 0 is calibrated. */
  readonly reliability: number;
  /** sum_k (n_k / n) (accuracy_k - base rate)^2: how far confidences tell right answers from wrong ones. */
  readonly resolution: number;
  /** base rate (1 - base rate): what the examples alone decide. */
  readonly uncertainty: number;
}

/** (p - y)^2, Brier (1950) for one example: in [0, 1], lower is better, proper, and a plain mean over examples, so it takes paired statistics. */
export function squaredMiss(confidence: number, outcome: number): number {
  return (confidence - outcome) ** 2;
}

/** Mean (p - y)^2 over examples, in [0, 1], lower is better; NaN without examples. */
export function brierScore(forecasts: Forecasts, weights?: Weights): number {
  return meanOver(forecasts, weights, squaredMiss);
}

/**
 * The Brier score split into reliability, resolution and uncertainty (Murphy, Journal of Applied Meteorology 12:595, 1973). Grouped by distinct
 * confidence and not by bin, so that it is exact; where nearly every confidence is its own, reliability and resolution are both large.
 */
export function brierParts(forecasts: Forecasts, weights?: Weights): BrierParts {
  const { confidence, weight, right, total } = groupsOf(sortForecasts(forecasts), weights);
  const brier = brierScore(forecasts, weights);
  if (total === 0) return { brier, reliability: Number.NaN, resolution: Number.NaN, uncertainty: Number.NaN };
  const rate = right.reduce((sum, own) => sum + own, 0) / total;
  let [reliability, resolution] = [0, 0];
  for (let k = 0; k < weight.length; k++) {
    if (weight[k] === 0) continue;
    reliability += (weight[k]! / total) * (confidence[k]! - right[k]! / weight[k]!) ** 2;
    resolution += (weight[k]! / total) * (right[k]! / weight[k]! - rate) ** 2;
  }
  return { brier, reliability, resolution, uncertainty: rate * (1 - rate) };
}

/** Confidences are kept this far from 0 and 1, as scikit-learn does, so that one certain mistake costs at most -ln(2^-52) = 36.04. */
const CERTAIN = Number.EPSILON;

/** -ln of the chance given to what happened, with p kept within [2^-52, 1 - 2^-52]: in [0, 36.05], lower is better. */
export function logLoss(forecasts: Forecasts, weights?: Weights): number {
  return meanOver(forecasts, weights, surprise);
}

/** -ln of the chance that one example gave to what happened, its confidence kept as above. */
export function surprise(confidence: number, outcome: number): number {
  const kept = Math.min(1 - CERTAIN, Math.max(CERTAIN, confidence));
  return outcome === 1 ? -Math.log(kept) : -Math.log1p(-kept);
}

function meanOver(forecasts: Forecasts, weights: Weights | undefined, loss: (confidence: number, outcome: number) => number): number {
  const { confidence, outcome } = forecasts;
  const total = requireForecasts(forecasts, weights);
  let sum = 0;
  for (let i = 0; i < confidence.length; i++) sum += (weights?.[i] ?? 1) * loss(confidence[i]!, outcome[i]!);
  return sum / total;
}
