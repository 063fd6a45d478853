import { totalWeight, type Weights } from './weights.ts';

/** Ratings by unit and rater: `ratings[unit][rater]`, NaN for none. Units may have different raters and numbers of them. */
export type Ratings = readonly ArrayLike<number>[];

/** `nominal`: labels as numbers, all differences alike; `ordinal`: ranks; `interval`: the distances themselves. */
export type Measurement = 'nominal' | 'ordinal' | 'interval';

/**
 * Krippendorff's alpha, 1 - D_o / D_e: observed over expected disagreement of pairs of ratings, for any number of raters, with ratings missing
 * (Krippendorff, Content Analysis, 2004; "Computing Krippendorff's Alpha-Reliability", 2011). The squared difference is [c != k] for nominal, (c - k)^2
 * for interval, and for ordinal (sum_{g=c..k} n_g - (n_c + n_k)/2)^2, which is that of mid-ranks. Units with fewer than two ratings tell
 * nothing and are left out. At most 1, and 0 by chance; below 0 raters disagree systematically. NaN where all ratings are one value, or no unit
 * has two: without variation there is no reliability to see. `weights` counts units, for the bootstrap. RangeError for infinite ratings.
 */
export function krippendorffAlpha(ratings: Ratings, measurement: Measurement, weights?: Weights): number {
  return weightedAlpha(ratings, measurement)(weights);
}

/** The same as a function of the weights, for which all that does not depend on them is worked out once. */
export function weightedAlpha(ratings: Ratings, measurement: Measurement): (weights?: Weights) => number {
  const all = pairable(ratings);
  const disagreement = { nominal, interval, ordinal }[measurement](all);
  const each = new Float64Array(all.values.length);
  return (weights) => {
    totalWeight(ratings.length, weights);
    let n = 0;
    for (let i = 0; i < each.length; i++) {
      each[i] = weights?.[all.unit[i]!] ?? 1;
      n += each[i]!;
    }
    if (n === 0) return Number.NaN;
    const { observed, pairs } = disagreement(each, n);
    const expected = pairs / (n - 1);
    return expected > 0 ? 1 - observed / expected : Number.NaN;
  };
}

/** Ratings of units that have at least two, one after another. */
interface Pairable {
  readonly values: Float64Array;
  /** By rating: its unit, and its place among the distinct values in rising order. */
  readonly unit: Uint32Array;
  readonly rank: Uint32Array;
  readonly distinct: number;
  /** Where each unit's ratings start, and where the last one's end. */
  readonly start: readonly number[];
}

/** Squared differences of ordered pairs: within units, each unit's divided by its raters but one, and among all ratings. */
type Disagreement = (each: Float64Array, n: number) => { readonly observed: number; readonly pairs: number };

function nominal({ rank, distinct, start }: Pairable): Disagreement {
  const within = perUnit(start, (from, to) => {
    const counts = new Map<number, number>();
    for (let i = from; i < to; i++) counts.set(rank[i]!, (counts.get(rank[i]!) ?? 0) + 1);
    return [...counts.values()].reduce((unequal, count) => unequal - count * count, (to - from) ** 2);
  });
  const counts = new Float64Array(distinct);
  return (each, n) => {
    counts.fill(0);
    for (let i = 0; i < each.length; i++) counts[rank[i]!]! += each[i]!;
    return { observed: observed(start, each, within), pairs: counts.reduce((unequal, count) => unequal - count * count, n * n) };
  };
}

function interval({ values, start }: Pairable): Disagreement {
  const once = new Float64Array(values.length).fill(1);
  const within = perUnit(start, (from, to) => squaredDistances(values, once, from, to));
  return (each) => ({ observed: observed(start, each, within), pairs: squaredDistances(values, each, 0, values.length) });
}

/** By mid-ranks, which depend on how often each value is there. */
function ordinal({ values, rank, distinct, start }: Pairable): Disagreement {
  const once = new Float64Array(values.length).fill(1);
  const [counts, middle, scale] = [new Float64Array(distinct), new Float64Array(distinct), new Float64Array(values.length)];
  return (each) => {
    counts.fill(0);
    for (let i = 0; i < each.length; i++) counts[rank[i]!]! += each[i]!;
    let below = 0;
    for (let value = 0; value < distinct; value++) {
      middle[value] = below + counts[value]! / 2;
      below += counts[value]!;
    }
    for (let i = 0; i < scale.length; i++) scale[i] = middle[rank[i]!]!;
    const within = perUnit(start, (from, to) => squaredDistances(scale, once, from, to));
    return { observed: observed(start, each, within), pairs: squaredDistances(scale, each, 0, scale.length) };
  };
}

/** A number for each unit, divided by its raters but one. */
function perUnit(start: readonly number[], of: (from: number, to: number) => number): Float64Array {
  return Float64Array.from(
    { length: start.length - 1 },
    (_, unit) => of(start[unit]!, start[unit + 1]!) / (start[unit + 1]! - start[unit]! - 1),
  );
}

function observed(start: readonly number[], each: Float64Array, within: Float64Array): number {
  let sum = 0;
  for (let unit = 0; unit < within.length; unit++) sum += each[start[unit]!]! * within[unit]!;
  return sum;
}

function pairable(ratings: Ratings): Pairable {
  const values: number[] = [];
  const units: number[] = [];
  const start = [0];
  for (const [unit, row] of ratings.entries()) {
    const given = Array.from(row).filter((rating) => !Number.isNaN(rating));
    if (given.some((rating) => !Number.isFinite(rating)))
      throw new RangeError(`a rating must be finite, or NaN for none; unit ${unit} has another`);
    if (given.length < 2) continue;
    values.push(...given);
    units.push(...given.map(() => unit));
    start.push(values.length);
  }
  const distinct = [...new Set(values)].sort((one, other) => one - other);
  const place = new Map(distinct.map((value, index) => [value, index]));
  return {
    values: Float64Array.from(values),
    unit: Uint32Array.from(units),
    rank: Uint32Array.from(values, (value) => place.get(value)!),
    distinct: distinct.length,
    start,
  };
}

/** Sum of (x - y)^2 over ordered pairs: 2 (n sum (x - m)^2 - (sum (x - m))^2), about the mean m so that large values lose no digits. */
function squaredDistances(values: Float64Array, weights: Float64Array, from: number, to: number): number {
  let [n, mean] = [0, 0];
  for (let i = from; i < to; i++) {
    if (weights[i] === 0) continue;
    n += weights[i]!;
    mean += (weights[i]! / n) * (values[i]! - mean);
  }
  let [sum, squares] = [0, 0];
  for (let i = from; i < to; i++) {
    const deviation = values[i]! - mean;
    sum += weights[i]! * deviation;
    squares += weights[i]! * deviation * deviation;
  }
  return 2 * (n * squares - sum * sum);
}
