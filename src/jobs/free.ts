import { embedded } from '../domain/embedded.ts';
import type { AnswerStore, Consult, GradeAnswer } from '../domain/ports.ts';
import { type Answer, type Failure, isFailure } from '../domain/trial.ts';
import { consultRepeat } from '../evaluate/consult.ts';
import type { Free } from '../evaluate/cost.ts';
import { KnownAnswers } from '../evaluate/known-answers.ts';
import type { Plan, Stretch } from '../evaluate/plan.ts';
import { loadScorers } from '../scorers/bound.ts';
import { loadConstraints } from '../scorers/constraints/bound.ts';
import { pairwiseOfSet, rubricIn } from '../scorers/judge/assigned.ts';
import { everyConstraint, everyScorer } from '../scorers/overrides.ts';
import { graderOf } from '../scorers/score.ts';
import { judgedSpecs } from './consults.ts';
import { remembered } from './function-scores.ts';
import { labelledRows } from './labels.ts';
import type { Measurement } from './measurement.ts';
import type { Known } from './sources.ts';
import { recordedAnswer } from './trust.ts';

interface FreeGrading extends Free {
  /** How many of a measurement's labelled answers are graded without a call. */
  readonly labelled: (measurement: Measurement) => number;
}

/**
 * What of a plan is known already. Judges count as known where everything that grading an answer asks is, a function that scores besides them
 * included: nobody calls one for a plan. Never where two answers are compared.
 */
export async function freeOf(measurements: readonly Measurement[], plan: Plan, { store, isLive }: Known): Promise<FreeGrading> {
  const known = new KnownAnswers(store, { refusedParameters: () => [] });
  const graded = new Map<string, { readonly trials: number; readonly labelled: number }>();
  for (const [place, measurement] of measurements.entries())
    graded.set(measurement.subject.name, await gradedBy(measurement, plan, plan.stretches[place]!, isLive ? { known, store } : undefined));
  return {
    sourceOf: ({ request, repeat }) => {
      if (known.has(request, repeat)) return 'known';
      return isLive || request.model === embedded ? 'asked' : 'lacking';
    },
    graded: (subject) => graded.get(subject)!.trials,
    labelled: ({ subject }) => graded.get(subject.name)!.labelled,
  };
}

/** Without what was known `before` nobody may be asked at all. */
async function gradedBy(
  measurement: Measurement,
  plan: Plan,
  { from, examples, perExample }: Stretch,
  before: { readonly known: KnownAnswers; readonly store: AnswerStore | undefined } | undefined,
) {
  const { evalSet, consults = [] } = measurement;
  const trials = examples * perExample;
  if (before === undefined) return { trials, labelled: labelledRows(evalSet).length };
  if (consults.length === 0 || pairwiseOfSet(evalSet) !== undefined) return { trials: 0, labelled: 0 };
  await loadConstraints(everyConstraint(evalSet));
  await loadScorers(everyScorer(evalSet));
  const { known, store } = before;
  const grade = graderOf(evalSet, store && remembered(async () => notAsked, evalSet, store));
  let count = 0;
  for (let index = from; index < from + trials; index++) {
    const { request, repeat, example } = plan.at(index)!;
    const reply = known.find(request, repeat)?.reply;
    if (reply?.kind === 'answer' && (await isGraded(grade, reply, evalSet.examples.at(example)!, consulting(known, repeat)))) count += 1;
  }
  return { trials: count, labelled: await labelledBy(measurement, consulting(known, 0)) };
}

/** Those that every judge has graded: of each judge at most that many are. */
async function labelledBy({ evalSet }: Measurement, consult: Consult): Promise<number> {
  const rows = labelledRows(evalSet);
  const counts = judgedSpecs(evalSet).map(async (spec) => {
    const { grade } = rubricIn(spec)!;
    const graded = await Promise.all(rows.map((row) => isGraded(grade, recordedAnswer(row.answer), row, consult)));
    return graded.filter(Boolean).length;
  });
  return Math.min(...(await Promise.all(counts)));
}

async function isGraded(grade: GradeAnswer, answer: Answer, example: Parameters<GradeAnswer>[1], consult: Consult): Promise<boolean> {
  return !isFailure(await grade(answer, example, consult));
}

const consulting =
  (known: KnownAnswers, trialRepeat: number): Consult =>
  async (request, repeat = 0) =>
    known.find(request, consultRepeat(trialRepeat, repeat))?.reply ?? notAsked;

const notAsked: Failure = { kind: 'failure', reason: 'cancelled', sentence: 'A plan asks nobody.', retryable: false };
