import type { GitHubClient } from './client.ts';
import { type Comment, type CommentTarget, createComment, deleteComment, listComments, ours, sameText, updateComment } from './comments.ts';
import { bearsMarker, marker } from './marker.ts';
import { type Forbidden, failedHalfWay, type GitHubRefusal, orForbidden } from './refusal.ts';
import { type CommentState, LONGEST_STATE, readState, stateMark, withState } from './state.ts';

/**
 * `withheld`: somebody else's report is to stand, or none. `forbidden`: the report has to be read elsewhere. `none`: there was no comment, and none
 * was wanted.
 */
export type Written =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly url: string }
  | { readonly kind: 'withheld'; readonly sentence: string }
  | { readonly kind: 'none' }
  | Forbidden;

/** Our comments of one key as they stand: none or one, unless runs at the same time have left more. */
export interface StandingComments {
  readonly kind: 'standing';
  readonly key: string;
  /** Likeliest first. */
  readonly comments: readonly Comment[];
  /** What the first keeps of earlier runs; empty where there is none. */
  readonly state: CommentState;
}

/** The one comment that is to stand. */
export interface OwnComment {
  /** Without marker. */
  readonly body: string;
  /** Whether one is to be created where none stands. */
  readonly create: boolean;
  /** Asked just before each write: why there should be none after all. */
  readonly objection: () => Promise<string | undefined>;
  /** What it is to keep for later runs. */
  readonly state?: CommentState;
  /** Whether that is kept even where the text of this run is withheld. */
  readonly keepsState?: boolean;
}

/** Longer ones GitHub refuses. */
const LONGEST_COMMENT = 65_536;

/** Characters that a comment's body may have beside what is out of sight: the marker of its key, and the longest state. */
export function roomInComment(key: string): number {
  return LONGEST_COMMENT - `${marker(key)}\n`.length - LONGEST_STATE;
}

/** Our comments of `key`. GitHubRefusal for everything but a missing permission. */
export async function standingComments(client: GitHubClient, target: CommentTarget, key: string): Promise<StandingComments | Forbidden> {
  return orForbidden(async () => {
    const comments = await ours(client, await listComments(client, target), key);
    return { kind: 'standing', key, comments, state: readState(comments[0]?.body ?? '') };
  }, forbiddenSentence);
}

/**
 * Makes `own` the one comment of its key: updates our comment where there is one, leaves it alone where nothing differs, creates it
 * otherwise, and takes away what runs at the same time have left beside it. GitHubRefusal for everything but a missing permission.
 */
export async function writeComment(
  client: GitHubClient,
  target: CommentTarget,
  standing: StandingComments,
  own: OwnComment,
): Promise<Written> {
  return orForbidden(() => write(client, target, standing, own), forbiddenSentence);
}

/** Our comment of `key`, if there is one. */
export async function findComment(client: GitHubClient, target: CommentTarget, key: string): Promise<Comment | undefined> {
  const [comment] = await ours(client, await listComments(client, target), key);
  return comment;
}

async function write(client: GitHubClient, target: CommentTarget, { key, comments }: StandingComments, own: OwnComment): Promise<Written> {
  const { create, objection, state } = own;
  const [first] = comments;
  const text = `${marker(key)}${state === undefined ? '' : stateMark(state)}\n${own.body}`;
  if (first === undefined && !create) return { kind: 'none' };
  if (first !== undefined && sameText(first.body, text)) return { kind: 'unchanged', url: first.url };
  const sentence = await objection();
  if (sentence !== undefined) {
    if (first && state && own.keepsState) await updateComment(client, target, first, withState(first.body, state));
    return { kind: 'withheld', sentence };
  }
  for (const comment of comments) {
    const updated = await updateComment(client, target, comment, text);
    if (updated === undefined) continue;
    await deleteAll(client, target, duplicates(comments, updated, key));
    return { kind: 'updated', url: updated.url };
  }
  const created = await createdOnce(client, target, key, text);
  return { kind: 'created', url: (await leftAlone(client, target, key, created, text)).url };
}

/** Where GitHub failed half-way the comment may stand already: looks before it creates another. */
async function createdOnce(client: GitHubClient, target: CommentTarget, key: string, text: string, retries = 2): Promise<Comment> {
  try {
    return await createComment(client, target, text);
  } catch (error) {
    if (!failedHalfWay(error) || retries === 0) throw error;
    const standing = await ours(client, await listComments(client, target), key);
    return standing.find(({ body }) => sameText(body, text)) ?? createdOnce(client, target, key, text, retries - 1);
  }
}

/**
 * Runs that began together may each have created a comment. Each of them sees the oldest here, gives it its own text and deletes the
 * others, so that exactly that one is left.
 */
async function leftAlone(client: GitHubClient, target: CommentTarget, key: string, created: Comment, text: string): Promise<Comment> {
  const others = duplicates(await listComments(client, target), created, key);
  const older = others.find(({ id }) => id < created.id);
  const kept = (older && (await updateComment(client, target, older, text))) ?? created;
  await deleteAll(
    client,
    target,
    [created, ...others].filter(({ id }) => id !== kept.id),
  );
  return kept;
}

/** Those with our marker and by our author besides `one`. */
function duplicates(comments: readonly Comment[], one: Comment, key: string): Comment[] {
  return comments.filter(({ id, body, author }) => id !== one.id && bearsMarker(body, key) && author?.login === one.author?.login);
}

async function deleteAll(client: GitHubClient, target: CommentTarget, comments: readonly Comment[]): Promise<void> {
  for (const comment of comments) await deleteComment(client, target, comment);
}

function forbiddenSentence({ status, words }: GitHubRefusal): string {
  const why = /\blocked\b/i.test(words)
    ? 'its conversation is locked'
    : 'the job needs `permissions: pull-requests: write`, which runs of forks and of Dependabot do not get';
  return `The report could not be posted as a comment (GitHub answered ${status} "${words}"): ${why}.`;
}
