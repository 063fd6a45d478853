import type { SubjectTrial } from '../evaluate/plan.ts';
import type { Detail } from './flips.ts';

const IDS_NAMED = 5;

/** What a reader should know of the answers besides their scores. */
export function remarksOf(trials: readonly SubjectTrial[], detail: Detail): string[] {
  return [...endings(trials), ...ungraded(trials, detail), ...brokenConstraints(trials, detail)];
}

/** Answers that ended otherwise than by the model's own choice are scored, and counted here. */
function endings(trials: readonly SubjectTrial[]): string[] {
  const count = (...finishes: readonly string[]) =>
    trials.filter(({ outcome }) => outcome.kind === 'answer' && finishes.includes(outcome.finish)).length;
  const said = (n: number, what: string) => (n === 0 ? [] : [`${n} ${n === 1 ? 'answer was' : 'answers were'} ${what}.`]);
  return [
    ...said(count('length'), 'cut off at the token limit'),
    ...said(count('refusal'), 'refused by the model'),
    ...said(count('content-filter'), 'stopped by the provider’s content filter'),
  ];
}

/** Answers without a score are missing like those that never came; the sentence is the first one's. */
function ungraded(trials: readonly SubjectTrial[], detail: Detail): string[] {
  const failures = trials.flatMap((trial) => trial.ungraded ?? []);
  if (failures.length === 0) return [];
  const count = failures.length === 1 ? '1 answer' : `${failures.length} answers`;
  const why = detail === 'full' ? ` ${failures[0]!.sentence}` : '';
  return [`${count} could not be graded and ${failures.length === 1 ? 'counts' : 'count'} as missing.${why}`];
}

/** One remark for each constraint that answers broke: how many on each side, and on which examples only the new version did. */
function brokenConstraints(trials: readonly SubjectTrial[], detail: Detail): string[] {
  const names = [...new Set(trials.flatMap(({ score }) => score?.broken ?? []))].sort();
  return names.map((name) => {
    const [base, head] = (['base', 'head'] as const).map((arm) =>
      trials.filter((trial) => trial.arm === arm && trial.score?.broken === name),
    );
    const before = new Set(base!.map(({ exampleId }) => exampleId));
    const fresh = [...new Set(head!.map(({ exampleId }) => exampleId).filter((id) => !before.has(id)))].sort();
    const only = fresh.length === 0 || detail === 'none' ? '' : `, newly on ${listed(fresh)}`;
    return `The constraint \`${name}\` was broken by ${head!.length} of the pull request's answers and ${base!.length} of the base's${only}.`;
  });
}

function listed(ids: readonly string[]): string {
  const rest = ids.length - IDS_NAMED;
  const named = ids.slice(0, IDS_NAMED).map((id) => `\`${id}\``);
  return [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}
