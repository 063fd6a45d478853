import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { startModelServer } from '../support/model-server.ts';
import { readOut, runCli, writeShop } from '../support/run-cli.ts';
import { obedient } from '../support/shop.ts';

const timed = z.object({ durationMs: z.number(), latencyMs: z.object({ p50: z.number(), p95: z.number() }) });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Sets the clock of a process ahead seven hours, back nine, and right again, every few milliseconds. */
const leaping = `
const Right = Date;
let hours = 0;
setInterval(() => { hours = hours === 0 ? 7 : hours === 7 ? -9 : 0; }, 7).unref();
globalThis.Date = class extends Right {
  constructor(...parts) { if (parts.length === 0) super(Right.now() + hours * 3_600_000); else super(...parts); }
  static now() { return Right.now() + hours * 3_600_000; }
};
`;

it('a clock that leaps hours ahead and back makes no time-out, reaches no cap, and is in no duration', async () => {
  await using model = await startModelServer(async (request, count) => {
    await wait(10);
    if (count % 9 === 4) return { status: 429, headers: { 'retry-after-ms': '20' } };
    return count % 9 === 7 ? { status: 503 } : obedient(request, count);
  });
  const settings = 'concurrency: 4\ntimeoutMs: 20000\ncaps: { minutes: 5 }\n';
  const args = [...(await writeShop(folder, { settings })), '--base-url', model.url, '--no-cache'];
  const steady = await runCli({ folder, args });
  const { run: _, ...expected } = await readOut(folder);

  await writeFile(join(folder, 'leaping.mjs'), leaping);
  const env = { NODE_OPTIONS: `--import=${pathToFileURL(join(folder, 'leaping.mjs')).href}` };
  const leapt = await runCli({ folder, args, env });
  const { run, ...rest } = await readOut(folder);
  expect([leapt.exitCode, rest]).toEqual([steady.exitCode, expected]);
  const { durationMs, latencyMs } = timed.parse(run);
  // Leaps are of hours; whatever this computer is busy with is not.
  for (const ms of [durationMs, latencyMs.p50, latencyMs.p95]) {
    expect(ms).toBeGreaterThan(0);
    expect(ms).toBeLessThan(600_000);
  }
});
