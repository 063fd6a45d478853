import type { Markup } from './markup.ts';
import type { ConstraintReport, PromptReport, Report } from './model.ts';
import { counted, grouped } from './numbers.ts';

/** Above them, in every form of the report. */
export const constraintsTitle = 'New constraint failures';

const idsNamed = 5;

/** A line for each constraint that the pull request's answers newly break, under the prompt's path where there are several. */
export function newFailures({ prompts }: Report, markup: Markup): string[] {
  const several = prompts.length > 1;
  return prompts.flatMap((prompt) =>
    brokenAnew(prompt).map((constraint) => (several ? `${markup.code(prompt.path)}: ` : '') + failureLine(constraint, markup)),
  );
}

/** A sentence for each constraint that is broken, but on no further example. */
export function standingFailures({ constraints = [] }: PromptReport, markup: Markup): string[] {
  return constraints
    .filter(({ fresh }) => fresh === 0)
    .map(
      ({ name, base, head }) =>
        `The constraint ${markup.code(name)} was broken by ${grouped(head)} of the pull request's answers and ${grouped(base)} of the base's, on no further example.`,
    );
}

function brokenAnew({ constraints = [] }: PromptReport): readonly ConstraintReport[] {
  return constraints.filter(({ fresh }) => fresh > 0);
}

function failureLine({ name, base, head, fresh, ids = [] }: ConstraintReport, markup: Markup): string {
  const named = ids.slice(0, idsNamed).map((id) => markup.code(id));
  const rest = fresh - named.length;
  const where = ids.length === 0 ? '' : `: ${[...named, ...(rest > 0 ? [`${grouped(rest)} more`] : [])].join(', ')}`;
  return `${markup.code(name)} on ${counted(fresh, 'example')} that the base kept it on (${grouped(base)} → ${grouped(head)} answers)${where}`;
}
