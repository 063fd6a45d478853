import type { EvalSet } from '../domain/evalset.ts';
import { NarrowColumn } from '../domain/narrow-column.ts';
import { type Sequence, where } from '../domain/sequence.ts';
import type { Arm, Trial } from '../domain/trial.ts';
import { meanDifference } from '../gate/metric.ts';
import type { ExamplePair } from '../gate/pairs.ts';
import type { CriterionReport } from '../report/model.ts';
import { rubricIn } from '../scorers/judge/assigned.ts';
import { everyScorer } from '../scorers/overrides.ts';

/** Mean values of one criterion by example, on either side. */
type Means = Readonly<Record<Arm, ExampleMeans>>;

/**
 * What each criterion of an eval set's rubrics comes to on either side, and its change with the interval that suits it, over the examples on
 * which it has a value on both: an answer that breaks a constraint is not graded. `alpha`: as the verdict's own.
 */
export function criteriaOf(evalSet: EvalSet, trials: Iterable<Trial>, pairs: Sequence<ExamplePair>, alpha: number): CriterionReport[] {
  if (!everyScorer(evalSet).some(rubricIn)) return [];
  return [...meansByCriterion(trials, evalSet.examples.length)].map(([name, { base, head }]) => {
    const both = where(pairs, ({ example }) => base.has(example) && head.has(example));
    const values = (means: ExampleMeans) => Float64Array.from(both, ({ example }) => means.at(example));
    const difference =
      both.length === 0 ? undefined : meanDifference({ name, values: { base: values(base), head: values(head) } }, [0, 1], both, alpha);
    const compared = both.length > 0;
    const meanOf = (means: ExampleMeans) => mean(compared ? values(means) : means.inOrder());
    return {
      name,
      examples: compared ? both.length : Math.max(base.size, head.size),
      ...(base.size > 0 && { base: meanOf(base) }),
      ...(head.size > 0 && { head: meanOf(head) }),
      ...(difference && { difference }),
    };
  });
}

/** By the names of the criteria in the order of their rubrics; also where the judge is only advisory. */
function meansByCriterion(trials: Iterable<Trial>, examples: number): ReadonlyMap<string, Means> {
  const all = new Map<string, Means>();
  for (const { arm, example, score } of trials) {
    for (const { name, value } of score?.criteria ?? score?.advisory?.criteria ?? []) {
      const own = all.get(name) ?? { base: new ExampleMeans(examples), head: new ExampleMeans(examples) };
      all.set(name, own);
      own[arm].add(example, value);
    }
  }
  return all;
}

/** Means of values by place of the example, in columns. */
class ExampleMeans {
  #size = 0;
  readonly #sums: NarrowColumn;
  readonly #counts: NarrowColumn;
  /** Places in the order in which they came. */
  readonly #order = new NarrowColumn();

  constructor(examples: number) {
    this.#sums = new NarrowColumn(examples);
    this.#counts = new NarrowColumn(examples);
  }

  /** Examples that have a value. */
  get size(): number {
    return this.#size;
  }

  add(example: number, value: number): void {
    if (!this.has(example)) this.#order.put(this.#size++, example);
    this.#sums.put(example, this.#sums.at(example) + value);
    this.#counts.put(example, this.#counts.at(example) + 1);
  }

  has(example: number): boolean {
    return this.#counts.at(example) > 0;
  }

  at(example: number): number {
    return this.#sums.at(example) / this.#counts.at(example);
  }

  inOrder(): Float64Array {
    return Float64Array.from({ length: this.#size }, (_, nth) => this.at(this.#order.at(nth)));
  }
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
