import { join } from 'node:path';
import { publishToRunner } from '../edges/actions/publish.ts';
import { freshFolder, writeFiles } from '../edges/report-files.ts';
import { filesOf } from '../jobs/published.ts';
import type { Checked } from '../jobs/report.ts';
import type { Asked } from '../jobs/shard.ts';
import { actionOutputs, annotation, renderLog, renderSummary, shardLog, shardSummary } from '../report/index.ts';
import type { Occasion } from './occasion.ts';

type Surroundings = Pick<Occasion, 'env' | 'log'>;

/** Log, summary, annotation, outputs and files of a report. Gives its exit code. `root`: where its paths begin in the repository. */
export async function publish(checked: Checked, surroundings: Surroundings, root = ''): Promise<number> {
  const { report, run } = checked;
  const folder = await keep(checked, surroundings, root);
  await publishToRunner({
    log: renderLog(report, run),
    summary: renderSummary(report, run),
    ...annotation(report),
    outputs: { ...actionOutputs(report, run), ...paths(folder) },
  });
  return report.exitCode;
}

/** The folder that the run's files were written to; undefined where there is no room for any: the report stands in log and summary. */
async function keep(checked: Checked, { env, log }: Surroundings, root: string): Promise<string | undefined> {
  try {
    const folder = await freshFolder(env['RUNNER_TEMP'] ?? '.', 'prompt-ratchet');
    await writeFiles(folder, filesOf(checked, root));
    return folder;
  } catch (error) {
    log.warning(`The report's files could not be written: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function paths(folder: string | undefined): Record<string, string> {
  const at = (name: string) => (folder === undefined ? '' : join(folder, name));
  return { 'report-json': at('report.json'), 'junit-xml': at('junit.xml'), sarif: at('report.sarif') };
}

/** One line in log and summary, and the folder to be uploaded. */
export async function publishShard(asked: Asked, folder: string): Promise<void> {
  await publishToRunner({
    log: shardLog(asked),
    summary: shardSummary(asked),
    sentence: shardLog(asked),
    level: asked.exitCode === 0 ? (asked.stopped === undefined ? 'notice' : 'warning') : 'error',
    outputs: { calls: String(asked.calls), 'cost-usd': String(asked.costUsd ?? ''), shard: folder },
  });
}

/** For an event that leaves nothing to do: the outputs that later steps may read, and one sentence. */
export async function publishIdle(sentence: string): Promise<number> {
  const outputs = { verdict: 'not-evaluated', passed: 'true', results: '[]', ...paths(undefined), 'cost-usd': '0', calls: '0' };
  await publishToRunner({ log: sentence, summary: sentence, sentence, level: 'notice', outputs });
  return 0;
}
