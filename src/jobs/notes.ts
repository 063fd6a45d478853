import { sentence, type UserError } from '../domain/problem.ts';
import { changedPaths } from './changed.ts';
import type { FoundEvalSet } from './evalsets.ts';
import { pathMatcher } from './globs.ts';
import type { Ground } from './ground.ts';

/** What is to be told of a prompt's files besides its verdict: each function gives a sentence, or none where there is nothing to tell. */

/** `evalSet`: path of the one that only the pull request has. */
export function arrival(evalSet: string | undefined): string[] {
  return evalSet === undefined ? [] : [`Its eval set, \`${evalSet}\`, comes with this pull request: once merged, it decides.`];
}

/** `arriving`: path of the eval set that the prompt has after the merge. */
export function departure({ evalSet, files }: FoundEvalSet, arriving: string | undefined, { revisions }: Ground): string[] {
  // On the terminal eval sets are the head's own: what is there now stays.
  if (revisions.policy.revision === revisions.head.revision) return [];
  const touched = changedPaths(revisions.changes);
  if (evalSet === undefined || arriving !== undefined || !files.some((file) => touched.has(file))) return [];
  return [`This pull request takes its eval set, \`${evalSet.path}\`, away: once merged, nothing holds this prompt.`];
}

/** Files of an eval set whose change would go unnoticed where the prompt itself stays as it is. */
export function unwatched(files: readonly string[], { settings, config }: Ground): string[] {
  const outside = files.filter((file) => !pathMatcher(settings.evals)(file)).map((file) => `\`${file}\``);
  if (outside.length === 0) return [];
  return [`A change to ${outside.join(' or ')} alone goes unnoticed: list it under \`evals:\` in ${config}.`];
}

/** Why a base that is there is not compared with. */
export function unusableBase(fault: UserError | undefined): string[] {
  if (fault === undefined) return [];
  const [first, ...others] = fault.problems;
  const more = others.length === 0 ? '' : ` And ${others.length} more like this.`;
  return [`The base version cannot be used, so this prompt counts as new: ${sentence(first!)}${more}`];
}
