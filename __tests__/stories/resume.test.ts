import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomStream } from '../../src/stats/random.ts';
import { startModelServer } from '../support/model-server.ts';
import { readOut, runCli, writeShop } from '../support/run-cli.ts';
import { obedient } from '../support/shop.ts';

let folder: string;
let child: ChildProcess | undefined;
const started = (process: ChildProcess): void => {
  child = process;
};
beforeEach(async () => {
  child = undefined;
  folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const examples = 10;
const concurrency = 4;
const settings = `concurrency: ${concurrency}\nprices: { parrot: { inputPer1M: 1000, outputPer1M: 1000 } }\n`;
/** The server counts 10 tokens in and 2 out. */
const usdPerCall = 0.012;
const points = 50;

it(`killed at ${points} points, a run goes on where it was: same report, nothing paid is lost, nothing spent is forgotten`, async () => {
  const stream = randomStream('resume', 'points');
  let killAt = -1;
  await using model = await startModelServer((request, count) => {
    // Whether the reply still gets there is a matter of luck, as it is in life.
    if (count === killAt) child?.kill('SIGKILL');
    return obedient(request, count);
  });
  const args = [...(await writeShop(folder, { n: examples, settings })), '--base-url', model.url];
  await runCli({ folder, args });
  const whole = await readOut(folder);

  for (let point = 0; point < points; point++) {
    const cache = ['--cache', `kept-${point}`];
    const before = model.seen.length;
    killAt = before + stream.below(2 * examples);
    const killed = await runCli({
      folder,
      args: [...args, ...cache],
      onStart: started,
    });
    expect(killed.exitCode).toBeNull();
    const paid = model.seen.length - before;
    killAt = -1;
    const resumed = await runCli({ folder, args: [...args, ...cache] });
    const { run, ...rest } = await readOut(folder);

    expect(rest).toEqual({ report: whole.report, trials: whole.trials, markdown: whole.markdown });
    const seen = model.seen.length - before;
    expect(seen).toBeLessThanOrEqual(2 * examples + concurrency);
    expect(Number(run['calls'])).toBeGreaterThanOrEqual(seen);
    expect(Number(run['costUsd'])).toBeGreaterThanOrEqual(seen * usdPerCall - 1e-9);
    expect(Number(run['earlier'])).toBeGreaterThanOrEqual(paid);
    expect(resumed.stdout).toContain('of them before it was cut off');
    expect(await readdir(join(folder, `kept-${point}`, 'runs'))).toEqual([]);
  }
}, 600_000);

it('calls of an attempt that was killed count against the cap of the run', async () => {
  await using model = await startModelServer((request, count) => {
    if (count === 15) child?.kill('SIGKILL');
    return obedient(request, count);
  });
  const args = [...(await writeShop(folder, { n: examples, settings })), '--base-url', model.url, '--cache', 'kept', '--max-calls', '20'];
  await runCli({ folder, args, onStart: started });
  const made = model.seen.length;
  child = undefined;
  const resumed = await runCli({ folder, args });
  // What was under way at the kill would have to be asked again.
  expect([resumed.exitCode, model.seen.length]).toEqual([2, made]);
  expect(resumed.stdout).toContain('20 calls is too low');
  // It came to its end, if not to a good one: the next run is another.
  await runCli({ folder, args });
  expect((await readOut(folder)).run['earlier']).toBeUndefined();
});

it('the plan of a run that was killed counts what it was answered as free, and takes nothing up', async () => {
  await using model = await startModelServer((request, count) => {
    if (count === 12) child?.kill('SIGKILL');
    return obedient(request, count);
  });
  const args = [...(await writeShop(folder, { n: examples, settings })), '--base-url', model.url, '--cache', 'kept'];
  await runCli({ folder, args, onStart: started });
  child = undefined;
  const made = model.seen.length;
  const plan = await runCli({ folder, args: [...args, '--plan'] });
  const [, calls, known] = /, (\d+) calls\. Known already, at no cost: (\d+) answers\./.exec(plan.stdout)!.map(Number);
  expect([calls! + known!, known! <= made, known! >= made - concurrency]).toEqual([2 * examples, true, true]);
  await runCli({ folder, args });
  expect(model.seen).toHaveLength(made + calls!);
  expect(Number((await readOut(folder)).run['earlier'])).toBeGreaterThanOrEqual(known!);
});

it('an interrupted run is taken up too', async () => {
  await using model = await startModelServer((request, count) => {
    if (count === 12) child?.kill('SIGINT');
    return count < 12 || child === undefined ? obedient(request, count) : 'hang';
  });
  const args = [...(await writeShop(folder, { n: examples, settings })), '--base-url', model.url, '--cache', 'kept'];
  const first = await runCli({ folder, args, onStart: started });
  expect([first.exitCode, first.stdout.split('\n', 1)[0]]).toEqual([
    2,
    expect.stringMatching(/The run was cancelled with \d+ of 20 trials done\./),
  ]);
  child = undefined;
  const second = await runCli({ folder, args });
  expect(second.exitCode).toBe(1);
  const { run } = await readOut(folder);
  expect(Number(run['cached'])).toBeGreaterThanOrEqual(12 - concurrency);
  expect(Number(run['earlier'])).toBeGreaterThanOrEqual(12);
  expect(Number(run['calls'])).toBeGreaterThanOrEqual(model.seen.length);
  expect(await readFile(join(folder, 'out/report.json'), 'utf8')).toContain('"verdict": "regressed"');
});
