import { join } from 'node:path';
import { UserError } from '../domain/problem.ts';
import { progressLog } from '../edges/actions/progress.ts';
import { publishToRunner } from '../edges/actions/publish.ts';
import { realClock } from '../edges/clock.ts';
import { type Optimized, optimize } from '../jobs/optimize.ts';
import { optimizeFiles } from '../jobs/search/files.ts';
import { optimizeLog, optimizeSentence, progressTeller, renderOptimizeSummary } from '../report/index.ts';
import { openMemory } from './memory.ts';
import type { Occasion } from './occasion.ts';
import { type Outcome, propose } from './propose.ts';
import { keptFiles } from './publish.ts';
import { requestOf, worldOf } from './world.ts';

/** Searches for a better version of a prompt; a verified one becomes a pull request. Gives the exit code. */
export async function optimizePrompt(occasion: Occasion): Promise<number> {
  const { inputs, trigger, run: workflowRun } = occasion;
  if (trigger.kind !== 'dispatch')
    throw new UserError({
      file: 'job',
      what: '`optimize` spends a budget of its own, so it runs on workflow_dispatch alone',
      fix: 'On pull requests `search: always` does the same after a check.',
    });
  if (inputs.prompt === '')
    throw new UserError({ file: 'prompt', what: 'no prompt is named', fix: 'Give its path, such as prompts/name.md.' });
  const memory = openMemory(occasion);
  const progress = progressLog(realClock, progressTeller(realClock.now()));
  const found = await optimize(
    { ...requestOf(occasion), prompt: inputs.prompt },
    { ...worldOf(occasion, progress), ...memory.world },
  ).finally(() => progress.stop());
  const optimized: Optimized = { ...found, run: { ...found.run, runUrl: workflowRun.url } };
  const files = await keptFiles(() => optimizeFiles(optimized), occasion);
  const outcome = optimized.report.search.finding === 'verified' ? await propose(optimized, occasion) : undefined;
  await publish(optimized, files?.folder, outcome);
  await memory.save();
  return optimized.report.exitCode;
}

async function publish({ report, run }: Optimized, folder: string | undefined, outcome: Outcome | undefined): Promise<void> {
  const { exitCode, search } = report;
  const told = outcome === undefined ? '' : `${outcome.sentence}\n\n`;
  await publishToRunner({
    log: `${told}${optimizeLog(report, run)}`,
    summary: `${told}${renderOptimizeSummary(report, run)}`,
    sentence: outcome?.sentence ?? optimizeSentence(report),
    level: exitCode === 0 ? (outcome?.url === undefined && outcome !== undefined ? 'warning' : 'notice') : 'error',
    outputs: {
      finding: search.finding,
      'pull-request': outcome?.url ?? '',
      verdict: 'not-evaluated',
      passed: String(exitCode === 0),
      results: '[]',
      'report-json': folder === undefined ? '' : join(folder, 'optimize.json'),
      'junit-xml': '',
      sarif: '',
      'cost-usd': run.costUsd === undefined ? '' : String(run.costUsd),
      calls: String(run.calls),
    },
  });
}
