import type { EvalSet } from '../../domain/evalset.ts';
import type { Score } from '../../domain/score.ts';
import type { Sequence } from '../../domain/sequence.ts';
import type { Answer, Arm } from '../../domain/trial.ts';
import type { SubjectTrial } from '../../evaluate/plan.ts';
import type { Outcome, SearchRow } from '../../search/row.ts';
import { formOf, type IsMisshapen } from './form.ts';

/** An answer and its score. */
export interface Scored {
  readonly answer: Answer;
  readonly score: Score;
}

/** The eval set's examples as a search knows them: those that the head has a score for in every run, with the base's scores as history. */
export function searchRows(evalSet: EvalSet, trials: Sequence<SubjectTrial>): SearchRow[] {
  const byArm = { base: scoredBy('base', trials), head: scoredBy('head', trials) };
  const outcomeOf = outcomesIn(evalSet);
  return [...evalSet.examples].flatMap((example, place): SearchRow[] => {
    const runs = byArm.head.get(place);
    if (runs === undefined) return [];
    // What differs from run to run though the answers are the same has no part in a search.
    const { latencyMs: _, ...incumbent } = outcomeOf(place, runs);
    const history = byArm.base.get(place);
    return [{ example, incumbent, history: history === undefined ? [] : [meanScore(history)] }];
  });
}

/** The same before anything is measured: enough to tell what a search would take, and whether it makes sense. */
export function unmeasuredRows({ examples }: EvalSet): SearchRow[] {
  return [...examples].map((example) => ({ example, incumbent: { score: 0, reason: '', answer: '' }, history: [] }));
}

/** What the runs of one version on the example at a place come to. */
export type OutcomeOf = (place: number, runs: readonly Scored[]) => Outcome;

/** What it is for the examples of an eval set; a place beyond them is a fault of ours. */
export function outcomesIn({ examples }: EvalSet): OutcomeOf {
  const all = [...examples];
  const isMisshapen = formOf(all.map(({ expected }) => expected));
  return (place, runs) => outcomeOf(runs, (answer) => isMisshapen(answer, all[place]!.expected));
}

function outcomeOf(runs: readonly Scored[], isMisshapen: (answer: string) => ReturnType<IsMisshapen>): Outcome {
  const { answer, score } = runs.reduce((worst, run) => (run.score.value < worst.score.value ? run : worst));
  const value = meanScore(runs);
  const usages = runs.flatMap((run) => run.answer.usage ?? []);
  const meanOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return {
    score: value,
    reason: score.reason,
    answer: answer.text,
    ...(score.broken !== undefined && { broken: score.broken }),
    ...(value < 1 && isMisshapen(answer.text) && { unreadable: true }),
    ...(usages.length === runs.length && {
      inputTokens: meanOf(usages.map(({ inputTokens }) => inputTokens)),
      outputTokens: meanOf(usages.map(({ outputTokens }) => outputTokens)),
    }),
    latencyMs: meanOf(runs.map((run) => run.answer.latencyMs)),
  };
}

const meanScore = (runs: readonly Scored[]): number => runs.reduce((sum, { score }) => sum + score.value, 0) / runs.length;

/** By place of the example; left out is one of which a run brought no score. */
function scoredBy(arm: Arm, trials: Iterable<SubjectTrial>): ReadonlyMap<number, readonly Scored[]> {
  const scored = new Map<number, Scored[]>();
  const holed = new Set<number>();
  for (const { arm: own, example, outcome, score } of trials) {
    if (own !== arm) continue;
    if (outcome.kind !== 'answer' || score === undefined) holed.add(example);
    else scored.set(example, [...(scored.get(example) ?? []), { answer: outcome, score }]);
  }
  for (const example of holed) scored.delete(example);
  return scored;
}
