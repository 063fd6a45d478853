import type { EvalSet, Example, ScorerSpec } from '../domain/evalset.ts';
import type { ConsultBound } from '../domain/ports.ts';
import type { Sequence } from '../domain/sequence.ts';
import { inputBound } from '../evaluate/bounds.ts';
import { isJudged, judgedCriteria, judgeIn, pairwiseIn, rubricIn } from '../scorers/judge/assigned.ts';
import { answerBytes } from '../scorers/judge/material.ts';
import { everyScorer } from '../scorers/overrides.ts';
import type { Settings } from '../settings/settings.ts';
import { labelledRows } from './labels.ts';

/** What grading one answer of an eval set may ask of its judges. `answerTokens`: most that an answer has; absent: no limit. */
export function consultBounds(evalSet: EvalSet, answerTokens: number | undefined): readonly ConsultBound[] {
  return judgedSpecs(evalSet).flatMap((spec) => {
    const { models, repeats, maxOutputTokens } = judgeIn(spec)!;
    const answers = pairwiseIn(spec) === undefined ? 1 : 2;
    const empty = longestQuestion(spec, evalSet.examples);
    const most = { inputTokens: empty + answers * answerBytes(answerTokens), outputTokens: maxOutputTokens };
    const expected = {
      inputTokens: Math.ceil(empty / usualBytesPerToken) + answers * usualAnswer,
      outputTokens: Math.min(maxOutputTokens, usualVerdict(spec)),
    };
    return models.map((model) => ({ model, calls: repeats, ...most, expected }));
  });
}

/** Tokens that the longest question of a judge has at most, its answers left empty. A pair is asked about in two orders: once for each side. */
function longestQuestion(spec: ScorerSpec, examples: Sequence<Example>): number {
  const [rubric, pairwise] = [rubricIn(spec), pairwiseIn(spec)];
  let longest = 0;
  for (const example of examples) {
    const question = rubric?.question({ text: '' }, example) ?? pairwise!.question({ first: '', second: '' }, example);
    longest = Math.max(longest, inputBound(question));
  }
  return longest;
}

const usualBytesPerToken = 4;
const usualAnswer = 256;
/** A sentence or two for each criterion. */
const usualVerdict = (spec: ScorerSpec): number => 32 + 64 * judgedCriteria(spec).length;

/** Every scorer that asks a judge, each once. */
export const judgedSpecs = (evalSet: EvalSet): readonly ScorerSpec[] => [...new Set(everyScorer(evalSet).filter(isJudged))];

/** A measurement as far as it concerns judges. */
interface Consulting {
  readonly evalSet: EvalSet;
  readonly consults?: readonly ConsultBound[];
  readonly models: { readonly base?: string };
}

/**
 * What is asked for grading besides a plan's answers: labelled answers once, but for those that are `graded` without a call, and base answers
 * again where noise is to be measured.
 */
export function besides<M extends Consulting>(
  measurements: readonly M[],
  { judge: { noise } }: Settings,
  graded: (measurement: M) => number = () => 0,
): readonly ConsultBound[] {
  return measurements.flatMap((measurement) => {
    const { evalSet, consults = [], models } = measurement;
    if (consults.length === 0) return [];
    const again = noise && models.base !== undefined ? evalSet.examples.length : 0;
    const answers = labelledRows(evalSet).length - graded(measurement) + again;
    return consults.map((bound) => ({ ...bound, calls: bound.calls * answers }));
  });
}
