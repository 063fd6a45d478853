import type { ActionInputs } from '../edges/actions/inputs.ts';
import type { GitHubClient } from '../edges/github/client.ts';
import type { Repository } from '../edges/github/repository.ts';
import { readDirectory } from '../edges/github/scope.ts';
import type { Trigger } from '../edges/github/trigger.ts';

/** An event that leaves something to compare. */
type Comparable = Exclude<Trigger, { readonly kind: 'idle' | 'command' | 'second-stage' }>;

/** Who is asking, in what surroundings, and where the answer goes. */
export interface Occasion<Asked extends Trigger = Comparable> {
  readonly inputs: ActionInputs;
  readonly trigger: Asked;
  readonly client: GitHubClient;
  /** Of GitHub: `GITHUB_API_URL`. */
  readonly apiUrl: string;
  readonly repository: Repository;
  readonly run: ThisRun;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
}

/** The workflow run that this job is part of. */
interface ThisRun {
  readonly id: number;
  /** 1 for the first, one more for each time it was run again. */
  readonly attempt: number;
  readonly url: string;
}

/** Whether nobody but the event's author answers for what is asked, and no key came with it: then only the embedded model may be asked. */
export function isWithoutKey(occasion: Occasion): boolean {
  return isStrangers(occasion) && apiKeyOf(occasion) === undefined;
}

/** Whether nobody of the team answers for what the pull request brings. */
export function isStrangers({ trigger }: Occasion): boolean {
  return trigger.kind === 'pull-request' && (trigger.fork || trigger.dependabot);
}

/** The model server's key: the input, else the environment's; undefined where neither has one. */
export function apiKeyOf({ inputs, env }: Pick<Occasion, 'inputs' | 'env'>): string | undefined {
  return inputs.apiKey || env['OPENAI_API_KEY'] || undefined;
}

/** Where the paths of a report begin in the repository: the working directory with a trailing slash, or nothing. */
export function rootOf({ workingDirectory }: ActionInputs): string {
  const directory = readDirectory(workingDirectory);
  return directory === '' ? '' : `${directory}/`;
}

/** The job's log; sentences in it are ours or have been made harmless. */
export interface Log {
  info(sentence: string): void;
  warning(sentence: string): void;
}
