import type { NarrowArray } from '../domain/narrow-column.ts';
import { mapped, type Sequence } from '../domain/sequence.ts';
import type { MetricDifference, Pair } from '../domain/verdict.ts';
import type { Gathered, MeanMetric } from '../metrics/gather.ts';
import { pairedBootstraps, type Resampling } from '../stats/bootstrap.ts';
import { groupJackknives } from '../stats/group-jackknife.ts';
import type { Interval } from '../stats/interval.ts';
import { randomStream } from '../stats/random.ts';
import { effectOf, levelOf, populationMethod } from './compare.ts';
import { evidenceOf } from './evidence.ts';

/** Draws behind an interval that is shown. */
const DRAWS = 2000;

/** Metrics of both arms at once, from examples of which number i is there so many times. */
export type Drawn = Pick<Gathered, 'pooled' | 'pool'>;

/** What is drawn: examples, or whole clusters, or kinds of examples of each of which there are so many. */
export type Resampled = Pick<Resampling, 'examples' | 'clusterOf' | 'times'>;

/**
 * head - base of metrics that are no means over examples (macro-F1, ECE, RMSE), by name, each with its paired percentile bootstrap interval over
 * examples, or over whole clusters; all by the same draws. `seed` is the eval set's digest, so that the same scores give the same intervals.
 * A metric without a value on either side is left out.
 */
export function drawnDifferences(drawn: Drawn, of: Resampled, alpha: number, seed: string): ReadonlyMap<string, MetricDifference> {
  const { pooled } = drawn;
  if (of.examples === 0 || pooled.length === 0) return new Map();
  const resampling = { ...of, draws: DRAWS, stream: randomStream(seed, 'bootstrap of metrics') };
  return named(pooled, pairedBootstraps(differenceIn(drawn), pooled.length, resampling, alpha), alpha, 'paired-bootstrap');
}

/** The same by a jackknife over groups of examples, which takes fewer looks at all of them. */
export function jackknifedDifferences(
  drawn: Drawn,
  of: { readonly groupOf: ArrayLike<number>; readonly groups: number },
  alpha: number,
): ReadonlyMap<string, MetricDifference> {
  const { pooled } = drawn;
  return named(pooled, groupJackknives(differenceIn(drawn), pooled.length, of, alpha), alpha, 'group-jackknife');
}

function named(
  names: readonly string[],
  intervals: readonly (Interval | undefined)[],
  alpha: number,
  method: MetricDifference['method'],
): ReadonlyMap<string, MetricDifference> {
  const level = levelOf(alpha);
  return new Map(
    intervals.flatMap((interval, k) => {
      if (interval === undefined) return [];
      const { estimate, lower, upper } = interval;
      return [[names[k]!, { estimate, lower, upper, level, method }]];
    }),
  );
}

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
  const isWhole = (values: NarrowArray | undefined) => values?.every(Number.isFinite) === true;
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
