import type { Distrust, Left } from '../domain/agreement.ts';
import type { EvalSet, ScorerSpec } from '../domain/evalset.ts';
import type { CallFunction, Consult, GradeAnswer } from '../domain/ports.ts';
import type { Score } from '../domain/score.ts';
import { type Answer, type Failure, isFailure } from '../domain/trial.ts';
import { agreementOf, distrustOf, type Rated, type TrustRule } from '../gate/agreement.ts';
import type { JudgeReport } from '../report/model.ts';
import { judgedCriteria, judgeIn, pairwiseIn, rubricIn, without } from '../scorers/judge/assigned.ts';
import type { Pairwise } from '../scorers/judge/pairwise.ts';
import { everyConstraint, everyScorer } from '../scorers/overrides.ts';
import { graderOf } from '../scorers/score.ts';
import { judgedSpecs } from './consults.ts';
import { type LabelledPair, labelledPairs, labelledRows, ratedOf, ratedPair } from './labels.ts';
import type { Measurement } from './measurement.ts';
import type { Recorded } from './recorded.ts';

/** What an eval set's judges may decide. */
export interface Trust {
  readonly judges: readonly JudgeReport[];
  /** What decides; absent where every judge is trusted. */
  readonly left?: Left;
  /** How answers are graded; `call` runs a team's own functions. */
  readonly graderWith: (call?: CallFunction) => GradeAnswer;
}

/** A labelled answer to be graded, or two to be compared, for one scorer of one subject. */
interface Task {
  readonly key: string;
  readonly spec: ScorerSpec;
  readonly answer: string;
  readonly grade: (answer: Answer, consult: Consult) => Score | Promise<Score | Failure>;
  readonly rate: (score: Score) => Rated | undefined;
}

/** The grading that shows how far the judges of some measurements are to be trusted. */
export interface Calibration {
  readonly recorded: readonly Recorded[];
  readonly grade: (key: string, answer: Answer, consult: Consult) => Score | Promise<Score | Failure>;
  /** By subject, once everything is graded; subjects without a judge have none. */
  readonly trusts: (grades: ReadonlyMap<string, Score | Failure>, rule: TrustRule) => ReadonlyMap<string, Trust>;
}

/** What there is to grade for it: all labelled answers, for every judge of these measurements. */
export function calibrationOf(measurements: readonly Measurement[]): Calibration {
  const judged = measurements
    .filter(({ judges }) => judges.length > 0)
    .map((measurement) => ({ measurement, tasks: tasksOf(measurement) }));
  const byKey = new Map(judged.flatMap(({ tasks }) => tasks.map((task) => [task.key, task])));
  return {
    recorded: [...byKey.values()].map(({ key, answer }) => ({ key, answer: recordedAnswer(answer) })),
    grade: (key, answer, consult) => byKey.get(key)!.grade(answer, consult),
    trusts: (grades, rule) =>
      new Map(judged.map(({ measurement, tasks }) => [measurement.subject.name, trustOf(measurement.evalSet, tasks, grades, rule)])),
  };
}

function tasksOf({ subject, evalSet }: Measurement): Task[] {
  const rows = labelledRows(evalSet);
  return judgedSpecs(evalSet).flatMap((spec, place) => {
    const key = (index: number) => `${subject.name} ${place} ${index}`;
    const pairwise = pairwiseIn(spec);
    if (pairwise !== undefined) return labelledPairs(rows).map((pair, index) => pairTask({ key: key(index), spec }, pair, pairwise));
    const rubric = rubricIn(spec)!;
    return rows.map(
      (row, index): Task => ({
        key: key(index),
        spec,
        answer: row.answer,
        grade: (answer, consult) => rubric.grade(answer, row, consult),
        rate: (score) => ratedOf(row, score, rubric),
      }),
    );
  });
}

function pairTask(of: Pick<Task, 'key' | 'spec'>, [first, second]: LabelledPair, { criteria, compare }: Pairwise): Task {
  return {
    ...of,
    answer: second.answer,
    grade: async (_, consult) => {
      const compared = await compare({ first: first.answer, second: second.answer }, first, consult);
      return 'kind' in compared ? compared : { value: compared.second, pass: compared.second > 0.5, reason: compared.reason };
    },
    rate: (score) => ratedPair(first, second, score, criteria),
  };
}

/** A text that people labelled, as an answer. */
export const recordedAnswer = (text: string): Answer => ({ kind: 'answer', text, finish: 'stop', latencyMs: 0 });

function trustOf(evalSet: EvalSet, tasks: readonly Task[], grades: ReadonlyMap<string, Score | Failure>, rule: TrustRule): Trust {
  const all = judgedSpecs(evalSet).map((spec) => ({
    spec,
    trust: judgeTrust(
      spec,
      tasks.filter((task) => task.spec === spec),
      grades,
      rule,
      evalSet.digest,
    ),
  }));
  const advisory = new Set(all.filter(({ trust }) => trust.distrust !== undefined).map(({ spec }) => spec));
  const judges = all.map(({ trust }) => trust);
  const whole = (call?: CallFunction) => graderOf(evalSet, call);
  if (advisory.size === 0) return { judges, graderWith: whole };
  const deciding = without(evalSet, advisory);
  const left = leftIn(deciding);
  if (left === 'nothing') return { judges, left, graderWith: whole };
  return {
    judges,
    left,
    graderWith: (call) => {
      const once = call && calledOnce(call);
      return advised(graderOf(deciding, once), whole(once));
    },
  };
}

function judgeTrust(
  spec: ScorerSpec,
  tasks: readonly Task[],
  grades: ReadonlyMap<string, Score | Failure>,
  rule: TrustRule,
  seed: string,
): JudgeReport {
  const rated = tasks.flatMap(({ key, rate }) => {
    const grade = grades.get(key);
    return grade === undefined || isFailure(grade) ? [] : (rate(grade) ?? []);
  });
  const agreement = rated.length === 0 ? undefined : agreementOf(rated, seed);
  const failure = tasks.map(({ key }) => grades.get(key)).find((grade) => grade !== undefined && isFailure(grade));
  const isUngraded = agreement === undefined && failure !== undefined && isFailure(failure);
  const distrust: Distrust | undefined = isUngraded ? { why: 'ungraded', sentence: failure.sentence } : distrustOf(agreement, rule);
  return {
    models: judgeIn(spec)!.models,
    criteria: judgedCriteria(spec).map(({ name }) => name),
    ...(agreement && { agreement }),
    ...(distrust && { distrust }),
  };
}

function leftIn(scoring: EvalSet): Left {
  if (everyScorer(scoring).length > 0) return 'scorers';
  return everyConstraint(scoring).length > 0 ? 'constraints' : 'nothing';
}

/** Each answer is scored twice, but a team's own function runs once: the second time takes what the first one found. */
function calledOnce(call: CallFunction): CallFunction {
  const found = new Map<string, ReturnType<CallFunction>>();
  return (fn, request) => {
    const key = JSON.stringify([fn, request]);
    const earlier = found.get(key);
    const reply = earlier ?? call(fn, request);
    if (earlier === undefined) found.set(key, reply);
    else found.delete(key);
    return reply;
  };
}

/** The score without advisory judges, and beside it what it would be with them. That one of them could not grade leaves the score as it is. */
function advised(deciding: GradeAnswer, whole: GradeAnswer): GradeAnswer {
  return async (answer, example, consult) => {
    const score = await deciding(answer, example, consult);
    if (isFailure(score) || score.broken !== undefined) return score;
    const full = await whole(answer, example, consult);
    return isFailure(full) ? { ...score, unadvised: full.sentence } : { ...score, advisory: full };
  };
}
