import {
  type OwnComment,
  roomInComment,
  type StandingComments,
  standingComments,
  type Written,
  writeComment,
} from '../edges/github/comment.ts';
import { numbered } from '../edges/github/comments.ts';
import { objectionTo } from '../edges/github/pull.ts';
import { together } from '../jobs/pull-request-caps.ts';
import { type Checked, spendOf } from '../jobs/report.ts';
import { renderComment } from '../report/index.ts';
import { commentKey } from './comment-key.ts';
import { rememberedLooks } from './looks.ts';
import type { Log, Occasion } from './occasion.ts';
import { warnWhereRefused } from './refused.ts';
import type { Standing } from './standing.ts';

/**
 * One comment per configuration, about the newest head: a run whose head is no longer the pull request's leaves it alone. None is begun
 * where there is nothing to say, but one that stands must not go on saying what was true before the last push. The exit status never
 * depends on it. Gives what the one that stood remembers.
 */
export async function comment(checked: Checked, occasion: Occasion): Promise<Standing> {
  const { inputs, trigger, client, repository, log } = occasion;
  if (trigger.kind !== 'pull-request' || trigger.closed || !inputs.comment) return {};
  const target = numbered(repository, trigger.number);
  const standing = await told(log, () => standingComments(client, target, commentKey(inputs)));
  if (standing?.kind !== 'standing') return {};
  const objection = () => objectionTo(client, target, trigger.range.head);
  await told(log, () => writeComment(client, target, standing, { ...commentOn(checked, standing), objection }));
  return standing.state;
}

/** What this run says, and what it hands on to later ones besides what the standing comment has kept. */
function commentOn({ report, run, looks }: Checked, { key, state }: StandingComments): Omit<OwnComment, 'objection'> {
  return {
    body: renderComment(report, run, { limit: roomInComment(key) }),
    create: report.prompts.length > 0 || report.problems.length > 0,
    state: { ...state, spent: together(state.spent, spendOf(run)), ...rememberedLooks(state, { looks }) },
    keepsState: run.pullRequest !== undefined || (looks?.taken.length ?? 0) > 0,
  };
}

/** The outcome, once the log has told of it; undefined where GitHub refused. */
async function told<T extends StandingComments | Written>(log: Log, asking: () => Promise<T>): Promise<T | undefined> {
  const outcome = await warnWhereRefused(log, asking);
  if (outcome === undefined) return undefined;
  if ('sentence' in outcome) log.info(outcome.sentence);
  else if ('url' in outcome) log.info(`Comment ${outcome.kind}: ${outcome.url}`);
  return outcome;
}
