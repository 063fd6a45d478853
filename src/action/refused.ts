import { UserError } from '../domain/problem.ts';
import type { Log } from './occasion.ts';

/** What `asking` comes to; undefined where GitHub refused it, which costs a warning and no more: the exit status never depends on it. */
export async function warnWhereRefused<T>(log: Pick<Log, 'warning'>, asking: () => Promise<T>): Promise<T | undefined> {
  try {
    return await asking();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.warning(error.message);
    return undefined;
  }
}
