import { resolve } from 'node:path';
import { UserError } from '../domain/problem.ts';
import { type ProgressLog, progressLog } from '../edges/actions/progress.ts';
import { realClock } from '../edges/clock.ts';
import { GitHubRefusal } from '../edges/github/refusal.ts';
import { openRevisions } from '../edges/github/revisions.ts';
import { openModel } from '../edges/models/index.ts';
import { listPrices } from '../edges/prices/index.ts';
import { openScratch } from '../edges/scratch.ts';
import { stopSignal } from '../edges/stop-signal.ts';
import { holdYoungGeneration } from '../edges/young-generation.ts';
import { check } from '../jobs/check.ts';
import { accessTo } from '../jobs/endpoint.ts';
import type { Request } from '../jobs/policy.ts';
import { type Checked, notBegun } from '../jobs/report.ts';
import type { World } from '../jobs/world.ts';
import { planText, progressTeller } from '../report/index.ts';
import { version } from '../version.ts';
import { checkRun } from './check-run.ts';
import { comment, earlierSpend } from './comment.ts';
import { openMemory } from './memory.ts';
import { apiKeyOf, isStrangers, isWithoutKey, type Occasion, rootOf } from './occasion.ts';
import { publish } from './publish.ts';

const DEFAULT_CONFIG = 'prompt-ratchet.yml';

/** Compares the prompts that the event changed, and says so wherever it may. Gives the exit code. */
export async function checkEvent(occasion: Occasion): Promise<number> {
  holdYoungGeneration();
  const memory = openMemory(occasion);
  const progress = progressLog(realClock, progressTeller(realClock.now()));
  const { report, run, ...rest } = await check(requestOf(occasion), { ...worldOf(occasion, progress), ...memory.world })
    .catch(asReport)
    .finally(() => progress.stop());
  const checked: Checked = { ...rest, report, run: { ...run, runUrl: occasion.run.url } };
  await comment(checked, occasion);
  await checkRun(checked, occasion);
  const exitCode = await publish(checked, occasion, rootOf(occasion.inputs));
  await memory.save();
  return exitCode;
}

/** What a run ends in that could not begin. Faults of our own are passed on. */
export function asReport(error: unknown): Checked {
  if (!(error instanceof UserError)) throw error;
  return notBegun(error instanceof GitHubRefusal && error.isOutage ? 'could-not-measure' : 'bad-input', error, version);
}

function requestOf(occasion: Occasion): Request {
  const { inputs, trigger } = occasion;
  return {
    config: inputs.config || DEFAULT_CONFIG,
    configNamed: inputs.config !== '' && inputs.config !== DEFAULT_CONFIG,
    inputs: { ...inputs, prompts: (trigger.kind === 'dispatch' && trigger.prompts) || inputs.prompts },
    withoutKey: isWithoutKey(occasion),
    withoutFunctions: isStrangers(occasion),
    spelled: (input) => input,
  };
}

function worldOf(occasion: Occasion, { onProgress }: ProgressLog): World {
  const { inputs, trigger, client, repository, env, log } = occasion;
  return {
    version,
    clock: realClock,
    scratch: openScratch(),
    signal: stopSignal(),
    openRevisions: () => openRevisions(client, repository, trigger.range, { workingDirectory: inputs.workingDirectory }),
    openModel: (models, settings) =>
      openModel(models, () => accessTo(settings, { apiKey: apiKeyOf({ inputs, env }), baseUrl: env['OPENAI_BASE_URL'], env })),
    ...(env['OPENAI_BASE_URL'] && { fallbackEndpoint: env['OPENAI_BASE_URL'] }),
    ...(trigger.kind === 'pull-request' && { earlierSpend: () => earlierSpend(occasion) }),
    listedPrices: (models, settings) => listPrices(models, settings.baseUrl ?? (env['OPENAI_BASE_URL'] || undefined)),
    openFunctions: async (files, policy) => {
      const { openFunctions } = await import('../edges/functions/index.ts');
      const folder = resolve(env['GITHUB_WORKSPACE'] ?? '.', inputs.functionsPath, inputs.workingDirectory);
      return openFunctions(files, { folder, commit: policy.revision, env });
    },
    onPlan: (plan) => log.info(planText(plan)),
    onProgress,
  };
}
