import * as z from 'zod';
import type { Example } from '../../domain/evalset.ts';
import type { Consult } from '../../domain/ports.ts';
import type { Score } from '../../domain/score.ts';
import type { Answer, Failure } from '../../domain/trial.ts';
import type { BoundConstraint } from '../constraints/definition.ts';
import { verdictsOf } from './ask.ts';
import { boundCheck, statedCheck } from './checks.ts';
import { type Graded, medianOf, rubricScore } from './combine.ts';
import {
  type Criterion,
  criteriaList,
  criteriaOf,
  criterionName,
  criterionWeight,
  type StatedCriterion,
  statedCriterion,
} from './criterion.ts';
import { isWithoutContext, materialsOf, showing } from './materials.ts';
import { type JudgeQuestion, rubricQuestion } from './messages.ts';
import { type Judge, judgeOf, judgeOptions } from './options.ts';
import { readFindings } from './verdict.ts';

/** A criterion that a rule decides: 1 where the answer keeps the constraint, else 0. */
const ruledCriterion = z.strictObject({ name: criterionName, check: statedCheck, weight: criterionWeight });

export const rubricOptions = z.strictObject({
  criteria: criteriaList(z.union([statedCriterion, ruledCriterion])).describe(
    'What answers are graded by: presets, presets with rules, weight or levels of your own, your own, and checks.',
  ),
  passMark: z.number().gt(0).max(1).default(0.6).describe('The least score that passes.'),
  ...showing,
  judge: judgeOptions.optional().describe("Who grades; default: the settings' judge."),
});

/** A rubric whose options are fixed. */
export interface Rubric {
  /** Those that a judge grades; empty where rules decide all. */
  readonly criteria: readonly Criterion[];
  readonly passMark: number;
  /** Absent where nobody is asked, or where it is not known yet who. */
  readonly judge?: Judge;
  /** Loads what its checks need. */
  readonly ready: () => Promise<void>;
  /** Why an example cannot be graded, as a clause. */
  readonly requires: (example: Example) => string | undefined;
  /** What a judge would be asked about an answer; with judged criteria only. */
  readonly question: (answer: Pick<Answer, 'text'>, example: Example) => JudgeQuestion;
  /** At once where rules decide all. `draw` (0-based) tells independent gradings of one answer apart. */
  readonly grade: (answer: Answer, example: Example, consult: Consult, draw?: number) => Score | Promise<Score | Failure>;
}

/** Told of no judge it grades by rules alone, and throws where criteria need one. */
export function rubricOf(options: z.output<typeof rubricOptions>): Rubric {
  const { passMark } = options;
  const judged = options.criteria.filter((each): each is StatedCriterion => typeof each === 'string' || !('check' in each));
  const criteria = criteriaOf(judged);
  const ruled = options.criteria.flatMap((each) => (typeof each !== 'string' && 'check' in each ? [ruledBy(each)] : []));
  const judge = criteria.length === 0 ? undefined : judgeOf(options.judge ?? {});
  const question: Rubric['question'] = (answer, example) =>
    rubricQuestion(criteria, [...materialsOf(example, options), { name: 'ANSWER', text: answer.text }]);

  const graded = async (answer: Answer, example: Example, consult: Consult, draw: number): Promise<Score | Failure> => {
    if (judge === undefined) throw new Error('a rubric was used before it was known who grades');
    const asked = question(answer, example);
    const verdicts = await verdictsOf(judge, asked, (reply, mark) => readFindings(reply, mark, criteria), consult, draw);
    if ('kind' in verdicts) return verdicts;
    return rubricScore([...medianOf(criteria, verdicts), ...ruled.map((rule) => rule.grade(answer, example))], passMark);
  };

  return {
    criteria,
    passMark,
    ...(judge && { judge }),
    ready: async () => void (await Promise.all(ruled.map(async ({ check }) => check.ready?.()))),
    requires: (example) =>
      isWithoutContext(example, criteria, options) ? `it has no "${options.context}" among its "vars" to hold the answer to` : undefined,
    question,
    grade: (answer, example, consult, draw = 0) =>
      criteria.length === 0
        ? rubricScore(
            ruled.map((rule) => rule.grade(answer, example)),
            passMark,
          )
        : graded(answer, example, consult, draw),
  };
}

function ruledBy({ name, check, weight = 1 }: z.output<typeof ruledCriterion>): {
  readonly check: BoundConstraint;
  readonly grade: (answer: Answer, example: Example) => Graded;
} {
  const bound = boundCheck(check);
  return {
    check: bound,
    grade: (answer, example) => {
      const verdict = bound.check(answer, example);
      return { name, value: verdict.holds ? 1 : 0, weight, because: verdict.holds ? `${name} kept` : `${name}: ${verdict.reason}` };
    },
  };
}
