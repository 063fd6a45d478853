import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGitHub } from '../../__tests__/support/github/server.ts';
import { runAction } from '../../__tests__/support/run-action.ts';
import { cli, hasPeer, peerEnv, peerScript } from './contestants.ts';
import { measured } from './measured.ts';
import type { StartRow, Tables } from './tables.ts';
import { writeFolders } from './workload.ts';

const TIMES = 5;

/** Whole processes that have little to do; the median of five, of the slow ones one. */
export async function starts(): Promise<Pick<Tables, 'starts'>> {
  const rows: StartRow[] = [
    { what: '--version', s: await median(async () => (await measured({ args: [cli, '--version'] })).wallS) },
    { what: 'no prompt changed', s: await idlePullRequest() },
    { what: 'dead provider', s: await deadProvider() },
    ...(hasPeer() ? [{ what: 'promptfoo --version', s: await median(peerVersion) }] : []),
  ];
  return { starts: rows };
}

const peerVersion = async (): Promise<number> => (await measured({ args: [peerScript(), '--version'], env: peerEnv(tmpdir()) })).wallS;

/** A runner has nothing compiled from an earlier run. */
const coldStart = { NODE_DISABLE_COMPILE_CACHE: '1' };

/** The action on a pull request that touches no prompt, against a GitHub server on this machine. */
async function idlePullRequest(): Promise<number> {
  const base = { 'README.md': 'Shop\n', 'prompts/a.md': 'Answer: {{input}}\n', 'evals/a.jsonl': '{"input":"x","expected":"y"}\n' };
  await using github = await startGitHub({ base, head: { ...base, 'README.md': 'A shop\n' } });
  return await median(async () => {
    const start = performance.now();
    await using run = await runAction({
      github,
      event: github.event('pull_request'),
      inputs: { model: 'm', 'api-key': 'k' },
      env: coldStart,
    });
    if (run.exitCode !== 0) throw new Error(`the action ended with ${run.exitCode}: ${run.stdout}`);
    return (performance.now() - start) / 1000;
  });
}

/** Nobody listens on the port. */
async function deadProvider(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const { base, head } = writeFolders(folder, 50, { concurrency: 4, baseUrl: 'http://127.0.0.1:9/v1' });
    return (await measured({ args: [cli, 'check', '--base', base, '--head', head, '--no-cache'], expected: [2] })).wallS;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function median(once: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) times.push(await once());
  return times.sort((a, b) => a - b)[Math.floor(TIMES / 2)]!;
}
