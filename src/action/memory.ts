import { randomBytes } from 'node:crypto';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { offersCache, restoreFolder, saveFolder } from '../edges/actions/cache.ts';
import { openCache } from '../edges/store/cache.ts';
import { openEventLog } from '../edges/store/event-log.ts';
import { openJournal } from '../edges/store/journal.ts';
import { openRecorder } from '../edges/store/recorder.ts';
import type { World } from '../jobs/world.ts';
import type { Settings } from '../settings/settings.ts';
import { cachePrefix } from './cache-prefix.ts';
import type { Occasion } from './occasion.ts';

/** What the action remembers from run to run. */
export interface Memory {
  readonly world: Pick<World, 'openAnswers' | 'openJournal' | 'openSearchLog' | 'openRecorder'>;
  /** Whether the runner's cache service was used: settings and inputs may forbid it, or name another place. */
  usedService(): boolean;
  /** Hands what is new to the runner's cache service. To be called last: it can take a while. */
  save(): Promise<void>;
}

/** Raised when what stands in the folder is read in another way. */
const FORMAT = 'prompt-ratchet-1';

/**
 * The cache of a run in Actions: a folder outside of the workspace, which could be a pull request's own. The runner's cache service brings it
 * back and takes it over, unless the settings name a folder on a disk of the runner's own. Each shard has a cache of its own: of several that
 * are saved under like keys only the newest comes back.
 */
export function openMemory({ inputs, env, log }: Pick<Occasion, 'inputs' | 'env' | 'log'>, shard?: string): Memory {
  const warn = (sentence: string): void => log.warning(sentence);
  const prefix = cachePrefix(FORMAT, inputs.workingDirectory, inputs.config, ...(shard === undefined ? [] : [shard]));
  let kept: { readonly folder: string; readonly hasNews: () => boolean } | undefined;
  return {
    world: {
      openAnswers: async (endpoint, settings) => {
        const place = placeOf(settings, inputs.cache, env);
        if (place === undefined) return undefined;
        const isLent = place.isTemporary && offersCache(env);
        if (isLent) await restoreFolder(place.folder, [prefix], warn);
        const cache = openCache(place.folder, { endpoint, maxMb: settings.cache.maxMb, warn });
        if (isLent) kept = { folder: place.folder, hasNews: () => cache.bytesKept > 0 };
        return cache;
      },
      openJournal: (plan, settings) => {
        const place = placeOf(settings, inputs.cache, env);
        return place && openJournal(join(place.folder, 'runs'), plan);
      },
      openSearchLog: (search, settings) => {
        const place = placeOf(settings, inputs.cache, env);
        return place && openEventLog(join(place.folder, 'searches'), search);
      },
      ...(inputs.record !== '' && { openRecorder: () => openRecorder(resolve(inputs.record), warn) }),
    },
    usedService: () => kept !== undefined,
    save: async () => {
      if (!kept?.hasNews()) return;
      const run = [env['GITHUB_RUN_ID'], env['GITHUB_RUN_ATTEMPT'], randomBytes(4).toString('hex')];
      await saveFolder(kept.folder, prefix + run.join('-'), warn);
    },
  };
}

function placeOf({ cache }: Settings, isOn: boolean, env: Occasion['env']): { folder: string; isTemporary: boolean } | undefined {
  if (!isOn || cache.off) return undefined;
  if (cache.dir !== undefined && isAbsolute(cache.dir) && !isBelow(env['GITHUB_WORKSPACE'], cache.dir))
    return { folder: cache.dir, isTemporary: false };
  const temporary = env['RUNNER_TEMP'];
  return temporary === undefined ? undefined : { folder: join(temporary, 'prompt-ratchet-cache'), isTemporary: true };
}

/** What is checked out there is none of ours: a pull request may have brought it. */
function isBelow(workspace: string | undefined, folder: string): boolean {
  if (workspace === undefined) return false;
  const path = relative(workspace, folder);
  return !path.startsWith('..') && !isAbsolute(path);
}
