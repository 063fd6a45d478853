import * as z from 'zod';
import type { GitHubClient } from './client.ts';
import type { CommentTarget } from './comments.ts';
import { understood } from './reply.ts';

const pullReply = z.object({ state: z.string(), head: z.object({ sha: z.string() }) });

/** Why a run that looked at `head` has nothing to say to the pull request any more; undefined while it has. */
export async function objectionTo(client: GitHubClient, { owner, repo, number }: CommentTarget, head: string): Promise<string | undefined> {
  const { data } = await client.rest.pulls.get({ owner, repo, pull_number: number });
  const pull = understood(pullReply, data, `pull request #${number}`);
  if (pull.state !== 'open') return `#${number} was closed meanwhile, so nothing is written to it.`;
  if (pull.head.sha === head) return undefined;
  return `#${number} has moved on from ${head.slice(0, 7)} to ${pull.head.sha.slice(0, 7)}, whose own run reports.`;
}
