import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measured, type Took } from './measured.ts';
import type { BenchServer } from './model-server.ts';
import { prompts, row, writeFolders } from './workload.ts';

/** What is run: two prompts on so many rows. */
export interface Load {
  readonly rows: number;
  readonly concurrency: number;
}

/** What one contestant took for one load. */
export interface Run extends Load {
  readonly who: Contestant;
  readonly wallS: number;
  readonly cpuS: number;
  readonly peakMb: number;
  readonly calls: number;
  /** Wall time over what the server's own clock makes of the same calls at that concurrency. */
  readonly ofIdeal: number;
  readonly cpuMsPerCall: number;
}

export type Contestant = 'ours' | 'bare loop' | 'promptfoo';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const cli = join(root, 'dist', 'cli.js');
const peer = join(root, 'bench', 'peers', 'node_modules', '.bin', 'promptfoo');

export const hasPeer = (): boolean => existsSync(peer);
export const peerScript = (): string => realpathSync(peer);

type Start = (folder: string, load: Load, baseUrl: string) => Promise<Took>;

export const peerEnv = (folder: string) => ({
  OPENAI_API_KEY: 'none',
  PROMPTFOO_CONFIG_DIR: join(folder, 'state'),
  PROMPTFOO_DISABLE_TELEMETRY: '1',
  PROMPTFOO_DISABLE_UPDATE: '1',
  PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
});

const start: Readonly<Record<Contestant, Start>> = {
  ours: (folder, { rows, concurrency }, baseUrl) => {
    const { base, head } = writeFolders(folder, rows, { concurrency, baseUrl });
    return measured({ args: [cli, 'check', '--base', base, '--head', head, '--no-cache'], expected: [0, 1] });
  },
  'bare loop': (_, { rows, concurrency }, baseUrl) =>
    measured({ args: [fileURLToPath(new URL('bare-loop.ts', import.meta.url)), baseUrl, String(rows), String(concurrency)] }),
  promptfoo: (folder, { rows, concurrency }, baseUrl) => {
    writePeerConfig(folder, rows, baseUrl);
    return measured({
      args: [peerScript(), ...peerArgs(concurrency), '--no-cache'],
      cwd: folder,
      env: peerEnv(folder),
      expected: [0, 100],
    });
  },
};

/** As its own action calls it. */
export const peerArgs = (concurrency: number): string[] => {
  const quiet = ['--no-share', '--no-table', '--no-progress-bar'];
  return ['eval', '-c', 'promptfooconfig.json', '-o', 'out.json', ...quiet, '-j', String(concurrency)];
};

export function writePeerConfig(folder: string, rows: number, apiBaseUrl: string): void {
  const tests = Array.from({ length: rows }, (_, index) => row(index)).map(({ question, expected }) => ({
    vars: { question },
    assert: [{ type: 'contains', value: expected }],
  }));
  const providers = [{ id: 'openai:chat:bench', config: { apiBaseUrl } }];
  writeFileSync(join(folder, 'promptfooconfig.json'), JSON.stringify({ prompts: Object.values(prompts), providers, tests }));
}

/** Runs a contestant by itself. Throws where it did not ask every question exactly once. */
export async function contest(who: Contestant, load: Load, server: BenchServer): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    await server.restart();
    const { wallS, cpuS, peakMb } = await start[who](folder, load, server.baseUrl);
    const { calls, serviceMs } = await server.counts();
    if (calls !== 2 * load.rows) throw new Error(`${who} sent ${calls} calls for ${2 * load.rows} questions`);
    const idealS = serviceMs / 1000 / load.concurrency;
    return { who, ...load, wallS, cpuS, peakMb, calls, ofIdeal: wallS / idealS, cpuMsPerCall: (1000 * cpuS) / calls };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
