import * as z from 'zod';
import type { Example } from '../../domain/evalset.ts';
import type { Consult } from '../../domain/ports.ts';
import type { Failure } from '../../domain/trial.ts';
import { type Criterion, criteriaList, criteriaOf, statedCriterion } from './criterion.ts';
import { isWithoutContext, materialsOf, showing } from './materials.ts';
import { type JudgeQuestion, pairQuestion } from './messages.ts';
import { type Judge, judgeOf, judgeOptions } from './options.ts';
import { type Compared, type Contest, comparePair, contestants } from './pair.ts';

export const pairwiseOptions = z.strictObject({
  criteria: criteriaList(statedCriterion).describe('What the two answers are weighed by: presets, or criteria of your own.'),
  ...showing,
  judge: judgeOptions.optional().describe("Who compares; default: the settings' judge."),
});

/** How answers of two versions are compared, its options fixed. */
export interface Pairwise {
  readonly criteria: readonly Criterion[];
  /** Absent where it is not known yet who compares. */
  readonly judge?: Judge;
  /** Why an example cannot be compared on, as a clause. */
  readonly requires: (example: Example) => string | undefined;
  /** What a judge would be asked, in one of the orders. */
  readonly question: (contest: Contest, example: Example) => JudgeQuestion;
  readonly compare: (contest: Contest, example: Example, consult: Consult) => Promise<Compared | Failure>;
}

/** Told of no judge it can say what it requires, and compare nothing. */
export function pairwiseOf(options: z.output<typeof pairwiseOptions>): Pairwise {
  const criteria = criteriaOf(options.criteria);
  const judge = judgeOf(options.judge ?? {});
  return {
    criteria,
    ...(judge && { judge }),
    requires: (example) =>
      isWithoutContext(example, criteria, options) ? `it has no "${options.context}" among its "vars" to hold the answers to` : undefined,
    question: (contest, example) => pairQuestion(criteria, [...materialsOf(example, options), ...contestants(contest)]),
    compare: (contest, example, consult) => {
      if (judge === undefined) throw new Error('answers were compared before it was known who compares');
      return comparePair(judge, criteria, materialsOf(example, options), contest, consult);
    },
  };
}
