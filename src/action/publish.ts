import { join } from 'node:path';
import { publishToRunner } from '../edges/actions/publish.ts';
import { freshFolder, writeFiles } from '../edges/report-files.ts';
import { filesOf } from '../jobs/published.ts';
import type { Checked } from '../jobs/report.ts';
import type { Asked } from '../jobs/shard.ts';
import { actionOutputs, annotation, renderLog, renderSummary, shardLog, shardSummary } from '../report/index.ts';
import { withoutCommands } from '../report/neutral.ts';
import type { Occasion } from './occasion.ts';

type Surroundings = Pick<Occasion, 'env' | 'log'>;
type Files = Parameters<typeof writeFiles>[1];

/** The files of a run as they stand on disk. */
export interface KeptFiles {
  readonly folder: string;
  readonly names: readonly string[];
}

/** Log, summary, annotation and outputs of a report whose files are kept. Gives its exit code. */
export async function publish({ report, run }: Checked, files: KeptFiles | undefined): Promise<number> {
  await publishToRunner({
    log: renderLog(report, run),
    summary: renderSummary(report, run),
    ...annotation(report),
    outputs: { ...actionOutputs(report, run), ...paths(files?.folder) },
  });
  return report.exitCode;
}

/**
 * Writes the run's files; undefined where there is no room for any: the report stands in log and summary. `root`: where its paths begin in
 * the repository.
 */
export async function keepFiles(checked: Checked, surroundings: Surroundings, root = ''): Promise<KeptFiles | undefined> {
  return keptFiles(() => filesOf(checked, root), surroundings);
}

/** Writes these into a folder of their own; undefined where that could not be done, which is a warning. */
export async function keptFiles(make: () => Files, { env, log }: Surroundings): Promise<KeptFiles | undefined> {
  try {
    const folder = await freshFolder(env['RUNNER_TEMP'] ?? '.', 'prompt-ratchet');
    const files = make();
    await writeFiles(folder, files);
    return { folder, names: Object.keys(files) };
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

/** For an event that leaves no report: the outputs that later steps may read, and what is to be said, in Markdown. */
export async function publishIdle(sentence: string): Promise<number> {
  const outputs = { verdict: 'not-evaluated', passed: 'true', results: '[]', ...paths(undefined), 'cost-usd': '0', calls: '0' };
  await publishToRunner({ log: withoutCommands(sentence), summary: sentence, sentence, level: 'notice', outputs });
  return 0;
}
