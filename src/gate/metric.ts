import { mapped, type Sequence } from '../domain/sequence.ts';
import type { MetricDifference, Pair } from '../domain/verdict.ts';
import type { Gathered, MeanMetric } from '../metrics/gather.ts';
import { pairedBootstraps, type Standing } from '../stats/bootstrap.ts';
import { randomStream } from '../stats/random.ts';
import { effectOf, levelOf, populationMethod } from './compare.ts';
import { clustersOf, evidenceOf } from './evidence.ts';

/** Draws behind an interval that is shown. */
const DRAWS = 2000;

/** Metrics of both arms at once, from examples of which number i is there so many times. */
export type Drawn = Pick<Gathered, 'pooled' | 'pool'>;

/**
 * head - base of metrics that are no means over examples (macro-F1, ECE, RMSE), by name, each with its paired percentile bootstrap interval over
 * examples, or over whole clusters; all by the same draws. `seed` is the eval set's digest, so that the same scores give the same intervals.
 * A metric without a value on either side is left out.
 */
export function drawnDifferences(
  { pooled, pool }: Drawn,
  examples: Sequence<{ readonly cluster?: string | undefined }>,
  alpha: number,
  seed: string,
): ReadonlyMap<string, MetricDifference> {
  if (examples.length === 0 || pooled.length === 0) return new Map();
  const clusterOf = clustersOf(examples)?.of;
  const stream = randomStream(seed, 'bootstrap of metrics');
  const resampling = { examples: examples.length, draws: DRAWS, stream, ...(clusterOf && { clusterOf }) };
  const intervals = pairedBootstraps(differenceIn({ pooled, pool }), pooled.length, resampling, alpha);
  return new Map(
    intervals.flatMap((interval, k) => {
      if (interval === undefined) return [];
      const { estimate, lower, upper } = interval;
      return [[pooled[k]!, { estimate, lower, upper, level: levelOf(alpha), method: 'paired-bootstrap' as const }]];
    }),
  );
}

/** Examples that stand for all, and how they are drawn. */
export interface StandingIn {
  readonly standing: Standing;
  /** By example; absent: they are drawn one by one. */
  readonly clusterOf?: ArrayLike<number>;
  /** How many they are, where they are a sample. */
  readonly sample?: number;
  readonly alpha: number;
  readonly seed: string;
}

/**
 * The same from examples that stand for all: how the draws deviate from what these come to is how those of all would deviate from `whole`, the
 * differences on all of them.
 */
export function estimatedDifferences(
  drawn: Drawn,
  whole: ArrayLike<number>,
  { standing, clusterOf, sample, alpha, seed }: StandingIn,
): ReadonlyMap<string, MetricDifference> {
  const { pooled } = drawn;
  const stream = randomStream(seed, 'bootstrap of metrics');
  const resampling = { examples: standing.times.length, standing, draws: DRAWS, stream, ...(clusterOf && { clusterOf }) };
  const intervals = pairedBootstraps(differenceIn(drawn), pooled.length, resampling, alpha);
  const found = intervals.flatMap((interval, k): (readonly [string, MetricDifference])[] => {
    const estimate = whole[k]!;
    if (interval === undefined || !Number.isFinite(estimate)) return [];
    const [lower, upper] = [interval.lower, interval.upper].map((end) => estimate + (end - interval.estimate));
    const level = levelOf(alpha);
    const difference = { estimate, lower: lower!, upper: upper!, level, method: 'paired-bootstrap' as const };
    return [[pooled[k]!, { ...difference, ...(sample !== undefined && { sample }) }]];
  });
  return new Map(found);
}

/** The differences with every example counting once. */
export const differencesOf = (drawn: Drawn, examples: number): ArrayLike<number> => differenceIn(drawn)(new Uint32Array(examples).fill(1));

const differenceIn =
  ({ pooled, pool }: Drawn) =>
  (counts: ArrayLike<number>): Float64Array => {
    const { base = [], head = [] } = pool(counts);
    return Float64Array.from(pooled, (_, k) => (head[k] ?? Number.NaN) - (base[k] ?? Number.NaN));
  };

/**
 * head - base of a metric that is a mean over examples, by the interval that the gate takes for values of that shape. `range`: what a value lies
 * in. Undefined where an example lacks a value on either side, or where the range has no end: then it has to be drawn.
 */
export function meanDifference(
  { values: { base, head } }: MeanMetric,
  [least, greatest]: readonly [number, number],
  pairs: Sequence<Pair>,
  alpha: number,
): MetricDifference | undefined {
  const width = greatest - least;
  const isWhole = (values: Float64Array | undefined) => values?.every(Number.isFinite) === true;
  if (!Number.isFinite(width) || pairs.length === 0 || !isWhole(base) || !isWhole(head)) return undefined;
  const share = (value: number) => (value - least) / width;
  const evidence = evidenceOf(
    mapped(pairs, (pair, i) => ({
      exampleId: '',
      tags: [],
      get cluster() {
        return pair.cluster;
      },
      base: share(base![i]!),
      head: share(head![i]!),
    })),
  );
  const method = populationMethod(evidence);
  const { estimate, lower, upper, level } = effectOf(evidence, method, 0, { alpha, margin: 1 });
  return { estimate: estimate * width, lower: lower * width, upper: upper * width, level, method };
}
