import { resolve } from 'node:path';
import { UserError } from './domain/problem.ts';
import { realClock } from './edges/clock.ts';
import { openLocalFiles } from './edges/local/revisions.ts';
import { makeFolder, replaceFile, writeFiles } from './edges/report-files.ts';
import { stopSignal } from './edges/stop-signal.ts';
import type { OptimizeFlags } from './edges/terminal/flags.ts';
import { progressBar } from './edges/terminal/progress.ts';
import { optimize } from './jobs/optimize.ts';
import { optimizeFiles } from './jobs/search/files.ts';
import { progressTeller, renderOptimize } from './report/index.ts';
import { requestOf, type Surroundings, worldOf } from './terminal.ts';

/** `prompt-ratchet optimize PROMPT`: the finding and the edit on standard output, progress on standard error; gives the exit code. */
export async function runOptimize(flags: OptimizeFlags, surroundings: Surroundings): Promise<number> {
  const { cwd, env, stdout, stderr } = surroundings;
  const { given, prompt } = flags;
  const out = given.out === undefined ? undefined : resolve(cwd, given.out);
  if (out !== undefined) await makeFolder(out, '--out');
  const bar = progressBar(stderr, realClock, progressTeller(realClock.now()), stopSignal());
  const world = worldOf(flags, surroundings, bar, () => openLocalFiles(cwd, given.head));
  const optimized = await optimize({ ...requestOf(flags), prompt }, world).finally(() => bar.stop());
  const { report, run, before } = optimized;
  const color = stdout.isTTY && !env['NO_COLOR'];
  stdout.write(renderOptimize(report, run, { color, width: stdout.columns || 100 }));
  if (out !== undefined) await writeFiles(out, optimizeFiles(optimized));
  const { suggestion } = report.search;
  if (!flags.apply || suggestion === undefined) return report.exitCode;
  const { folder } = (await world.openRevisions()).head;
  if (folder === undefined)
    throw new UserError({ file: '--apply', what: 'there is no working tree to write to', fix: 'Leave --head out, or name a folder.' });
  await replaceFile(folder, report.path, { before, after: suggestion.text });
  stderr.write(`Written to ${report.path}.\n`);
  return report.exitCode;
}
