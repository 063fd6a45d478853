import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { offersCache, restoreFolder, saveFolder } from '../edges/actions/cache.ts';
import { makeFolder, readTextIfThere, writeFiles } from '../edges/report-files.ts';
import { type HistoryLine, historyJsonl, historyWith, parseHistory, withTrend } from '../jobs/history.ts';
import type { Report } from '../report/model.ts';
import { cachePrefix } from './cache-prefix.ts';
import type { Occasion } from './occasion.ts';

const FORMAT = 'prompt-ratchet-history-1';
const FILE = 'history.jsonl';

/**
 * The report with each prompt's trend, out of what pushes to the default branch have left in the repository's cache; such a push adds its own. A cache
 * that a pull request saves is not seen here, and none of it decides anything. To be called where a run may use the cache service.
 */
export async function withHistory(report: Report, occasion: Occasion): Promise<Report> {
  const { inputs, env, log } = occasion;
  const folder = join(env['RUNNER_TEMP'] ?? '', FORMAT);
  const isMeasured = report.prompts.some(({ head }) => head !== undefined);
  if (!isMeasured || !inputs.cache || !env['RUNNER_TEMP'] || !offersCache(env)) return report;
  const warn = (sentence: string): void => log.warning(sentence);
  const prefix = cachePrefix(FORMAT, inputs.workingDirectory, inputs.config, inputs.commentKey);
  await restoreFolder(folder, [prefix], warn);
  const lines = parseHistory(await readTextIfThere(join(folder, FILE)));
  if (isOfDefaultBranch(occasion)) await keep(historyWith(lines, report), folder, prefix, warn);
  return withTrend(report, lines);
}

function isOfDefaultBranch({ trigger }: Occasion): boolean {
  return trigger.kind === 'push' && trigger.ref === `refs/heads/${trigger.defaultBranch}`;
}

async function keep(lines: readonly HistoryLine[], folder: string, prefix: string, warn: (sentence: string) => void): Promise<void> {
  await makeFolder(folder, 'RUNNER_TEMP');
  await writeFiles(folder, { [FILE]: historyJsonl(lines) });
  await saveFolder(folder, prefix + randomBytes(8).toString('hex'), warn);
}
