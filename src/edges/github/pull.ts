import * as z from 'zod';
import type { GitHubClient } from './client.ts';
import type { CommentTarget } from './comments.ts';
import { understood } from './reply.ts';
import type { Repository } from './repository.ts';

const pullReply = z.object({ state: z.string(), head: z.object({ sha: z.string() }) });

const listedPull = z.object({
  number: z.int().positive(),
  base: z.object({ ref: z.string() }),
  head: z.object({ sha: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
});

/** A head branch of a fork, at one of its commits. */
export interface ForkHead {
  /** `owner/name`. */
  readonly headRepository: string;
  readonly headBranch: string;
  readonly headSha: string;
}

/** The open pull requests whose head is that very commit of that branch. */
export async function pullsFrom(client: GitHubClient, { owner, name }: Repository, fork: ForkHead): Promise<z.infer<typeof listedPull>[]> {
  const head = `${fork.headRepository.split('/')[0]}:${fork.headBranch}`;
  const replies: unknown[] = await client.paginate(client.rest.pulls.list, { owner, repo: name, state: 'open', head, per_page: 100 });
  const pulls = understood(z.array(listedPull), replies, `the pull requests of ${head}`);
  const isSame = (full: string | undefined) => full?.toLowerCase() === fork.headRepository.toLowerCase();
  return pulls.filter((pull) => pull.head.sha === fork.headSha && isSame(pull.head.repo?.full_name));
}

const mergedPull = z.object({
  number: z.int().positive(),
  merged_at: z.string().nullish(),
  merge_commit_sha: z.string().nullish(),
  head: z.object({ sha: z.string() }),
});

/** The pull request that was merged as that commit, with its own last commit; undefined where there is none. */
export async function mergedAs(
  client: GitHubClient,
  { owner, name }: Repository,
  commit: string,
): Promise<{ readonly number: number; readonly sha: string } | undefined> {
  const asked = { owner, repo: name, commit_sha: commit, per_page: 100 };
  const replies: unknown[] = await client.paginate(client.rest.repos.listPullRequestsAssociatedWithCommit, asked);
  const pulls = understood(z.array(mergedPull), replies, `the pull requests of ${commit}`);
  const merged = pulls.find(({ merged_at, merge_commit_sha }) => merged_at && merge_commit_sha === commit);
  return merged && { number: merged.number, sha: merged.head.sha };
}

/** Why a run that looked at `head` has nothing to say to the pull request any more; undefined while it has. */
export async function objectionTo(client: GitHubClient, { owner, repo, number }: CommentTarget, head: string): Promise<string | undefined> {
  const { data } = await client.rest.pulls.get({ owner, repo, pull_number: number });
  const pull = understood(pullReply, data, `pull request #${number}`);
  if (pull.state !== 'open') return `#${number} was closed meanwhile, so nothing is written to it.`;
  if (pull.head.sha === head) return undefined;
  return `#${number} has moved on from ${head.slice(0, 7)} to ${pull.head.sha.slice(0, 7)}, whose own run reports.`;
}
