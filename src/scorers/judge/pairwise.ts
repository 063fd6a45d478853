import * as z from 'zod';
import { explain } from '../../documents/check.ts';
import type { Example } from '../../domain/evalset.ts';
import type { Consult } from '../../domain/ports.ts';
import type { Failure } from '../../domain/trial.ts';
import { type Criterion, criteriaOf, type StatedCriterion, statedCriterion } from './criterion.ts';
import { contextOf, materialsOf } from './materials.ts';
import { type JudgeQuestion, pairQuestion } from './messages.ts';
import { type Judge, judgeOf, judgeOptions } from './options.ts';
import { type Compared, type Contest, comparePair, contestants } from './pair.ts';

const nameOf = (stated: StatedCriterion): string =>
  typeof stated === 'string' ? stated : (stated.name ?? ('preset' in stated ? stated.preset : ''));

export const pairwiseOptions = z.strictObject({
  criteria: z
    .array(statedCriterion)
    .min(1)
    .max(20)
    .refine((criteria) => new Set(criteria.map((each) => nameOf(each).toLowerCase())).size === criteria.length, {
      error: explain('a criterion is named twice', 'Give each a name of its own.'),
    })
    .describe('What the two answers are weighed by: presets, or criteria of your own.'),
  context: z.string().min(1).default('context').describe('The variable whose value the judge sees as the context.'),
  reference: z.boolean().default(true).describe('Whether the judge sees `expected` as a reference.'),
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

export function pairwiseOf(options: z.output<typeof pairwiseOptions>): Pairwise {
  const criteria = criteriaOf(options.criteria);
  const judge = judgeOf(options.judge ?? {});
  return {
    criteria,
    ...(judge && { judge }),
    requires: (example) => {
      const isMissing = criteria.some(({ needsContext }) => needsContext) && contextOf(example, options.context) === undefined;
      return isMissing ? `it has no "${options.context}" among its "vars" to hold the answers to` : undefined;
    },
    question: (contest, example) => pairQuestion(criteria, [...materialsOf(example, options), ...contestants(contest)]),
    compare: (contest, example, consult) => {
      if (judge === undefined) throw new Error('answers were compared before it was known who compares');
      return comparePair(judge, criteria, materialsOf(example, options), contest, consult);
    },
  };
}
