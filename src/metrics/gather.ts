import { type NarrowArray, NarrowColumn } from '../domain/narrow-column.ts';
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
  readonly values: ByArm<NarrowArray>;
}

/** The mean of the values that there are, value i counting `counts[i]` times; NaN for none. */
export function meanOf(values: NarrowArray, counts?: ArrayLike<number>): number {
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

interface SumColumns {
  readonly sums: NarrowColumn;
  readonly counts: NarrowColumn;
}

/** Sums and counts of several values per example and side. */
class Means {
  readonly #names: readonly string[];
  readonly #examples: number;
  /** By side, a column for each of the names. */
  readonly #arms: ByArm<readonly SumColumns[]> = {};

  constructor(names: readonly string[], examples: number) {
    this.#names = names;
    this.#examples = examples;
  }

  add(arm: Arm, example: number, values: ArrayLike<number>): void {
    this.#arms[arm] ??= this.#names.map(() => ({ sums: new NarrowColumn(this.#examples), counts: new NarrowColumn(this.#examples) }));
    const columns = this.#arms[arm];
    for (let k = 0; k < columns.length; k++) {
      if (Number.isNaN(values[k])) continue;
      const { sums, counts } = columns[k]!;
      sums.put(example, sums.at(example) + values[k]!);
      counts.put(example, counts.at(example) + 1);
    }
  }

  #divided(sums: NarrowColumn, counts: NarrowColumn): NarrowArray {
    for (let example = 0; example < this.#examples; example++) sums.put(example, sums.at(example) / counts.at(example));
    return sums.numbers();
  }

  /** The sums become the means: to be called last. */
  metrics(): MeanMetric[] {
    const means = eachArm(this.#arms, (columns) => columns.map(({ sums, counts }) => this.#divided(sums, counts)));
    return this.#names.map((name, k) => ({ name, values: eachArm(means, (columns) => columns[k]!) }));
  }
}
