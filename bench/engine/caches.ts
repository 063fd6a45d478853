import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, type Load, peerArgs, peerEnv, peerScript, writePeerConfig } from './contestants.ts';
import { measured, type Took } from './measured.ts';
import type { BenchServer } from './model-server.ts';
import type { CacheRow } from './tables.ts';
import { writeFolders } from './workload.ts';

/** Without a cache and filling one, back to back, then twice from it: the better of both. */
export async function cacheOfOurs(load: Load, server: BenchServer): Promise<CacheRow> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const { base, head } = writeFolders(folder, load.rows, { concurrency: load.concurrency, baseUrl: server.baseUrl });
    const check = (...cache: string[]) => measured({ args: [cli, 'check', '--base', base, '--head', head, ...cache], expected: [0, 1] });
    const cached = ['--cache', join(folder, 'cache')];
    const without = await check('--no-cache');
    const fill = await check(...cached);
    return { who: 'ours', ...load, ...(await warmed(server, { without, fill }, () => check(...cached))) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function cacheOfPeer(load: Load, server: BenchServer): Promise<CacheRow> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    writePeerConfig(folder, load.rows, server.baseUrl);
    const evaluate = (...cache: string[]) =>
      measured({
        args: [peerScript(), ...peerArgs(load.concurrency), ...cache],
        cwd: folder,
        env: { ...peerEnv(folder), PROMPTFOO_CACHE_PATH: join(folder, 'cache') },
        expected: [0, 100],
      });
    const without = await evaluate('--no-cache');
    const fill = await evaluate();
    return { who: 'promptfoo', ...load, ...(await warmed(server, { without, fill }, () => evaluate())) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function warmed(server: BenchServer, { without, fill }: Record<'without' | 'fill', Took>, again: () => Promise<Took>) {
  await server.restart();
  const runs = [await again(), await again()];
  const { calls } = await server.counts();
  if (calls > 0) throw new Error(`${calls} calls were sent for what was in the cache`);
  const warm = runs[0]!.wallS < runs[1]!.wallS ? runs[0]! : runs[1]!;
  return { fillS: fill.wallS, withoutS: without.wallS, warmS: warm.wallS, warmPeakMb: warm.peakMb };
}
