import { resolve } from 'node:path';
import type { ProgressLog } from '../edges/actions/progress.ts';
import { realClock } from '../edges/clock.ts';
import { openRevisions } from '../edges/github/revisions.ts';
import { openScratch } from '../edges/scratch.ts';
import { stopSignal } from '../edges/stop-signal.ts';
import type { Credentials } from '../jobs/endpoint.ts';
import type { Request } from '../jobs/policy.ts';
import { serversOf } from '../jobs/servers.ts';
import type { World } from '../jobs/world.ts';
import { planText, renderSearchPlan } from '../report/index.ts';
import { withoutCommands } from '../report/neutral.ts';
import { version } from '../version.ts';
import { earlierLooks } from './looks.ts';
import { apiKeyOf, isStrangers, isWithoutKey, type Occasion } from './occasion.ts';
import { standingOf } from './standing.ts';

const DEFAULT_CONFIG = 'prompt-ratchet.yml';

const configOf = ({ inputs }: Occasion): string => inputs.config || DEFAULT_CONFIG;

/** What the step's inputs and the event ask for. */
export function requestOf(occasion: Occasion): Request {
  const { inputs, trigger } = occasion;
  return {
    config: configOf(occasion),
    configNamed: inputs.config !== '' && inputs.config !== DEFAULT_CONFIG,
    inputs: { ...inputs, prompts: (trigger.kind === 'dispatch' && trigger.prompts) || inputs.prompts },
    withoutKey: isWithoutKey(occasion),
    withoutFunctions: isStrangers(occasion),
    onlyTexts: isStrangers(occasion),
    spelled: (input) => input,
  };
}

function credentialsOf({ inputs, env }: Occasion): Credentials {
  return {
    apiKey: apiKeyOf({ inputs, env }),
    judgeApiKey: inputs.judgeApiKey || env['JUDGE_API_KEY'] || undefined,
    baseUrl: env['OPENAI_BASE_URL'] || undefined,
    env,
  };
}

/** The runner and GitHub as a check needs them, but for what is remembered. */
export function worldOf(occasion: Occasion, { onProgress }: ProgressLog): World {
  const { inputs, trigger, client, repository, env, log } = occasion;
  const standing = standingOf(occasion);
  return {
    version,
    clock: realClock,
    scratch: openScratch(),
    signal: stopSignal(),
    openRevisions: () => openRevisions(client, repository, trigger.range, { workingDirectory: inputs.workingDirectory }),
    ...serversOf(credentialsOf(occasion), configOf(occasion)),
    ...(trigger.kind === 'pull-request' && {
      earlierSpend: async () => (await standing()).spent,
      earlierLooks: (settings) => earlierLooks(occasion, settings, standing),
    }),
    openFunctions: async (files, policy) => {
      const { openFunctions } = await import('../edges/functions/index.ts');
      const folder = resolve(env['GITHUB_WORKSPACE'] ?? '.', inputs.functionsPath, inputs.workingDirectory);
      return openFunctions(files, { folder, commit: policy.revision, env });
    },
    onPlan: (plan) => log.info(withoutCommands(planText(plan))),
    onSearchPlan: (plan) => log.info(withoutCommands(renderSearchPlan(plan))),
    onProgress,
  };
}
