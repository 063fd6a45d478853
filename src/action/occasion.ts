import type { ActionInputs } from '../edges/actions/inputs.ts';
import type { GitHubClient } from '../edges/github/client.ts';
import type { Trigger } from '../edges/github/event.ts';
import type { Repository } from '../edges/github/repository.ts';

/** An event that leaves something to do. */
export type Answerable = Exclude<Trigger, { readonly kind: 'idle' }>;

/** Who is asking, in what surroundings, and where the answer goes. */
export interface Occasion {
  readonly inputs: ActionInputs;
  readonly trigger: Answerable;
  readonly client: GitHubClient;
  readonly repository: Repository;
  readonly runUrl: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
}

/** The job's log; sentences in it are ours or have been made harmless. */
export interface Log {
  info(sentence: string): void;
  warning(sentence: string): void;
}
