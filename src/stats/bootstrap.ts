import { multinomialDraw } from './draws.ts';
import type { Interval } from './interval.ts';
import { requireAlpha } from './interval.ts';
import type { RandomStream } from './random.ts';

/** A number computed from examples of which number i is there `counts[i]` times. It must not keep `counts`, whose content changes from draw to draw. */
export type CountedMetric = (counts: Uint32Array) => number;

/** What is drawn again and again. */
export interface Resampling {
  /** Number of examples. */
  readonly examples: number;
  /** 0-based cluster index of each example; then whole clusters are drawn. */
  readonly clusterOf?: ArrayLike<number>;
  /** How many examples like it each stands for (of its cluster, where these are drawn); absent: for itself. */
  readonly times?: Uint32Array;
  /** At least 2,000 for an interval to show. */
  readonly draws: number;
  readonly stream: RandomStream;
}

/** A bootstrap interval. `undefinedDraws`: draws on which the metric had no value (say, a class nobody drew); they are left out. */
export interface BootstrapInterval extends Interval {
  readonly undefinedDraws: number;
}

/** How many clusters there are; RangeError for an index that is none. */
function clustersIn(clusterOf: ArrayLike<number>, examples: number): number {
  if (clusterOf.length !== examples) throw new RangeError('every example needs the index of its cluster');
  const present = new Set(Array.from(clusterOf));
  for (const cluster of present) {
    if (!(Number.isInteger(cluster) && cluster >= 0 && cluster < present.size))
      throw new RangeError('cluster indices must run from 0 without gaps');
  }
  return present.size;
}

/** Calls `seen` with the counts of each draw, with replacement, of as many examples (or clusters) as there are. */
export function resample({ examples, clusterOf, times, draws, stream }: Resampling, seen: (counts: Uint32Array) => void): void {
  const units = clusterOf === undefined ? examples : clustersIn(clusterOf, examples);
  const drawn = new Uint32Array(units);
  const counts = clusterOf === undefined ? drawn : new Uint32Array(examples);
  const together = clusterOf === undefined ? times : undefined;
  const total = together?.reduce((sum, count) => sum + count, 0) ?? units;
  for (let draw = 0; draw < draws; draw++) {
    if (together !== undefined) multinomialDraw(total, together, stream, drawn);
    else {
      drawn.fill(0);
      for (let i = 0; i < units; i++) drawn[stream.below(units)]! += 1;
    }
    if (clusterOf !== undefined) for (let i = 0; i < examples; i++) counts[i] = drawn[clusterOf[i]!]! * (times?.[i] ?? 1);
    seen(counts);
  }
}

/** Several metrics at once: a number for each, NaN where it has no value. */
export type CountedMetrics = (counts: Uint32Array) => ArrayLike<number>;

/** The metric on each draw, in rising order, without the draws on which it is not a finite number. */
export function bootstrapDraws(metric: CountedMetric, resampling: Resampling): Float64Array {
  return drawsOfEach((counts) => [metric(counts)], 1, resampling)[0]!;
}

/** The same for each of `width` metrics, all on the same draws. */
function drawsOfEach(metrics: CountedMetrics, width: number, resampling: Resampling): Float64Array[] {
  const values = Array.from({ length: width }, () => new Float64Array(resampling.draws));
  const defined = new Uint32Array(width);
  resample(resampling, (counts) => {
    const row = metrics(counts);
    for (let k = 0; k < width; k++) if (Number.isFinite(row[k])) values[k]![defined[k]!++] = row[k]!;
  });
  return values.map((own, k) => own.subarray(0, defined[k]).sort());
}

/** The p-quantile of numbers in rising order, linear between neighbours (Hyndman & Fan's type 7). RangeError for none. */
export function sampleQuantile(rising: ArrayLike<number>, p: number): number {
  if (rising.length === 0) throw new RangeError('nothing has no quantile');
  const position = p * (rising.length - 1);
  const below = Math.floor(position);
  const low = rising[below]!;
  return low + (position - below) * (rising[Math.min(below + 1, rising.length - 1)]! - low);
}

/** The metric on the examples as they are. RangeError where it has no value: then no interval has one either. */
export function metricAsIs(metric: CountedMetric, examples: number): number {
  const value = metric(new Uint32Array(examples).fill(1));
  if (!Number.isFinite(value)) throw new RangeError('the metric has no value on these examples');
  return value;
}

/**
 * Paired percentile bootstrap: the alpha- and (1 - alpha)-quantiles of the metric over draws of examples (or whole clusters), both arms' outcomes
 * attached to their example; never draw the arms apart. Efron (1979). For the head - base difference of a metric that is no mean over examples
 * (macro-F1, ECE, RMSE), to show and not to gate on: under 50 examples, or with few per class, it errs more than alpha says. For a mean take
 * a closed form. The values are those of the stream: same seed, same interval. RangeError for no examples, or where no draw has a value.
 */
export function pairedBootstrap(metric: CountedMetric, resampling: Resampling, alpha: number): BootstrapInterval {
  const [interval] = pairedBootstraps((counts) => [metric(counts)], 1, resampling, alpha);
  if (interval === undefined) throw new RangeError('the metric has no value on these examples');
  return interval;
}

/** The intervals of `width` metrics by the same draws; undefined for one that has no value on the examples as they are, or on no draw. */
export function pairedBootstraps(
  metrics: CountedMetrics,
  width: number,
  resampling: Resampling,
  alpha: number,
): (BootstrapInterval | undefined)[] {
  requireAlpha(alpha);
  if (resampling.examples < 1) throw new RangeError('a bootstrap needs at least one example');
  const estimates = Array.from(metrics(resampling.times ?? new Uint32Array(resampling.examples).fill(1)));
  return drawsOfEach(metrics, width, resampling).map((values, k) => {
    const estimate = estimates[k]!;
    if (!Number.isFinite(estimate) || values.length === 0) return undefined;
    const [lower, upper] = [sampleQuantile(values, alpha), sampleQuantile(values, 1 - alpha)];
    return { estimate, lower, upper, undefinedDraws: resampling.draws - values.length };
  });
}
