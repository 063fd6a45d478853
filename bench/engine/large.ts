import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli } from './contestants.ts';
import { measured } from './measured.ts';
import type { BenchServer } from './model-server.ts';
import type { LargeRow } from './tables.ts';
import { writeFolders } from './workload.ts';

const CONCURRENCY = 32;

/** A whole check of so many rows with all its files written, on a server without latency. */
export async function largeSet(rows: number, beside: string, server: BenchServer): Promise<LargeRow> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const { base, head } = writeFolders(folder, rows, { concurrency: CONCURRENCY, baseUrl: server.baseUrl });
    await server.restart();
    const args = [cli, 'check', '--base', base, '--head', head, '--no-cache', '--out', join(folder, 'report')];
    const { wallS, cpuS, peakMb } = await measured({ args, expected: [0, 1] });
    const { calls } = await server.counts();
    if (calls !== 2 * rows) throw new Error(`${calls} calls were sent for ${2 * rows} questions`);
    const fileMb = statSync(join(base, 'evals', 'rows.jsonl')).size / 1024 ** 2;
    return { rows, wallS, cpuS, peakMb, fileMb, beside };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
