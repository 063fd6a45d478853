import type { Sequence } from '../domain/sequence.ts';
import type { Trial } from '../domain/trial.ts';
import type { MetricDifference, Pair } from '../domain/verdict.ts';
import { clustersOf } from '../gate/evidence.ts';
import { type Drawn, differencesOf, drawnDifferences, estimatedDifferences } from '../gate/metric.ts';
import { type Gathered, gather, type MeanMetric, meanOf, type ScoredRun } from '../metrics/gather.ts';
import type { Meter } from '../metrics/meter.ts';
import { standInsFor } from '../metrics/stand-ins.ts';
import { randomStream } from '../stats/random.ts';

/** Of more examples than these not every one is looked at in each draw. */
const MOST_EXAMPLES = 20_000;

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
 * The intervals of what is pooled and of these `means`, which have to be drawn, by name. In each draw at most 20,000 examples are looked at: of more,
 * some stand for all. `pairs` are the examples that count, in their order; `seed` is the eval set's digest.
 */
export function drawnIntervals(
  all: Gathered,
  means: readonly string[],
  scored: Scored,
  pairs: Sequence<Pair>,
  alpha: number,
  seed: string,
  most: number = MOST_EXAMPLES,
): ReadonlyMap<string, MetricDifference> {
  const whole = alsoMeans(all, means);
  if (pairs.length <= most || whole.pooled.length === 0) return drawnDifferences(whole, pairs, alpha, seed);
  const { trials, places, meters } = scored;
  const origins = clustersOf(pairs);
  const standIns = standInsFor(
    runsOf(trials, places),
    { examples: places.length, origins, meters },
    most,
    randomStream(seed, 'examples that stand for all'),
  );
  if (standIns === undefined) return new Map();
  const { places: standing, times, isSample } = standIns;
  const few = alsoMeans(gathered({ trials, places: Uint32Array.from(standing, (nth) => places[nth]!), meters }), means);
  return estimatedDifferences(few, differencesOf(whole, places.length), {
    standing: { total: origins?.count ?? places.length, times },
    ...(origins && { clusterOf: renumbered(standing, origins.of) }),
    ...(isSample && { sample: standing.length }),
    alpha,
    seed,
  });
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
