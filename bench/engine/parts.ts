import { cacheOfOurs, cacheOfPeer } from './caches.ts';
import { type Contestant, contest } from './contestants.ts';
import { largeSet } from './large.ts';
import { type BenchServer, startServer } from './model-server.ts';
import { starts } from './starts.ts';
import type { Tables } from './tables.ts';

const LATENCY_MS = 50;
const ROWS = 5_000;
const FEW_ROWS = 1_000;

/** A piece of the benchmark that is measured and written by itself. */
export interface Part {
  readonly name: string;
  /** What `--only` knows it by. */
  readonly of: 'ours' | 'bare' | 'promptfoo' | 'cache' | 'promptfoo-cache' | 'starts' | 'large';
  /** About how long it takes. */
  readonly seconds: number;
  readonly measure: () => Promise<Partial<Tables>>;
}

/** In the order in which they matter. `rows`: instead of 5,000. */
export function parts(rows = ROWS): Part[] {
  return [
    ...[16, 64].flatMap((concurrency) => [runPart('ours', rows, concurrency), runPart('bare loop', rows, concurrency)]),
    { name: 'starts', of: 'starts', seconds: 12, measure: starts },
    cachePart(rows),
    runPart('promptfoo', rows, 16),
    runPart('promptfoo', rows, 64),
    runPart('ours', rows, 4),
    runPart('bare loop', rows, 4),
    runPart('promptfoo', rows, 4),
    ...(rows === ROWS ? [16, 64].flatMap(fewRows) : []),
  ];
}

/** Parts that are asked for by name: they take long. */
export const longParts = {
  peerCache: (): Part => ({
    name: `promptfoo, cache, ${ROWS} rows`,
    of: 'promptfoo-cache',
    seconds: 300,
    measure: () => onServer(LATENCY_MS, async (server) => ({ cache: [await cacheOfPeer({ rows: ROWS, concurrency: 16 }, server)] })),
  }),
  large: (rows: number, beside: string): Part => ({
    name: `${rows.toLocaleString('en')} rows`,
    of: 'large',
    seconds: rows / 2_500,
    measure: () => onServer(0, async (server) => ({ large: [await largeSet(rows, beside, server)] })),
  }),
};

const fewRows = (concurrency: number): Part[] => [
  runPart('ours', FEW_ROWS, concurrency),
  runPart('bare loop', FEW_ROWS, concurrency),
  runPart('promptfoo', FEW_ROWS, concurrency),
];

function runPart(who: Contestant, rows: number, concurrency: number): Part {
  const ideal = (2 * rows * LATENCY_MS) / 1000 / concurrency;
  return {
    name: `${who}, ${rows} rows, ${concurrency} at a time`,
    of: who === 'bare loop' ? 'bare' : who,
    seconds: who === 'promptfoo' ? ideal + rows / 90 : ideal + 3,
    measure: () => onServer(LATENCY_MS, async (server) => ({ runs: [await contest(who, { rows, concurrency }, server)] })),
  };
}

function cachePart(rows: number): Part {
  const load = { rows, concurrency: 16 };
  return {
    name: `cache, ${rows} rows`,
    of: 'cache',
    seconds: (4 * rows * LATENCY_MS) / 1000 / load.concurrency + 8,
    measure: () => onServer(LATENCY_MS, async (server) => ({ cache: [await cacheOfOurs(load, server)] })),
  };
}

async function onServer<T>(latencyMs: number, then: (server: BenchServer) => Promise<T>): Promise<T> {
  using server = await startServer(latencyMs);
  return await then(server);
}
