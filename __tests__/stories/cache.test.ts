import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startModelServer } from '../support/model-server.ts';
import { cliPath, readOut, runCli, writeShop, writeTree } from '../support/run-cli.ts';
import { obedient } from '../support/shop.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const answersIn = async (cache: string): Promise<string[]> => (await readdir(join(folder, cache, 'answers'))).sort();

it('what was asked once is not asked again: same report, no call, and the run says so', async () => {
  await using model = await startModelServer(obedient);
  const args = [...(await writeShop(folder)), '--base-url', model.url, '--cache', 'kept'];
  const first = await runCli({ folder, args });
  const before = await readOut(folder);
  const again = await runCli({ folder, args });
  const after = await readOut(folder);
  expect([first.exitCode, again.exitCode, model.seen.length]).toEqual([1, 1, 40]);
  expect({ ...after, run: {} }).toEqual({ ...before, run: {} });
  expect([before.run['calls'], before.run['cached'], after.run['calls'], after.run['cached']]).toEqual([40, undefined, 0, 40]);
  expect(again.stdout).toContain(' · 0 calls to http://127.0.0.1');
  expect(again.stdout).toContain(' · 40 answers from the cache · ');
});

it('a push that does not touch the base spends nothing on it', async () => {
  await using model = await startModelServer(obedient);
  const args = [...(await writeShop(folder)), '--base-url', model.url, '--cache', 'kept'];
  await runCli({ folder, args });
  await writeTree(join(folder, 'new'), { 'prompts/reply.md': 'Be wrong on 1/4.\n' });
  await runCli({ folder, args });
  const second = model.seen.slice(40).map(({ body }) => body.messages[0]!.content);
  expect(new Set(second)).toEqual(new Set(['Be wrong on 1/4.']));
  expect(second).toHaveLength(20);
});

it('--plan counts what is in the cache as free, as the run that follows does', async () => {
  await using model = await startModelServer(obedient);
  const args = [...(await writeShop(folder)), '--base-url', model.url, '--cache', 'kept'];
  const first = await runCli({ folder, args });
  expect(first.stderr).toContain('Plan: 1 prompt, 40 trials, 40 calls.\n');
  await writeTree(join(folder, 'new'), { 'prompts/reply.md': 'Be wrong on 1/4.\n' });
  const before = await answersIn('kept');
  const plan = await runCli({ folder, args: [...args, '--plan'] });
  expect([plan.exitCode, model.seen.length, await answersIn('kept')]).toEqual([0, 40, before]);
  const lines = plan.stdout.split('\n');
  expect(lines[0]).toBe('Plan: 1 prompt, 40 trials, 20 calls. Known already, at no cost: 20 answers.');
  expect(lines[2]).toMatch(/^calls +20 +20 +320$/);
  const push = await runCli({ folder, args });
  expect([push.stderr.includes(plan.stdout), model.seen.length]).toEqual([true, 60]);
  const again = await runCli({ folder, args: [...args, '--plan'] });
  expect(again.stdout).toMatch(/^Plan: 1 prompt, 40 trials, 0 calls\. Known already, at no cost: 40 answers\.$/m);
  const anew = await runCli({ folder, args: [...args, '--plan', '--no-cache'] });
  expect(anew.stdout).toMatch(/^Plan: 1 prompt, 40 trials, 40 calls\.$/m);
});

it('--plan needs no key to know what is in the cache of the endpoint that the environment names', async () => {
  await using model = await startModelServer(obedient);
  const args = [...(await writeShop(folder)), '--cache', 'kept'];
  const env = { OPENAI_BASE_URL: model.url };
  await runCli({ folder, args, env });
  const plans = await Promise.all([env, {}].map((each) => runCli({ folder, args: [...args, '--plan'], env: each })));
  expect(plans.map(({ exitCode, stdout }) => [exitCode, stdout.split('\n')[0]])).toEqual([
    [0, 'Plan: 1 prompt, 40 trials, 0 calls. Known already, at no cost: 40 answers.'],
    [0, 'Plan: 1 prompt, 40 trials, 40 calls.'],
  ]);
});

