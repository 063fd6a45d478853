import { writeCheckRun } from '../edges/github/check-run.ts';
import type { Checked } from '../jobs/report.ts';
import { checkRunOf } from '../report/index.ts';
import { isWithoutKey, type Occasion, rootOf } from './occasion.ts';
import { warnWhereRefused } from './refused.ts';

/**
 * The check run on the head commit, where it is asked for. There is none about a stranger's pull request that could not be evaluated: as
 * a required check it is to stay open until a maintainer has approved that. The exit status never depends on it.
 */
export async function checkRun({ report, run }: Checked, occasion: Occasion): Promise<void> {
  const { inputs, trigger, client, repository, log } = occasion;
  const headSha = [report.head.sha, trigger.range.head].find((sha) => /^[0-9a-f]{40,64}$/.test(sha));
  const isWaiting = isWithoutKey(occasion) && report.prompts.some(({ because }) => because.some(({ rule }) => rule === 'no-key'));
  if (!inputs.checkRun || headSha === undefined || isWaiting) return;
  if (trigger.kind === 'pull-request' && trigger.closed) return;
  await warnWhereRefused(log, async () => {
    const outcome = await writeCheckRun(client, repository, {
      ...checkRunOf(report, run, rootOf(inputs)),
      name: inputs.commentKey === '' ? 'prompt-ratchet' : `prompt-ratchet (${inputs.commentKey})`,
      headSha,
      detailsUrl: occasion.run.url,
      externalId: `${occasion.run.id}.${occasion.run.attempt}`,
    });
    log.info(outcome.kind === 'written' ? `Check run: ${outcome.url}` : outcome.sentence);
  });
}
