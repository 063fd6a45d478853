import * as z from 'zod';
import type { GitHubClient } from './client.ts';
import { type Comment, type CommentTarget, ours, sameText } from './comments.ts';
import { marker } from './marker.ts';
import { type Forbidden, orForbidden } from './refusal.ts';
import { understood } from './reply.ts';

/** A comment on lines of the head's file, such as a suggestion. */
export interface LineComment {
  readonly path: string;
  readonly startLine: number;
  readonly line: number;
  /** Without marker. */
  readonly body: string;
}

export type Suggested =
  | { readonly kind: 'posted' | 'unchanged'; readonly count: number }
  | { readonly kind: 'withheld'; readonly sentence: string }
  | { readonly kind: 'none' }
  | Forbidden;

const reviewComment = z.object({
  id: z.number(),
  body: z.string().nullish(),
  path: z.string(),
  line: z.number().nullish(),
  user: z.object({ login: z.string(), type: z.string() }).nullish(),
});

interface StandingComment extends Pick<Comment, 'id' | 'body' | 'author'> {
  readonly path: string;
  /** Undefined where the lines have changed since. */
  readonly line: number | undefined;
}

/**
 * Makes these the suggestions of `key` on a pull request: those of earlier runs are taken away first, and nothing is done where the same stand
 * already. Asked just before it writes, `objection` says why nothing should be written after all. GitHubRefusal for everything but a missing permission.
 */
export async function replaceSuggestions(
  client: GitHubClient,
  target: CommentTarget,
  own: { key: string; head: string; comments: readonly LineComment[]; objection: () => Promise<string | undefined> },
): Promise<Suggested> {
  return orForbidden(
    () => replace(client, target, own),
    ({ status, words }) =>
      `The edit could not be suggested on its lines (GitHub answered ${status} "${words}"): the report has it as a patch.`,
  );
}

async function replace(
  client: GitHubClient,
  target: CommentTarget,
  { key, head, comments, objection }: Parameters<typeof replaceSuggestions>[2],
): Promise<Suggested> {
  const { owner, repo, number } = target;
  const standing = await listed(client, target, key);
  const wanted = comments.map(({ body, ...rest }) => ({ ...rest, body: `${marker(key)}\n${body}` }));
  const isThere = ({ path, line, body }: LineComment) =>
    standing.some((one) => one.path === path && one.line === line && sameText(one.body, body));
  if (standing.length === 0 && wanted.length === 0) return { kind: 'none' };
  if (standing.length === wanted.length && wanted.every(isThere)) return { kind: 'unchanged', count: wanted.length };
  const sentence = await objection();
  if (sentence !== undefined) return { kind: 'withheld', sentence };
  for (const { id } of standing) await client.rest.pulls.deleteReviewComment({ owner, repo, comment_id: id });
  if (wanted.length === 0) return { kind: 'none' };
  await client.rest.pulls.createReview({
    owner,
    repo,
    pull_number: number,
    commit_id: head,
    event: 'COMMENT',
    comments: wanted.map(({ path, startLine, line, body }) => ({
      path,
      line,
      side: 'RIGHT',
      ...(startLine < line && { start_line: startLine, start_side: 'RIGHT' }),
      body,
    })),
  });
  return { kind: 'posted', count: wanted.length };
}

async function listed(client: GitHubClient, { owner, repo, number }: CommentTarget, key: string): Promise<StandingComment[]> {
  const replies: unknown[] = await client.paginate(client.rest.pulls.listReviewComments, {
    owner,
    repo,
    pull_number: number,
    per_page: 100,
  });
  const all = understood(z.array(reviewComment), replies, `the review comments of #${number}`).map(
    ({ id, body, path, line, user }): StandingComment => ({
      id,
      body: body ?? '',
      author: user ?? undefined,
      path,
      line: line ?? undefined,
    }),
  );
  return ours(client, all, key);
}
