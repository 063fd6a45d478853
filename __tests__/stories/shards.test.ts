import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readState } from '../../src/edges/github/state.ts';
import { startGitHub } from '../support/github/server.ts';
import { startModelServer } from '../support/model-server.ts';
import { runAction } from '../support/run-action.ts';
import { readOut, runCli, writeShop } from '../support/run-cli.ts';
import { obedient, shop } from '../support/shop.ts';
import { writes } from '../support/story.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('four shards on one machine give the report of the unsharded run, byte for byte', async () => {
  await using model = await startModelServer(obedient);
  const [, ...shopFlags] = await writeShop(folder);
  const flags = [...shopFlags, '--base-url', model.url];
  await runCli({ folder, args: ['check', ...flags, '--no-cache'] });
  const whole = await readOut(folder);
  const before = model.seen.length;

  const shards = [1, 2, 3, 4].map((index) => ['--shard', `${index}/4`, '--out', `shards/${index}`, '--cache', 'kept']);
  const asked = await Promise.all(shards.map((shard) => runCli({ folder, args: ['check', ...flags, ...shard] })));
  expect(asked.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  for (const { stdout } of asked) expect(stdout).toMatch(/^Shard \d of 4: \d+ of 40 trials, \d+ calls, cost unknown\.\n$/);
  expect(model.seen.length - before).toBe(40);

  await rm(join(folder, 'out'), { recursive: true });
  const merged = await runCli({ folder, args: ['merge', 'shards', ...flags] });
  const { run, ...rest } = await readOut(folder);
  expect(merged.exitCode).toBe(1);
  expect(rest).toEqual({ report: whole.report, trials: whole.trials, markdown: whole.markdown });
  expect([run['calls'], run['endpoint'], model.seen.length - before]).toEqual([40, model.url, 40]);

  const partly = await runCli({ folder, args: ['merge', 'shards/1', 'shards/2', 'shards/4', ...flags] });
  expect([partly.exitCode, partly.stdout]).toEqual([2, expect.stringMatching(/^! Could not measure: Shard 3 of 4 is missing: /)]);
});

it('--plan says what one shard would take, and all of them take what the whole run does', async () => {
  const [, ...flags] = await writeShop(folder, { settings: 'caps: { calls: 100 }\n' });
  const plan = (...shard: readonly string[]) => runCli({ folder, args: ['check', ...flags, '--plan', '--no-cache', ...shard] });
  const plans = await Promise.all([[], ...[1, 2, 3].map((index) => ['--shard', `${index}/3`])].map((shard) => plan(...shard)));
  const calls = plans.map(({ stdout }) => Number(/^Plan: 1 prompt, (\d+) trials/.exec(stdout)?.[1]));
  expect(calls[0]).toBe(40);
  expect(calls[1]! + calls[2]! + calls[3]!).toBe(40);
  expect(plans[1]!.stdout).toMatch(/^calls +\d+ +\d+ +\d+ +(?:[1-9]|[1-9]\d)$/m);
});

it('on a pull request the shards say a line each and publish nothing; the job that merges publishes once, with what all of them spent', async () => {
  await using model = await startModelServer(obedient);
  const files = shop(20);
  const base = { ...files, 'prompt-ratchet.yml': `${files['prompt-ratchet.yml']}caps: { perPullRequest: { calls: 1000 } }\n` };
  await using github = await startGitHub({ base, head: { ...base, 'prompts/reply.md': 'Be wrong on 1/2.\n' } });
  const event = github.event('pull_request', { action: 'opened' });
  const given = { 'base-url': model.url, 'api-key': 'sk-story', 'check-run': 'true' };
  for (const index of [1, 2]) {
    await using shard = await runAction({ github, event, inputs: { ...given, shard: `${index}/2` } });
    expect([shard.exitCode, shard.outputs['calls']]).toEqual([0, expect.stringMatching(/^[1-9]/)]);
    expect(shard.summary).toMatch(new RegExp(`^Shard ${index} of 2: \\d+ of 40 trials, \\d+ calls, cost unknown\\.\\n$`));
    await cp(shard.outputs['shard']!, join(folder, `prompt-ratchet-shard-${index}`), { recursive: true });
  }
  expect(writes(github)).toEqual([]);

  const workspace = (own: string) => cp(folder, join(own, 'prompt-ratchet-shards'), { recursive: true });
  await using merged = await runAction({ github, event, inputs: { ...given, job: 'merge' }, workspace });
  const [comment, ...others] = await github.comments();
  expect([merged.exitCode, merged.outputs['verdict'], merged.outputs['calls'], others]).toEqual([1, 'regressed', '40', []]);
  expect(comment!.body).toContain('regressed');
  expect(readState(comment!.body).spent).toMatchObject({ calls: 40, inputTokens: 400, outputTokens: 80 });
  expect(await github.checkRuns()).toHaveLength(1);
  expect(model.seen).toHaveLength(40);

  await rm(join(folder, 'prompt-ratchet-shard-2'), { recursive: true });
  await using refused = await runAction({ github, event, inputs: { ...given, job: 'merge' }, workspace });
  expect([refused.exitCode, refused.outputs['verdict']]).toEqual([2, 'could-not-measure']);
  expect((await github.comments())[0]!.body).toContain('Shard 2 of 2 is missing');
});

it.each([
  [
    ['check', '--shard', '5/4', '--out', 'x'],
    '--shard: "5/4" names no part of a run. Write which of how many, such as 2/4; there may be up to 256.',
  ],
  [['check', '--shard', '1/4'], '--shard: there is no folder to leave the shard in. Name one: --out shards/1.'],
  [
    ['check', '--shard', '1/4', '--out', 'x', '--record', 'y'],
    '--record: a shard is taken down as it is. Give it to `prompt-ratchet merge`.',
  ],
  [['merge'], 'merge: there is nothing to merge. Name the folders that the shards left: `prompt-ratchet merge DIR…`.'],
  [['merge', 'old', '--plan'], '--plan: this flag does not belong to `merge`. See `prompt-ratchet --help`.'],
  [
    ['check', '--shard', '5/4', '--plan'],
    '--shard: "5/4" names no part of a run. Write which of how many, such as 2/4; there may be up to 256.',
  ],
  [['merge', 'old', 'x'], 'x: there is no such folder. Name the folders that the shards left behind.'],
  [['merge', 'x', '--shard', '1/4'], '--shard: `merge` takes all shards. Leave it out.'],
])('`%s` is told what is wrong', async (args, sentence) => {
  await writeShop(folder, { n: 3 });
  expect(await runCli({ folder, args: [...args, '--base', 'old', '--head', 'new'] })).toEqual({
    stdout: '',
    stderr: `${sentence}\n`,
    exitCode: 3,
  });
});
