import { UserError } from '../../domain/problem.ts';
import type { RunnerEvent } from '../github/event.ts';

/** What the runner tells about this run. */
export interface RunnerContext extends RunnerEvent {
  readonly apiUrl: string;
  readonly serverUrl: string;
  readonly runId: number;
  readonly runAttempt: number;
}

/** The toolkit reads the event's file when it is imported, so that a broken one must be caught there. */
export async function runnerContext(): Promise<RunnerContext> {
  try {
    return (await import('@actions/github')).context;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError({
      file: 'GITHUB_EVENT_PATH',
      what: 'the event’s payload is not JSON',
      fix: 'Run the action on an event that GitHub itself sent.',
    });
  }
}
