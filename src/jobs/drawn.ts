import type { Sequence } from '../domain/sequence.ts';
import type { Trial } from '../domain/trial.ts';
import type { MetricDifference, Pair } from '../domain/verdict.ts';
import { type Clusters, clustersOf } from '../gate/evidence.ts';
import { type Drawn, drawnDifferences, jackknifedDifferences } from '../gate/metric.ts';
import { type Gathered, gather, type MeanMetric, meanOf, type ScoredRun } from '../metrics/gather.ts';
import { kindsIn } from '../metrics/kinds.ts';
import type { Meter } from '../metrics/meter.ts';
import { permutation, randomStream } from '../stats/random.ts';

/** More examples than these are too many to be looked at in each draw. */
const MOST_EXAMPLES = 20_000;
/** Groups of a jackknife: its intervals are those of a t distribution with almost as many degrees of freedom. */
const GROUPS = 200;
const FEWEST_GROUPS = 10;

/** Scored answers to examples, and what reads them. */
export interface Scored {
  readonly trials: Iterable<Trial>;
  /** The examples that count, as places of the eval set, ascending. */
  readonly places: ArrayLike<number>;
  readonly meters: readonly Meter[];
}

/** What the scored answers to the examples that count come to; others are left out. */
export function gathered({ trials, places, meters }: Scored): Gathered {
  return gather(runsOf(trials, places), places.length, meters);
}

function* runsOf(trials: Iterable<Trial>, places: ArrayLike<number>): Generator<ScoredRun> {
  const known = new Int32Array((places[places.length - 1] ?? -1) + 1).fill(-1);
  for (let nth = 0; nth < places.length; nth++) known[places[nth]!] = nth;
  for (const { arm, example: place, score } of trials) {
    const example = known[place] ?? -1;
    if (example >= 0 && score !== undefined) yield { arm, example, score };
  }
}

/**
 * The intervals of what is pooled and of these `means`, which have to be drawn, by name. Of more than `most` examples not each is looked at thousands of
 * times: where there are few kinds of them these are drawn, which comes to the same; else a jackknife over groups takes the bootstrap's place.
 * `pairs` are the examples that count, in their order; `seed` is the eval set's digest.
 */
export function drawnIntervals(
  all: Gathered,
  means: readonly string[],
  { trials, places, meters }: Scored,
  pairs: Sequence<Pair>,
  alpha: number,
  seed: string,
  most: number = MOST_EXAMPLES,
): ReadonlyMap<string, MetricDifference> {
  const whole = alsoMeans(all, means);
  // Looking through the examples of a large eval set reads all of them: not for nothing.
  if (whole.pooled.length === 0) return new Map();
  const clusters = clustersOf(pairs);
  const examples = pairs.length;
  if (examples <= most) return drawnDifferences(whole, { examples, ...(clusters && { clusterOf: clusters.of }) }, alpha, seed);
  const kinds = kindsIn(runsOf(trials, places), { examples, originOf: clusters?.of, meters }, most);
  if (kinds === undefined) return jackknifed(whole, examples, clusters, alpha, seed);
  const few = gathered({ trials, places: kinds.places.map((nth) => places[nth]!), meters });
  const clusterOf = clusters && renumbered(kinds.places, clusters.of);
  return drawnDifferences(
    alsoMeans(few, means),
    { examples: kinds.places.length, times: kinds.times, ...(clusterOf && { clusterOf }) },
    alpha,
    seed,
  );
}

/** None where there are too few clusters to tell how they differ. */
function jackknifed(whole: Drawn, examples: number, clusters: Clusters | undefined, alpha: number, seed: string) {
  const units = clusters?.count ?? examples;
  const groups = Math.min(GROUPS, units);
  if (groups < FEWEST_GROUPS) return new Map<string, MetricDifference>();
  const group = permutation(units, randomStream(seed, 'groups of the jackknife')).map((place) => place % groups);
  const groupOf = clusters === undefined ? group : Uint32Array.from(clusters.of, (cluster) => group[cluster]!);
  return jackknifedDifferences(whole, { groupOf, groups }, alpha);
}

/** The clusters of some examples, numbered from 0. */
function renumbered(examples: Uint32Array, of: ArrayLike<number>): Uint32Array {
  const numbers = new Map<number, number>();
  return examples.map((example) => {
    const cluster = of[example]!;
    if (!numbers.has(cluster)) numbers.set(cluster, numbers.size);
    return numbers.get(cluster)!;
  });
}

/** Means that some examples have no part in are drawn like what is pooled. */
function alsoMeans({ pooled, pool, means: all }: Gathered, names: readonly string[]): Drawn {
  const means = names.flatMap((name): MeanMetric[] => all.filter((metric) => metric.name === name));
  return {
    pooled: [...pooled, ...names],
    pool: (counts) => {
      const { base, head } = pool(counts);
      const row = (arm: 'base' | 'head', own: ArrayLike<number> | undefined) => [
        ...Array.from(own ?? pooled.map(() => Number.NaN)),
        ...means.map(({ values }) => (values[arm] === undefined ? Number.NaN : meanOf(values[arm], counts))),
      ];
      return { base: row('base', base), head: row('head', head) };
    },
  };
}
