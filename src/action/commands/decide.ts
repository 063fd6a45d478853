import type { WorkflowRun } from '../../edges/github/runs.ts';
import type { Command } from './grammar.ts';

/** What a command comes to: a run that is to run again, an answer, or why nothing is done. */
export type Decision =
  | { readonly kind: 'rerun'; readonly run: number /** Whether jobs that passed are left as they are. */; readonly onlyFailed: boolean }
  | { readonly kind: 'answer'; readonly markdown: string }
  | { readonly kind: 'refuse'; readonly sentence: string };

/** The pull request's newest commit and what is known of its checks. */
export interface Ground {
  readonly headSha: string;
  /** Whether that commit is a fork's: then its check is the second stage's. */
  readonly isFork: boolean;
  /** Of this workflow on that commit, newest first. */
  readonly runs: readonly WorkflowRun[];
  /** When the command was given, as GitHub says. */
  readonly givenAt: string;
}

/** Whether and how the check is to run again; for an acceptance only where there is a failure that its author can have seen. */
export function decideRerun({ verb }: Command, { headSha, isFork, runs, givenAt }: Ground): Decision {
  const commit = `\`${headSha.slice(0, 7)}\``;
  const [run] = runs;
  if (run === undefined) return { kind: 'refuse', sentence: `There is no run of the check on ${commit} yet.` };
  if (!run.isOver) return { kind: 'refuse', sentence: `The check of ${commit} is still running.` };
  if (verb !== 'accept') return { kind: 'rerun', run: run.id, onlyFailed: false };
  if (Date.parse(givenAt) <= Date.parse(run.updatedAt))
    return { kind: 'refuse', sentence: `The check of ${commit} ended after your comment: look at its report, and accept it then.` };
  if (isFork) return { kind: 'rerun', run: run.id, onlyFailed: false };
  if (!run.hasFailed) return { kind: 'refuse', sentence: `The check of ${commit} did not fail, so there is nothing to accept.` };
  return { kind: 'rerun', run: run.id, onlyFailed: true };
}
