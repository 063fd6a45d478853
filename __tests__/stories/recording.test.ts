import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startModelServer } from '../support/model-server.ts';
import { readOut, runCli, writeShop, writeTree } from '../support/run-cli.ts';
import { obedient } from '../support/shop.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const recorded = (): Promise<string> => readFile(join(folder, 'evals/replies.jsonl'), 'utf8');

/** Records a check of `n` examples; gives the arguments that repeat it without a server. */
async function record(n = 20): Promise<{ readonly args: string[]; readonly url: string }> {
  await using model = await startModelServer(obedient);
  const args = await writeShop(folder, { n });
  await runCli({ folder, args: [...args, '--base-url', model.url, '--record', 'evals/replies.jsonl'] });
  expect(model.seen).toHaveLength(2 * n);
  return { args, url: model.url };
}

/** The digest names where answers come from: a recording is not the server it was taken from. */
const withoutDigest = ({ report, ...rest }: Awaited<ReturnType<typeof readOut>>) => ({
  ...rest,
  report: report.replace(/\n {2}"digest": "[0-9a-f]{64}",/, ''),
  run: {},
});

it('a recorded run is repeated without a server: the same report, byte for byte, but for the digest', async () => {
  const { args } = await record();
  const before = await readOut(folder);
  const run = await runCli({ folder, args: [...args, '--replay', 'evals/replies.jsonl'] });
  const after = await readOut(folder);
  expect(run.exitCode).toBe(1);
  expect(withoutDigest(after)).toEqual(withoutDigest(before));
  expect(after.run).toMatchObject({ calls: 0, cached: 40, costUsd: 0, endpoint: 'evals/replies.jsonl', recording: 'evals/replies.jsonl' });
  expect(run.stdout.trim().split('\n').at(-1)).toContain(' · 0 calls · 40 answers from the recording evals/replies.jsonl · 0.00 USD · ');
});

