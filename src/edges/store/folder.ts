import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** This user's own cache folder, where the platform has it; undefined where the environment names no home. */
export function userCacheFolder(env: Environment, platform: NodeJS.Platform): string | undefined {
  const parent = parentOf(env, platform);
  return parent === undefined ? undefined : join(parent, 'prompt-ratchet');
}

/** https://specifications.freedesktop.org/basedir-spec/latest/: a relative XDG_CACHE_HOME is to be ignored. */
function parentOf(env: Environment, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32') return env['LOCALAPPDATA'] || undefined;
  const xdg = env['XDG_CACHE_HOME'] ?? '';
  if (isAbsolute(xdg)) return xdg;
  const home = env['HOME'];
  if (!home) return undefined;
  return platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}
