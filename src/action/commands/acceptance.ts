import { UserError } from '../../domain/problem.ts';
import { mayWrite, newestCommit, runsOn } from '../../edges/github/commands.ts';
import { type Comment, listComments, numbered } from '../../edges/github/comments.ts';
import { mergedAs } from '../../edges/github/pull.ts';
import { workflowPath, workflowRun } from '../../edges/github/runs.ts';
import type { Acceptance, Report } from '../../report/model.ts';
import type { Occasion } from '../occasion.ts';
import { parseCommand } from './grammar.ts';

/**
 * Who has accepted that this commit is merged although its check fails. Looked for anew by each run, in the comments themselves: the command has to be
 * given after GitHub began this commit's first run, by somebody who may write now, and the commit has to be the pull request's newest still.
 * Undefined where nobody has, or it cannot be found out.
 */
export async function acceptanceFor({ exitCode }: Report, occasion: Asking): Promise<Acceptance | undefined> {
  if (exitCode !== 1 && exitCode !== 2) return undefined;
  const { client, repository, log } = occasion;
  try {
    const asked = await askedFor(occasion);
    if (asked === undefined) return undefined;
    const target = numbered(repository, asked.number);
    const given = acceptances(await listComments(client, target), asked.since);
    for (const { comment, reason } of given) {
      if (!(await mayWrite(client, repository, comment.author!.login))) continue;
      const { isOpen, sha } = await newestCommit(client, target);
      return (isOpen || asked.isMerged) && sha === asked.sha ? { by: comment.author!.login, reason, url: comment.url } : undefined;
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.warning(`Whether somebody accepted this could not be found out: ${error.message}`);
    return undefined;
  }
}

type Asking = Pick<Occasion, 'trigger' | 'client' | 'repository' | 'run' | 'env' | 'log'>;

interface Asked {
  readonly number: number;
  readonly sha: string;
  /** When GitHub began the first run on that commit; no push can set this clock. */
  readonly since: string;
  /** Whether it has been merged as that commit, as GitHub says. */
  readonly isMerged?: boolean;
}

/** Undefined where there can be no acceptance: a first attempt has nothing before it that could be accepted. */
async function askedFor(occasion: Asking): Promise<Asked | undefined> {
  const { trigger, client, repository, run, env } = occasion;
  if (trigger.kind === 'pull-request') {
    if (trigger.since !== undefined) return { number: trigger.number, sha: trigger.range.head, since: trigger.since };
    if (trigger.closed || run.attempt === 1) return undefined;
    const { createdAt } = await workflowRun(client, repository, run.id);
    return { number: trigger.number, sha: trigger.range.head, since: createdAt };
  }
  const pull = await pullBehind(occasion);
  const path = workflowPath(repository, env['GITHUB_WORKFLOW_REF'] ?? '');
  const first = pull && path !== undefined ? (await runsOn(client, repository, pull.sha, path))[0] : undefined;
  return pull && first && { ...pull, since: first.createdAt };
}

/** The pull request that a merge queue's commit adds, or that was merged as the commit pushed to the default branch. */
async function pullBehind({ trigger, client, repository }: Asking): Promise<Omit<Asked, 'since'> | undefined> {
  if (trigger.kind === 'push' && trigger.ref === `refs/heads/${trigger.defaultBranch}`) {
    const pull = await mergedAs(client, repository, trigger.range.head);
    return pull && { ...pull, isMerged: true };
  }
  if (trigger.kind !== 'merge-group' || trigger.number === undefined) return undefined;
  const { sha } = await newestCommit(client, numbered(repository, trigger.number));
  return { number: trigger.number, sha };
}

/** Newest first. */
function acceptances(comments: readonly Comment[], since: string): { readonly comment: Comment; readonly reason: string }[] {
  return comments.toReversed().flatMap((comment) => {
    const isPersons = comment.author?.type === 'User' && /^[\w-]{1,100}$/.test(comment.author.login);
    if (!isPersons || !(Date.parse(comment.createdAt) > Date.parse(since))) return [];
    const parsed = parseCommand(comment.body);
    const isAcceptance = parsed.kind === 'command' && parsed.command.verb === 'accept';
    return isAcceptance ? [{ comment, reason: parsed.command.reason }] : [];
  });
}
