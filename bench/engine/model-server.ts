import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The server of `server.ts` in a process of its own. */
export interface BenchServer extends Disposable {
  readonly baseUrl: string;
  /** Begins to count anew. */
  readonly restart: () => Promise<void>;
  /** Completions since then, and how long they took together by the server's own clock. */
  readonly counts: () => Promise<{ calls: number; serviceMs: number }>;
}

export async function startServer(latencyMs: number): Promise<BenchServer> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('server.ts', import.meta.url)), String(latencyMs)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const baseUrl = line.toString().trim();
  const counts = baseUrl.replace(/\/v1$/, '/counts');
  return {
    baseUrl,
    restart: async () => void (await fetch(counts, { method: 'POST' })),
    counts: async () => (await fetch(counts)).json() as Promise<{ calls: number; serviceMs: number }>,
    [Symbol.dispose]: () => void child.kill(),
  };
}
