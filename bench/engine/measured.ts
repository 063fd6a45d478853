import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a process took, start to end. */
export interface Took {
  readonly wallS: number;
  /** User and system together. */
  readonly cpuS: number;
  readonly peakMb: number;
  readonly exitCode: number | null;
  readonly stdout: string;
}

interface Program {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are no failure of the measurement. */
  readonly expected?: readonly number[];
}

const usage = new URL('usage.mjs', import.meta.url).href;

/** Runs a Node program by itself and measures that process alone. Throws where it ends otherwise than expected. */
export async function measured({ args, cwd, env = {}, expected = [0] }: Program): Promise<Took> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'usage');
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', usage, ...args], {
    cwd: cwd ?? folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: tmpdir(), ...env, BENCH_USAGE: file },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [tailOf(child.stdout), tailOf(child.stderr)];
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const wallS = (performance.now() - start) / 1000;
  if (exitCode === null || !expected.includes(exitCode))
    throw new Error(`${args.join(' ')} ended with ${exitCode}: ${stdout()}${stderr()}`);
  // A program that starts others leaves a line for each; the longest-lived one is the last.
  const { cpuS, peakMb } = JSON.parse(readFileSync(file, 'utf8').trim().split('\n').at(-1)!) as { cpuS: number; peakMb: number };
  rmSync(folder, { recursive: true, force: true });
  return { wallS, cpuS, peakMb, exitCode, stdout: stdout() };
}

const KEPT = 4_000;

function tailOf(stream: NodeJS.ReadableStream): () => string {
  let tail = '';
  stream.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-KEPT);
  });
  return () => tail;
}
