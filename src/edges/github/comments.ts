import * as z from 'zod';
import type { GitHubClient } from './client.ts';
import { bearsMarker } from './marker.ts';
import { isForbidden } from './refusal.ts';
import { understood } from './reply.ts';
import type { Repository } from './repository.ts';

/** A pull request (or an issue) to comment on. */
export interface CommentTarget {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

/** The pull request of that number. */
export const numbered = ({ owner, name }: Repository, number: number): CommentTarget => ({ owner, repo: name, number });

const commentReply = z
  .object({
    id: z.number(),
    body: z.string().nullish(),
    html_url: z.string(),
    created_at: z.string().default(''),
    user: z.object({ login: z.string(), type: z.string() }).nullish(),
  })
  .transform(({ id, body, html_url, created_at, user }) => ({
    id,
    body: body ?? '',
    url: html_url,
    createdAt: created_at,
    author: user ?? undefined,
  }));

export type Comment = z.infer<typeof commentReply>;

/** All comments, oldest first, over all pages. */
export async function listComments(client: GitHubClient, { owner, repo, number }: CommentTarget): Promise<Comment[]> {
  const replies: unknown[] = await client.paginate(client.rest.issues.listComments, { owner, repo, issue_number: number, per_page: 100 });
  return understood(z.array(commentReply), replies, `the comments of #${number}`);
}

/** A new comment, whatever stands already. GitHubRefusal where the token may not write. */
export async function createComment(client: GitHubClient, { owner, repo, number }: CommentTarget, body: string): Promise<Comment> {
  const { data } = await client.rest.issues.createComment({ owner, repo, issue_number: number, body });
  return understood(commentReply, data, `the new comment on #${number}`);
}

/** Undefined where it is not ours to change or has just been deleted. */
export async function updateComment(
  client: GitHubClient,
  { owner, repo }: CommentTarget,
  { id }: Comment,
  body: string,
): Promise<Comment | undefined> {
  try {
    const { data } = await client.rest.issues.updateComment({ owner, repo, comment_id: id, body });
    return understood(commentReply, data, `comment ${id}`);
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}

/** One that is gone already, or is not ours to delete, is no trouble. */
export async function deleteComment(client: GitHubClient, { owner, repo }: CommentTarget, { id }: Comment): Promise<void> {
  try {
    await client.rest.issues.deleteComment({ owner, repo, comment_id: id });
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
}

/** Whether both say the same: GitHub may change line ends and outer space. */
export function sameText(a: string, b: string): boolean {
  return normalized(a) === normalized(b);
}

function normalized(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

/**
 * Those of `comments` that are ours, likeliest first. The marker alone proves nothing, anyone can write it: the author must be us too. A
 * token that cannot tell who it is belongs to an app, and apps comment as bots.
 */
export async function ours<T extends Pick<Comment, 'body' | 'author'>>(
  client: GitHubClient,
  comments: readonly T[],
  key: string,
): Promise<T[]> {
  const marked = comments.filter(({ body }) => bearsMarker(body, key));
  if (marked.length === 0) return [];
  const login = await ownLogin(client);
  if (login !== undefined) return marked.filter(({ author }) => author?.login === login);
  const bots = marked.filter(({ author }) => author?.type === 'Bot');
  return [...bots.filter(isFromActions), ...bots.filter((comment) => !isFromActions(comment))];
}

function isFromActions({ author }: Pick<Comment, 'author'>): boolean {
  return author?.login === 'github-actions[bot]';
}

/** Who the token acts as; undefined for an installation's token, as `GITHUB_TOKEN` is, which may not ask. */
async function ownLogin(client: GitHubClient): Promise<string | undefined> {
  const auth = z.object({ token: z.string() }).safeParse(await client.auth());
  if (auth.data?.token.startsWith('ghs_')) return undefined;
  try {
    const { data } = await client.rest.users.getAuthenticated();
    return understood(z.object({ login: z.string() }), data, "the token's user").login;
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}
