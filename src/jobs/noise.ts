import type { Noise } from '../domain/agreement.ts';
import type { Consult } from '../domain/ports.ts';
import type { CriterionScore, Score } from '../domain/score.ts';
import { type Answer, type Failure, isFailure } from '../domain/trial.ts';
import type { Pair } from '../domain/verdict.ts';
import type { SubjectTrial } from '../evaluate/plan.ts';
import type { RunOutcome } from '../evaluate/run.ts';
import { meanDifference } from '../gate/metric.ts';
import { rubricIn } from '../scorers/judge/assigned.ts';
import type { Rubric } from '../scorers/judge/rubric.ts';
import { judgedSpecs } from './consults.ts';
import type { Measurement } from './measurement.ts';
import type { Recorded } from './recorded.ts';
import { trialsOf } from './settle.ts';

/** The error rate at each end of the interval, as the gate's own by default. */
const ALPHA = 0.05;

/** A base answer that a judge has graded, to be graded once more. */
interface Again {
  readonly key: string;
  readonly measurement: Measurement;
  readonly place: number;
  readonly rubric: Rubric;
  readonly answer: Answer;
  /** What the judge made of it the first time. */
  readonly first: number;
  readonly example: number;
}

/** Base against base: the same answers before the same judge, asked anew. What moves is the judge's noise. */
export interface NoiseCheck {
  readonly recorded: readonly Recorded[];
  readonly grade: (key: string, answer: Answer, consult: Consult) => Score | Promise<Score | Failure>;
  /** By subject, one for each judged scorer in its order; undefined where nothing was graded twice. */
  readonly noises: (grades: ReadonlyMap<string, Score | Failure>) => ReadonlyMap<string, readonly (Noise | undefined)[]>;
}

/** Of every base answer of these measurements that a judge graded. */
export function noiseCheckOf(measurements: readonly Measurement[], outcome: RunOutcome): NoiseCheck {
  const all = measurements.flatMap((measurement) => againOf(measurement, trialsOf(outcome, measurement.subject.name)));
  const byKey = new Map(all.map((again) => [again.key, again]));
  return {
    recorded: all.map(({ key, answer }) => ({ key, answer })),
    grade: (key, answer, consult) => {
      const { rubric, measurement, example } = byKey.get(key)!;
      return rubric.grade(answer, measurement.evalSet.examples.at(example)!, consult, 1);
    },
    noises: (grades) =>
      new Map(
        measurements.map((measurement) => [
          measurement.subject.name,
          judgedSpecs(measurement.evalSet).map((_, place) =>
            noiseOf(
              all.filter((again) => again.measurement === measurement && again.place === place),
              grades,
            ),
          ),
        ]),
      ),
  };
}

/**
 * One run of each example: a second one has an answer of its own, and would count the example twice. Rubrics alone: how far comparisons move
 * shows when their order is turned.
 */
function againOf(measurement: Measurement, trials: Iterable<SubjectTrial>): Again[] {
  const rubrics = judgedSpecs(measurement.evalSet).map(rubricIn);
  return Array.from(trials, (trial) => {
    if (trial.arm !== 'base' || trial.repeat !== 0 || trial.score === undefined) return [];
    const { outcome: answer, score, example } = trial;
    const criteria = score.criteria ?? score.advisory?.criteria;
    if (answer.kind === 'failure' || criteria === undefined) return [];
    return rubrics.flatMap((rubric, place) => {
      if (rubric === undefined) return [];
      const first = judgedMean(criteria, rubric);
      const key = `${measurement.subject.name} ${place} ${example}`;
      return first === undefined ? [] : [{ key, measurement, place, rubric, answer, first, example }];
    });
  }).flat();
}

/** The weighted mean over the criteria that a judge grades; undefined where one of them was not. */
function judgedMean(criteria: readonly CriterionScore[], rubric: Rubric): number | undefined {
  let [sum, weights] = [0, 0];
  for (const { name, weight } of rubric.criteria) {
    const value = criteria.find((criterion) => criterion.name === name)?.value;
    if (value === undefined) return undefined;
    sum += weight * value;
    weights += weight;
  }
  return weights === 0 ? undefined : sum / weights;
}

/** Rounding of a mean is no move. */
const rounding = 1e-9;

function noiseOf(all: readonly Again[], grades: ReadonlyMap<string, Score | Failure>): Noise | undefined {
  const pairs = all.flatMap(({ key, first, rubric, measurement, example }): Pair[] => {
    const grade = grades.get(key);
    const second = grade === undefined || isFailure(grade) ? undefined : judgedMean(grade.criteria ?? [], rubric);
    const { id, cluster, tags } = measurement.evalSet.examples.at(example)!;
    return second === undefined ? [] : [{ exampleId: id, base: first, head: second, tags, ...(cluster !== undefined && { cluster }) }];
  });
  if (pairs.length === 0) return undefined;
  const values = { base: Float64Array.from(pairs, ({ base }) => base), head: Float64Array.from(pairs, ({ head }) => head) };
  const { estimate, lower, upper, level } = meanDifference({ name: 'noise', values }, [0, 1], pairs, ALPHA)!;
  const moves = pairs.map(({ base, head }) => Math.abs(head - base));
  return {
    answers: pairs.length,
    moved: moves.filter((move) => move > rounding).length,
    meanMove: moves.reduce((total, move) => total + move, 0) / pairs.length,
    difference: { estimate, lower, upper, level },
  };
}