it('a recording can be read by a person, and differs only where an answer does', async () => {
  const { args } = await record();
  const before = (await recorded()).trim().split('\n');
  expect(before).toHaveLength(40);
  expect(before[0]).toMatch(
    /^\{"crc":"[0-9a-f]{8}","key":"[0-9a-f]{64}","model":"parrot","asked":"question \d+","answer":\{"kind":"answer","text":"/,
  );
  await using model = await startModelServer(({ body }, count) => {
    const reply = obedient({ method: '', url: '', headers: {}, body }, count);
    return body.messages.at(-1)!.content === 'question 7' ? { content: 'something else' } : reply;
  });
  await runCli({ folder, args: [...args, '--base-url', model.url, '--record', 'evals/replies.jsonl'] });
  const withoutTimes = (lines: readonly string[]) => lines.map((line) => line.replace(/"crc":"\w+",|"latencyMs":[\d.e-]+/g, ''));
  const [was, is] = [withoutTimes(before), withoutTimes((await recorded()).trim().split('\n'))];
  expect(is.filter((line, index) => line !== was[index]).every((line) => line.includes('"asked":"question 7"'))).toBe(true);
  expect(is).toHaveLength(40);
});

it('a change of scorers is scored again without a call', async () => {
  const { args } = await record();
  for (const side of ['old', 'new']) {
    await writeTree(join(folder, side), {
      'evals/reply.yml': "examples: reply.jsonl\nscorers:\n  - regex: { pattern: '^(answer|no)' }\n",
    });
  }
  const run = await runCli({ folder, args: [...args, '--replay', 'evals/replies.jsonl'] });
  expect([run.exitCode, run.stdout.split('\n', 1)[0]]).toEqual([0, expect.stringContaining('prompts/reply.md')]);
  expect((await readOut(folder)).run).toMatchObject({ calls: 0, cached: 40 });
});

it('what a recording lacks is not measured, and never worth zero', async () => {
  const { args } = await record();
  await writeTree(join(folder, 'new'), { 'prompts/reply.md': 'Answer, please.\n' });
  const run = await runCli({ folder, args: [...args, '--replay', 'evals/replies.jsonl'] });
  expect([run.exitCode, run.stdout.replaceAll(/\n\s*/g, ' ')]).toEqual([
    2,
    expect.stringContaining(
      'Could not measure prompts/reply.md. The recording evals/replies.jsonl has no answer to this question; add it with `--record` beside `--replay`.',
    ),
  ]);
  const { trials } = await readOut(folder);
  expect(trials).toContain('"failure":{"reason":"not-recorded"');
  expect(trials).not.toContain('"score":0,');
});

it('one answer that it lacks among many is missing, and the rest is compared', async () => {
  const { args } = await record(60);
  const [, ...kept] = (await recorded()).trim().split('\n');
  await writeTree(folder, { 'evals/replies.jsonl': `${kept.join('\n')}\n` });
  expect((await runCli({ folder, args: [...args, '--replay', 'evals/replies.jsonl'] })).exitCode).toBe(1);
  expect(JSON.parse((await readOut(folder)).report).prompts[0]).toMatchObject({ verdict: 'regressed', effect: { missing: 1 } });
});

it('with both flags what it lacks is asked and added', async () => {
  const { args } = await record();
  await using model = await startModelServer(obedient);
  await writeTree(join(folder, 'new'), { 'prompts/reply.md': 'Answer, please.\n' });
  const both = ['--base-url', model.url, '--record', 'evals/replies.jsonl', '--replay', 'evals/replies.jsonl'];
  const { stdout } = await runCli({ folder, args: [...args, ...both] });
  expect(model.seen).toHaveLength(20);
  expect(stdout).toContain(` · 20 calls to ${model.url} · 20 answers from the recording evals/replies.jsonl or the cache · `);
  expect((await recorded()).trim().split('\n')).toHaveLength(60);
});

it('settings can name a recording, which comes from where they come from', async () => {
  const { args } = await record();
  await writeShop(folder, { settings: 'replay: evals/replies.jsonl\n' });
  await writeTree(join(folder, 'new'), { 'evals/replies.jsonl': await recorded() });
  expect((await runCli({ folder, args })).exitCode).toBe(1);
  const fromBase = await runCli({ folder, args: [...args, '--settings-from', 'base'] });
  expect([fromBase.exitCode, fromBase.stderr]).toEqual([
    3,
    expect.stringContaining('evals/replies.jsonl: key "replay": there is no such recording in old. '),
  ]);
});

describe('a recording that cannot be used is named', () => {
  it.each([
    ['a changed answer', (line: string) => line.replace('"text":"', '"text":"not '), 'the line was changed after it was recorded'],
    ['noise', () => 'noise', 'this is no recorded answer'],
    ['another shape', (line: string) => line.replace('"finish"', '"end"'), 'this is no recorded answer'],
  ])('%s', async (_, change, what) => {
    const { args } = await record();
    const lines = (await recorded()).split('\n');
    await writeFile(join(folder, 'evals/replies.jsonl'), lines.with(2, change(lines[2]!)).join('\n'));
    const run = await runCli({ folder, args: [...args, '--replay', 'evals/replies.jsonl'] });
    expect([run.exitCode, run.stderr]).toEqual([3, expect.stringContaining(`evals/replies.jsonl:3: ${what}.`)]);
  });

  it('but a line that was changed on purpose, and has no checksum any more, is taken', async () => {
    const { args } = await record();
    const lines = (await recorded()).split('\n');
    const changed = lines.map((line) => line.replace(/"crc":"\w+",/, '').replace('"text":"no idea"', '"text":"answer 0"'));
    await writeFile(join(folder, 'evals/replies.jsonl'), changed.join('\r\n'));
    const run = await runCli({ folder, args: [...args, '--replay', 'evals/replies.jsonl'] });
    expect(run.exitCode).toBe(1);
    expect((await readOut(folder)).trials).toContain('"answer":"answer 0","finish":"stop","score":1');
  });

  it.each([
    [['--replay', 'gone.jsonl'], '--replay: "'],
    [['--record', '/proc/replies.jsonl'], '/proc/replies.jsonl: no recording can be written there'],
  ])('%j', async (flags, sentence) => {
    const args = await writeShop(folder);
    const run = await runCli({ folder, args: [...args, '--base-url', 'http://127.0.0.1:9/v1', ...flags] });
    expect([run.exitCode, run.stderr]).toEqual([3, expect.stringContaining(sentence)]);
  });
});

it('--plan asks nobody for what a recording lacks, unless it is to be added', async () => {
  const { args, url } = await record();
  const replay = [...args, '--plan', '--replay', 'evals/replies.jsonl'];
  const whole = await runCli({ folder, args: replay });
  expect(whole.stdout).toMatch(/^Plan: 1 prompt, 40 trials, 0 calls\. Known already, at no cost: 40 answers\.$/m);
  await writeTree(join(folder, 'new'), { 'prompts/reply.md': 'Be wrong on 1/4.\n' });
  const lacking = await runCli({ folder, args: replay });
  expect(lacking.stdout).toContain('0 calls. Known already, at no cost: 20 answers. Not recorded, and asked of nobody: 20 answers.\n');
  const before = await recorded();
  const added = await runCli({ folder, args: [...replay, '--record', 'evals/replies.jsonl', '--base-url', url] });
  expect(added.stdout).toContain('20 calls. Known already, at no cost: 20 answers.\n');
  expect(await recorded()).toBe(before);
  const elsewhere = await runCli({ folder, args: [...args, '--plan', '--record', 'other/replies.jsonl'] });
  expect([elsewhere.exitCode, await readdir(folder)]).toEqual([0, expect.not.arrayContaining(['other'])]);
});
