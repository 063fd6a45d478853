import type { GitHubClient } from '../../../src/edges/github/client.ts';
import { type OwnComment, standingComments, type Written, writeComment } from '../../../src/edges/github/comment.ts';
import type { CommentTarget } from '../../../src/edges/github/comments.ts';
import type { CommentState } from '../../../src/edges/github/state.ts';

/** A comment that stands where nothing objects, and keeps what `state` makes of the one before it. */
export interface Wanted extends Partial<Omit<OwnComment, 'state'>> {
  readonly key: string;
  readonly body: string;
  readonly state?: (before: CommentState) => CommentState;
}

/** Reads what stands and writes at once, as a run does. */
export async function upsert(client: GitHubClient, target: CommentTarget, { key, state, ...own }: Wanted): Promise<Written> {
  const standing = await standingComments(client, target, key);
  if (standing.kind === 'forbidden') return standing;
  const unopposed = { create: true, objection: async () => undefined };
  return writeComment(client, target, standing, { ...unopposed, ...own, ...(state && { state: state(standing.state) }) });
}
