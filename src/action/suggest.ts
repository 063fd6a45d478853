import { UserError } from '../domain/problem.ts';
import { objectionTo } from '../edges/github/pull.ts';
import { replaceSuggestions } from '../edges/github/suggestions.ts';
import type { Checked } from '../jobs/report.ts';
import { suggestionComments } from '../report/index.ts';
import { commentKey } from './comment-key.ts';
import { type Occasion, rootOf } from './occasion.ts';

/**
 * What searches found as suggestions on the lines of the pull request's diff, where all of an edit lies there; the comment has it as a patch either
 * way. The exit status never depends on it.
 */
export async function suggest({ report, looks }: Checked, { inputs, trigger, client, repository, log }: Occasion): Promise<void> {
  if (trigger.kind !== 'pull-request' || trigger.closed || !inputs.comment) return;
  const comments = report.prompts.flatMap(suggestionComments).map((one) => ({ ...one, path: `${rootOf(inputs)}${one.path}` }));
  // Without a search now or before there is nothing to write, and nothing to take away.
  if (comments.length === 0 && !looks?.known?.looks?.length) return;
  const target = { owner: repository.owner, repo: repository.name, number: trigger.number };
  try {
    const outcome = await replaceSuggestions(client, target, {
      key: `${commentKey(inputs)} suggestion`,
      head: trigger.range.head,
      comments,
      objection: () => objectionTo(client, target, trigger.range.head),
    });
    if ('sentence' in outcome) log.info(outcome.sentence);
    else if (outcome.kind === 'posted')
      log.info(`The edit is suggested on ${outcome.count === 1 ? 'its lines' : `${outcome.count} places`} of the diff.`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.warning(error.message);
  }
}
