import { existsSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the runner offers a cache service: not on every server, and not outside of Actions. */
export function offersCache(env: Environment): boolean {
  return Boolean(env['ACTIONS_RESULTS_URL'] || env['ACTIONS_CACHE_URL']);
}

/**
 * Brings back the newest content of a folder of the same path that was saved under a key that begins with one of `prefixes`, the earlier ones first. Never throws: no cache
 * is as good as an empty one. The toolkit says in the log what it found.
 */
export async function restoreFolder(
  folder: string,
  prefixes: readonly [string, ...string[]],
  warn: (sentence: string) => void,
): Promise<void> {
  // An earlier step of this job has brought it.
  if (existsSync(folder)) return;
  try {
    const { restoreCache } = await import('@actions/cache');
    await restoreCache([folder], prefixes[0], [...prefixes]);
  } catch (error) {
    warn(`The cache could not be restored: ${String(error)}`);
  }
}

/** Saves a folder under a key that nobody has used. Never throws: a run that may only read is nothing unusual. */
export async function saveFolder(folder: string, key: string, warn: (sentence: string) => void): Promise<void> {
  if (!existsSync(folder)) return;
  try {
    const { saveCache } = await import('@actions/cache');
    await saveCache([folder], key);
  } catch (error) {
    warn(`The cache could not be saved: ${String(error)}`);
  }
}
