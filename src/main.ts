import * as core from '@actions/core';
import { asReport, checkEvent, mergeShards } from './action/check.ts';
import { answerCommand } from './action/commands/answer.ts';
import { checkFork } from './action/fork.ts';
import type { Occasion } from './action/occasion.ts';
import { optimizePrompt } from './action/optimize.ts';
import { keepFiles, publish, publishIdle } from './action/publish.ts';
import { runnerContext } from './edges/actions/event.ts';
import { type ActionInputs, readInputs } from './edges/actions/inputs.ts';
import { connect } from './edges/github/client.ts';
import { readTrigger } from './edges/github/event.ts';
import { readRepository } from './edges/github/repository.ts';
import { stopSignal } from './edges/stop-signal.ts';

const BUG_EXIT_CODE = 4;

/** What can be asked for by the input `job`. */
const jobs: Readonly<Record<ActionInputs['job'], (occasion: Occasion) => Promise<number>>> = {
  check: checkEvent,
  merge: mergeShards,
  optimize: optimizePrompt,
};

const cancelled = stopSignal();
const surroundings = { env: process.env, log: core };

try {
  process.exitCode = await main().catch(notBegun);
} catch (error) {
  core.setFailed('Prompt Ratchet failed in a way that is its own fault. Run again with debug logging and open an issue with the trace.');
  core.debug(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = BUG_EXIT_CODE;
}
// Everything is said that there was time for: what GitHub has not answered by now would only be waited for until the runner kills.
if (cancelled.aborted) process.exit();

async function notBegun(error: unknown): Promise<number> {
  const report = asReport(error);
  return publish(report, await keepFiles(report, surroundings));
}

async function main(): Promise<number> {
  const inputs = readInputs();
  const context = await runnerContext();
  const trigger = readTrigger(context);
  if (trigger.kind === 'idle') return publishIdle(trigger.sentence);
  const client = connect({ token: inputs.githubToken, apiUrl: context.apiUrl, log: core.info });
  const repository = readRepository(process.env['GITHUB_REPOSITORY'] ?? '');
  const url = `${context.serverUrl}/${repository.owner}/${repository.name}/actions/runs/${context.runId}`;
  const run = { id: context.runId, attempt: context.runAttempt, url };
  const occasion = { inputs, client, apiUrl: context.apiUrl, repository, run, ...surroundings };
  if (trigger.kind === 'second-stage') return checkFork({ ...occasion, trigger });
  return trigger.kind === 'command' ? answerCommand({ ...occasion, trigger }) : jobs[inputs.job]({ ...occasion, trigger });
}
