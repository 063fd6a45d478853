import { findComment } from '../edges/github/comment.ts';
import { numbered, updateComment } from '../edges/github/comments.ts';
import { type CommentState, readState, withLooks, withState } from '../edges/github/state.ts';
import type { Checked } from '../jobs/report.ts';
import type { KnownLooks } from '../jobs/world.ts';
import type { Settings } from '../settings/settings.ts';
import { commentKey } from './comment-key.ts';
import type { Occasion } from './occasion.ts';
import { PROPOSED } from './propose.ts';
import { warnWhereRefused } from './refused.ts';
import { type Standing, withoutComment } from './standing.ts';

/**
 * The looks at confirm rows that the pull request's comment remembers. It is not asked where it cannot stand: that would cost every check a
 * request, and most teams let none search.
 */
export async function earlierLooks(
  occasion: Pick<Occasion, 'trigger' | 'run'>,
  { search }: Pick<Settings, 'search'>,
  standing: () => Promise<Standing>,
): Promise<KnownLooks> {
  const { trigger } = occasion;
  if (trigger.kind !== 'pull-request') return { looks: [] };
  const { looks } = search.when === 'off' && hasNoComment(trigger, occasion) ? withoutComment(trigger) : await standing();
  return looks === undefined ? {} : { looks };
}

/** A comment may have come since the event: with the proposal of a search, or by an earlier attempt at this run. */
function hasNoComment({ comments, headBranch }: PullRequest, { run }: Pick<Occasion, 'run'>): boolean {
  return comments === 0 && run.attempt === 1 && headBranch?.startsWith(PROPOSED) === false;
}

type PullRequest = Extract<Occasion['trigger'], { readonly kind: 'pull-request' }>;

/**
 * What the comment is to remember: what it did, and the looks taken now. Where it is not known how many there were it stays so; where another run
 * has written meanwhile, its looks count too.
 */
export function rememberedLooks(standing: CommentState, { looks }: Pick<Checked, 'looks'>): Pick<CommentState, 'looks'> {
  if (looks === undefined || looks.known?.looks === undefined) return {};
  return { looks: withLooks([...looks.known.looks, ...(standing.looks ?? [])], looks.taken) };
}

/** Writes looks that were taken outside a check into the comment that remembers them. Where nobody knows how many there were it stays so. */
export async function rememberLooks(taken: NonNullable<CommentState['looks']>, { inputs, trigger, client, repository, log }: Occasion) {
  if (trigger.kind !== 'pull-request' || taken.length === 0) return;
  const target = numbered(repository, trigger.number);
  await warnWhereRefused(log, async () => {
    const standing = await findComment(client, target, commentKey(inputs));
    const state = readState(standing?.body ?? '');
    if (standing === undefined || state.looks === undefined) return;
    await updateComment(client, target, standing, withState(standing.body, { ...state, looks: withLooks(state.looks, taken) }));
  });
}
