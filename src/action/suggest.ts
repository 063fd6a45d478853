import { numbered } from '../edges/github/comments.ts';
import { objectionTo } from '../edges/github/pull.ts';
import { replaceSuggestions } from '../edges/github/suggestions.ts';
import type { Checked } from '../jobs/report.ts';
import { suggestionComments } from '../report/index.ts';
import { commentKey } from './comment-key.ts';
import { type Occasion, rootOf } from './occasion.ts';
import { warnWhereRefused } from './refused.ts';
import type { Standing } from './standing.ts';

/**
 * What searches found as suggestions on the lines of the pull request's diff, where all of an edit lies there; the comment has it as a patch either
 * way. Those of earlier pushes are taken away; `looks`: the looks that searches took before, without which there are none. The exit status never
 * depends on it.
 */
export async function suggest(
  { report }: Checked,
  { inputs, trigger, client, repository, log }: Occasion,
  { looks = [] }: Standing,
): Promise<void> {
  if (trigger.kind !== 'pull-request' || trigger.closed || !inputs.comment) return;
  const comments = report.prompts.flatMap(suggestionComments).map((one) => ({ ...one, path: `${rootOf(inputs)}${one.path}` }));
  if (comments.length === 0 && looks.length === 0) return;
  const target = numbered(repository, trigger.number);
  await warnWhereRefused(log, async () => {
    const outcome = await replaceSuggestions(client, target, {
      key: `${commentKey(inputs)} suggestion`,
      head: trigger.range.head,
      comments,
      objection: () => objectionTo(client, target, trigger.range.head),
    });
    if ('sentence' in outcome) log.info(outcome.sentence);
    else if (outcome.kind === 'posted')
      log.info(`The edit is suggested on ${outcome.count === 1 ? 'its lines' : `${outcome.count} places`} of the diff.`);
  });
}
