import * as z from 'zod';
import type { GitHubClient } from './client.ts';
import type { CommentTarget } from './comments.ts';
import { isForbidden } from './refusal.ts';
import { understood } from './reply.ts';
import type { Repository } from './repository.ts';
import type { WorkflowRun } from './runs.ts';
import { runReply } from './runs.ts';

/**
 * Whether somebody may write to the repository, as GitHub says now: what a payload claims of an author is not asked.
 * https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export async function mayWrite({ rest }: GitHubClient, { owner, name }: Repository, login: string): Promise<boolean> {
  try {
    const { data } = await rest.repos.getCollaboratorPermissionLevel({ owner, repo: name, username: login });
    const { permission } = understood(z.object({ permission: z.string() }), data, `the permission of ${login}`);
    return permission === 'write' || permission === 'admin';
  } catch (error) {
    if (isForbidden(error) && error.status === 404) return false;
    throw error;
  }
}

/** Says by a sign that a comment was seen, and what became of it. One that cannot be set is no trouble. */
export async function react(
  { rest }: GitHubClient,
  { owner, repo }: CommentTarget,
  comment_id: number,
  content: 'eyes' | '+1' | '-1',
): Promise<void> {
  try {
    await rest.reactions.createForIssueComment({ owner, repo, comment_id, content });
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
}

const pullReply = z.object({
  state: z.string(),
  base: z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }) }),
  head: z.object({ sha: z.string(), ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
});

/** A pull request's newest commit, and where it is going. */
export interface NewestCommit {
  readonly isOpen: boolean;
  readonly sha: string;
  readonly isFork: boolean;
  /** The branch it is on, in its own repository. */
  readonly branch: string;
  readonly base: string;
}

/** As GitHub knows it now, whatever the event said. GitHubRefusal where the token may not read it. */
export async function newestCommit({ rest }: GitHubClient, { owner, repo, number }: CommentTarget): Promise<NewestCommit> {
  const { data } = await rest.pulls.get({ owner, repo, pull_number: number });
  const { state, base, head } = understood(pullReply, data, `pull request #${number}`);
  const isFork = head.repo?.full_name.toLowerCase() !== base.repo.full_name.toLowerCase();
  return { isOpen: state === 'open', sha: head.sha, isFork, branch: head.ref, base: base.ref };
}

/** The runs of a workflow's file that a pull request started on a commit, newest first. */
export async function runsOn(client: GitHubClient, { owner, name }: Repository, sha: string, path: string): Promise<WorkflowRun[]> {
  const asked = { owner, repo: name, head_sha: sha, event: 'pull_request', per_page: 100 };
  const replies: unknown[] = await client.paginate(client.rest.actions.listWorkflowRunsForRepo, asked);
  return understood(z.array(runReply), replies, `the runs on ${sha}`)
    .filter((run) => run.path === path)
    .sort((a, b) => b.id - a.id);
}

/** Starts a run again, or only what failed of it. GitHubRefusal where the token may not. */
export async function runAgain({ rest }: GitHubClient, { owner, name }: Repository, run_id: number, onlyFailed: boolean): Promise<void> {
  const run = { owner, repo: name, run_id };
  await (onlyFailed ? rest.actions.reRunWorkflowFailedJobs(run) : rest.actions.reRunWorkflow(run));
}
