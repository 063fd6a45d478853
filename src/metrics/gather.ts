import type { Score } from '../domain/score.ts';
import type { Arm } from '../domain/trial.ts';
import { type ByArm, eachArm } from './arms.ts';
import type { Meter, Pool } from './meter.ts';
import type { MetricTable } from './tables.ts';

/** A scored answer: of which example (0-based) and which side. */
export interface ScoredRun {
  readonly arm: Arm;
  readonly example: number;
  readonly score: Score;
}

/** A metric that is a mean over examples: its value for each, repeats averaged, NaN where an example has none. */
export interface MeanMetric {
  readonly name: string;
  readonly values: ByArm<Float64Array>;
}

/** The mean of the values that there are, value i counting `counts[i]` times; NaN for none. */
export function meanOf(values: Float64Array, counts?: ArrayLike<number>): number {
  let [sum, n] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const count = counts?.[i] ?? 1;
    if (count === 0 || Number.isNaN(values[i])) continue;
    sum += count * values[i]!;
    n += count;
  }
  return sum / n;
}

/** What scored answers come to. */
export interface Gathered {
  readonly means: readonly MeanMetric[];
  /** Names of the metrics that are worked out from all answers at once. */
  readonly pooled: readonly string[];
  /** Their values in that order, example i counting `counts[i]` times; NaN where one has no value. */
  readonly pool: (counts: ArrayLike<number>) => ByArm<ArrayLike<number>>;
  /** What stands behind them. */
  readonly tables: () => readonly MetricTable[];
}

/** What every scored answer tells, whatever scored it. */
const ofScores = { means: ['accuracy', 'score'], valuesIn: ({ pass, value }: Score) => [pass ? 1 : 0, value] };

/** Takes scored answers of `examples` examples in, one after another. Of two meters that give a metric of one name the first counts. */
export function gather(runs: Iterable<ScoredRun>, examples: number, meters: readonly Meter[]): Gathered {
  const scores = new Means(ofScores.means, examples);
  const seen = meters.map((meter) => ({ meter, means: new Means(meter.means, examples), pool: meter.pool?.(), met: false }));
  for (const { arm, example, score } of runs) {
    scores.add(arm, example, ofScores.valuesIn(score));
    for (const one of seen) {
      const observed = score.observed?.[one.meter.id];
      if (observed === undefined) continue;
      one.met = true;
      one.means.add(arm, example, one.meter.valuesIn(observed));
      one.pool?.add(arm, example, observed);
    }
  }
  const met = seen.filter((one) => one.met);
  return {
    means: firstByName([...scores.metrics(), ...met.flatMap(({ means }) => means.metrics())]),
    ...pooledOf(met.flatMap(({ meter: { pooled }, pool }) => (pool === undefined ? [] : [{ pooled, pool }]))),
  };
}

function pooledOf(pools: readonly { readonly pooled: readonly string[]; readonly pool: Pool }[]): Omit<Gathered, 'means'> {
  const names = pools.flatMap(({ pooled }) => pooled);
  const kept = names.map((name, at) => names.indexOf(name) === at);
  const only = (values: readonly number[]) => values.filter((_, at) => kept[at]);
  return {
    pooled: names.filter((_, at) => kept[at]),
    pool: (counts) => {
      const all = pools.map(({ pool, pooled }) => ({ values: pool.values(counts), width: pooled.length }));
      const row = (arm: Arm) => all.flatMap(({ values, width }) => Array.from(values[arm] ?? new Float64Array(width).fill(Number.NaN)));
      const has = (arm: Arm) => all.some(({ values }) => values[arm] !== undefined);
      return { ...(has('base') && { base: only(row('base')) }), ...(has('head') && { head: only(row('head')) }) };
    },
    tables: () => pools.flatMap(({ pool }) => pool.tables()),
  };
}

function firstByName(metrics: readonly MeanMetric[]): MeanMetric[] {
  return metrics.filter(({ name }, at) => metrics.findIndex((other) => other.name === name) === at);
}

/** Sums and counts of several values per example and side. */
class Means {
  readonly #names: readonly string[];
  readonly #examples: number;
  readonly #arms: ByArm<{ readonly sums: Float64Array; readonly counts: Uint16Array }> = {};

  constructor(names: readonly string[], examples: number) {
    this.#names = names;
    this.#examples = examples;
  }

  add(arm: Arm, example: number, values: ArrayLike<number>): void {
    const size = this.#names.length * this.#examples;
    this.#arms[arm] ??= { sums: new Float64Array(size), counts: new Uint16Array(size) };
    const { sums, counts } = this.#arms[arm];
    for (let k = 0; k < this.#names.length; k++) {
      if (Number.isNaN(values[k])) continue;
      sums[k * this.#examples + example]! += values[k]!;
      counts[k * this.#examples + example]! += 1;
    }
  }

  /** The sums become the means: to be called last. */
  metrics(): MeanMetric[] {
    const means = eachArm(this.#arms, ({ sums, counts }) => {
      for (let at = 0; at < sums.length; at++) sums[at]! /= counts[at]!;
      return sums;
    });
    return this.#names.map((name, k) => {
      const from = k * this.#examples;
      return { name, values: eachArm(means, (values) => values.subarray(from, from + this.#examples)) };
    });
  }
}
