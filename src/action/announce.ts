import { setTimeout as wait } from 'node:timers/promises';
import { accepted } from '../jobs/accepted.ts';
import type { Checked } from '../jobs/report.ts';
import { checkRun } from './check-run.ts';
import { acceptanceFor } from './commands/acceptance.ts';
import { comment } from './comment.ts';
import { withHistory } from './history.ts';
import type { Memory } from './memory.ts';
import { type Occasion, rootOf } from './occasion.ts';
import { keepOutcomes } from './outcomes.ts';
import { keepFiles, publish } from './publish.ts';
import { suggest } from './suggest.ts';

/**
 * How long a cancelled run tries to reach GitHub. It has taken a second for what was under way; from the first signal on the runner leaves it
 * 10 s. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation
 */
const PATIENCE_MS = 3_000;

/** Says what came of a check wherever it may. Gives the exit code. */
export async function announce(found: Checked, occasion: Occasion, memory: Pick<Memory, 'usedService'>): Promise<number> {
  const judged = accepted(found.report, await acceptanceFor(found.report, occasion));
  const report = memory.usedService() ? await withHistory(judged, occasion) : judged;
  const measured: Checked = { ...found, report };
  const files = await keepFiles(measured, occasion, rootOf(occasion.inputs));
  const artifactUrl = await keepOutcomes(measured, files, occasion);
  const checked: Checked = { ...measured, run: { ...measured.run, ...(artifactUrl !== undefined && { artifactUrl }) } };
  await suggest(checked, occasion, await comment(checked, occasion));
  await checkRun(checked, occasion);
  return publish(checked, files);
}

/**
 * The same for a workflow run that was cancelled, which has little time: on the runner first, which is fast and cannot be cut off, then on
 * GitHub, comment and check run at once and no longer than there is time. Nothing is looked up or uploaded for it.
 */
export async function announceHurriedly(checked: Checked, occasion: Occasion): Promise<number> {
  const exitCode = await publish(checked, await keepFiles(checked, occasion, rootOf(occasion.inputs)));
  const over = new AbortController();
  const told = Promise.all([comment(checked, occasion), checkRun(checked, occasion)]).then(() => true);
  const inTime = await Promise.race([told, wait(PATIENCE_MS, false, { signal: over.signal })]);
  over.abort();
  if (!inTime) occasion.log.warning('The run was cancelled, and GitHub has not taken the report within the time that leaves.');
  return exitCode;
}
