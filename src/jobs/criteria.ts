import type { EvalSet } from '../domain/evalset.ts';
import type { Arm, Trial } from '../domain/trial.ts';
import type { Pair } from '../domain/verdict.ts';
import { meanDifference } from '../gate/metric.ts';
import type { CriterionReport } from '../report/model.ts';
import { rubricIn } from '../scorers/judge/assigned.ts';
import { everyScorer } from '../scorers/overrides.ts';

/** Mean values of one criterion by example, on either side. */
type Means = Readonly<Record<Arm, ReadonlyMap<string, number>>>;

/**
 * What each criterion of an eval set's rubrics comes to on either side, and its change with the interval that suits it, over the examples on
 * which it has a value on both: an answer that breaks a constraint is not graded. `alpha`: as the verdict's own.
 */
export function criteriaOf(evalSet: EvalSet, trials: Iterable<Trial>, pairs: Iterable<Pair>, alpha: number): CriterionReport[] {
  if (!everyScorer(evalSet).some(rubricIn)) return [];
  return [...meansByCriterion(trials)].map(([name, { base, head }]) => {
    const both = [...pairs].filter(({ exampleId }) => base.has(exampleId) && head.has(exampleId));
    const values = (means: ReadonlyMap<string, number>) => Float64Array.from(both, ({ exampleId }) => means.get(exampleId)!);
    const difference =
      both.length === 0 ? undefined : meanDifference({ name, values: { base: values(base), head: values(head) } }, [0, 1], both, alpha);
    const compared = both.length > 0;
    const meanOf = (means: ReadonlyMap<string, number>) => mean(compared ? values(means) : [...means.values()]);
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
function meansByCriterion(trials: Iterable<Trial>): ReadonlyMap<string, Means> {
  const all = new Map<string, Record<Arm, Map<string, number[]>>>();
  for (const { arm, exampleId, score } of trials) {
    for (const { name, value } of score?.criteria ?? score?.advisory?.criteria ?? []) {
      const own = all.get(name) ?? { base: new Map<string, number[]>(), head: new Map<string, number[]>() };
      all.set(name, own);
      own[arm].set(exampleId, [...(own[arm].get(exampleId) ?? []), value]);
    }
  }
  const averaged = (values: ReadonlyMap<string, number[]>) => new Map([...values].map(([id, runs]) => [id, mean(runs)]));
  return new Map([...all].map(([name, { base, head }]) => [name, { base: averaged(base), head: averaged(head) }]));
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
