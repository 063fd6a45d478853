import type { Spend } from '../domain/policy.ts';
import { findComment } from '../edges/github/comment.ts';
import { numbered } from '../edges/github/comments.ts';
import { type CommentState, readState } from '../edges/github/state.ts';
import { commentKey, type KeyInputs } from './comment-key.ts';
import type { Occasion } from './occasion.ts';
import { warnWhereRefused } from './refused.ts';

/** What a pull request's comment keeps of the runs before this one. */
export type Standing = Readonly<CommentState>;

type Asking = Pick<Occasion, 'trigger' | 'client' | 'repository' | 'log'> & { readonly inputs: KeyInputs };

/**
 * What the comment keeps, read from GitHub when it is first asked for and never again. A pull request that has just been opened and has no
 * comment had no run before; where there is none later on, or it cannot be read, nobody knows what there was, and a warning says the latter.
 */
export function standingOf(occasion: Asking): () => Promise<Standing> {
  let reading: Promise<Standing> | undefined;
  return () => (reading ??= read(occasion));
}

async function read({ inputs, trigger, client, repository, log }: Asking): Promise<Standing> {
  if (trigger.kind !== 'pull-request') return {};
  const known = await warnWhereRefused(log, async () => {
    const comment = await findComment(client, numbered(repository, trigger.number), commentKey(inputs));
    return comment === undefined ? withoutComment(trigger) : readState(comment.body);
  });
  return known ?? {};
}

/** What is known of earlier runs where no comment speaks of them. */
export function withoutComment({ opened }: { readonly opened: boolean }): Standing {
  return opened ? { spent: nothingSpent, looks: [] } : {};
}

const nothingSpent: Spend = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, minutes: 0 };
