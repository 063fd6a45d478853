import { UserError } from '../domain/problem.ts';
import { roomInComment, upsertComment } from '../edges/github/comment.ts';
import { objectionTo } from '../edges/github/pull.ts';
import { together } from '../jobs/pull-request-caps.ts';
import { type Checked, spendOf } from '../jobs/report.ts';
import { renderComment } from '../report/index.ts';
import { commentKey } from './comment-key.ts';
import { rememberedLooks } from './looks.ts';
import type { Occasion } from './occasion.ts';
import type { Standing } from './standing.ts';

/**
 * One comment per configuration, about the newest head: a run whose head is no longer the pull request's leaves it alone. None is begun
 * where there is nothing to say, but one that stands must not go on saying what was true before the last push. The exit status never
 * depends on it. Gives what the one that stood remembers.
 */
export async function comment({ report, run, looks }: Checked, { inputs, trigger, client, repository, log }: Occasion): Promise<Standing> {
  if (trigger.kind !== 'pull-request' || trigger.closed || !inputs.comment) return {};
  const target = { owner: repository.owner, repo: repository.name, number: trigger.number };
  let remembered: Standing = {};
  try {
    const key = commentKey(inputs);
    const outcome = await upsertComment(client, target, {
      key,
      body: renderComment(report, run, { limit: roomInComment(key) }),
      create: report.prompts.length > 0 || report.problems.length > 0,
      objection: () => objectionTo(client, target, trigger.range.head),
      state: (standing) => {
        remembered = standing;
        return {
          ...standing,
          spent: together(standing.spent, spendOf(run)),
          ...rememberedLooks(standing, { ...(looks && { looks }) }),
        };
      },
      keepsState: run.pullRequest !== undefined || (looks?.taken.length ?? 0) > 0,
    });
    if ('sentence' in outcome) log.info(outcome.sentence);
    else if ('url' in outcome) log.info(`Comment ${outcome.kind}: ${outcome.url}`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.warning(error.message);
  }
  return remembered;
}