it('answers are kept in the user’s cache folder, unless settings or flags say otherwise', async () => {
  await using model = await startModelServer(obedient);
  const args = [...(await writeShop(folder)), '--base-url', model.url];
  await runCli({ folder, args, env: { HOME: join(folder, 'home') } });
  expect(await answersIn('home/.cache/prompt-ratchet')).toHaveLength(1);
  await runCli({ folder, args, env: { HOME: join(folder, 'home'), XDG_CACHE_HOME: join(folder, 'xdg') } });
  expect(await answersIn('xdg/prompt-ratchet')).toHaveLength(1);
  expect(model.seen).toHaveLength(80);
  await runCli({ folder, args: [...args, '--no-cache'], env: { HOME: join(folder, 'home') } });
  expect(model.seen).toHaveLength(120);

  await writeShop(folder, { settings: 'cache: { dir: here }\n' });
  await runCli({ folder, args, env: { HOME: join(folder, 'home') } });
  expect([await answersIn('here'), model.seen.length]).toEqual([[expect.any(String)], 160]);
  await writeShop(folder, { settings: 'cache: { off: true }\n' });
  await runCli({ folder, args, env: { HOME: join(folder, 'home') } });
  expect(model.seen).toHaveLength(200);
});

it('two processes at the same time share one folder', async () => {
  await using model = await startModelServer(obedient);
  const args = [...(await writeShop(folder, { n: 40 })), '--base-url', model.url, '--cache', 'kept'];
  const other = args.with(args.indexOf('out'), 'other');
  const runs = await Promise.all([args, other].map((each) => runCli({ folder, args: each })));
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([1, 1]);
  expect(await readFile(join(folder, 'other/report.json'), 'utf8')).toBe((await readOut(folder)).report);
  const seen = model.seen.length;
  await runCli({ folder, args });
  expect([model.seen.length, (await readOut(folder)).run['cached']]).toEqual([seen, 80]);
});

describe('a cache in trouble changes no verdict and is said once', () => {
  it('where the disk is full', async () => {
    await using model = await startModelServer(obedient);
    const args = [...(await writeShop(folder)), '--base-url', model.url, '--cache', 'kept'];
    const noOut = args.toSpliced(args.indexOf('--out'), 2);
    const command = ['sh', '-c', 'ulimit -f 4; exec "$0" "$@"', process.execPath, cliPath] as const;
    const run = await runCli({ folder, args: noOut, command: [...command] });
    expect([run.exitCode, model.seen.length]).toEqual([1, 40]);
    expect(run.stderr.match(/No more answers are kept in the cache/g)).toHaveLength(1);
    const again = await runCli({ folder, args });
    expect([again.exitCode, again.stderr.includes('damaged')]).toEqual([1, false]);
    expect(Number((await readOut(folder)).run['cached'])).toBeGreaterThan(0);
  });

  it('where no folder can be made', async () => {
    await using model = await startModelServer(obedient);
    const args = [...(await writeShop(folder)), '--base-url', model.url, '--cache', '/proc/kept'];
    const run = await runCli({ folder, args });
    expect([run.exitCode, model.seen.length]).toEqual([1, 40]);
    expect(run.stderr.match(/No more answers are kept in the cache in \/proc\/kept\/answers: /g)).toHaveLength(1);
  });

  it('where a line is damaged, which is asked anew', async () => {
    await using model = await startModelServer(obedient);
    const args = [...(await writeShop(folder)), '--base-url', model.url, '--cache', 'kept'];
    await runCli({ folder, args });
    const { report } = await readOut(folder);
    const path = join(folder, 'kept/answers', (await answersIn('kept'))[0]!);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/answer \d+/, 'answer x'));
    const run = await runCli({ folder, args });
    expect(run.stderr).toMatch(/^1 damaged line of the cache in .+ passed over\.$/m);
    expect([(await readOut(folder)).report, model.seen.length]).toEqual([report, 41]);
  });
});
