import { cp, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startModelServer } from '../support/model-server.ts';
import { parseReport } from '../support/report.ts';
import { runCli, writeShop, writeTree } from '../support/run-cli.ts';
import { obedient, shop } from '../support/shop.ts';

const base = resolve('examples/ticket-triage/base');
const head = resolve('examples/ticket-triage/head');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const cli = (args: readonly string[], env?: Readonly<Record<string, string>>) => runCli({ folder, args, ...(env && { env }) });

describe('the demo', () => {
  it('tells a prompt that got better from one that cannot be told', async () => {
    const { stdout, stderr, exitCode } = await cli(['check', '--base', base, '--head', head, '--out', 'out']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\? 2 prompts changed: 1 inconclusive, 1 improved\. Merge not blocked\.\n/);
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toMatch(/^Plan: 2 prompts, 424 trials, 424 calls\./);
    expect((await readdir(join(folder, 'out'))).sort()).toEqual([
      'junit.xml',
      'report.json',
      'report.md',
      'report.sarif',
      'run.json',
      'trials.jsonl',
    ]);
    const report = parseReport(await readFile(join(folder, 'out/report.json'), 'utf8'));
    expect(report.prompts.map(({ path, verdict }) => [path, verdict])).toEqual([
      ['prompts/tone.md', 'inconclusive'],
      ['prompts/triage.md', 'improved'],
    ]);
    expect((await readFile(join(folder, 'out/trials.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(424);
  });

  it('says the same whatever the concurrency, but for the run’s own line', async () => {
    const outcomes = [];
    for (const concurrency of [1, 64]) {
      const changed = join(folder, `head-${concurrency}`);
      await cp(head, changed, { recursive: true });
      const settings = await readFile(join(changed, 'prompt-ratchet.yml'), 'utf8');
      await writeFile(join(changed, 'prompt-ratchet.yml'), settings.replace(/^concurrency: .*$/m, `concurrency: ${concurrency}`));
      await rm(join(folder, 'head'), { recursive: true, force: true });
      await cp(changed, join(folder, 'head'), { recursive: true });
      await cli(['check', '--base', base, '--head', 'head', '--out', 'out']);
      const files = ['report.json', 'trials.jsonl', 'report.md'].map((name) => readFile(join(folder, 'out', name), 'utf8'));
      const [report, trials, markdown] = await Promise.all(files);
      outcomes.push({ report, trials, markdown: markdown!.trim().split('\n').slice(0, -1) });
    }
    expect(outcomes[0]).toEqual(outcomes[1]);
  });
});

describe('what has no room on the screen', () => {
  it.each([
    [[], 'report.json, which `--out DIR` writes.'],
    [['--out', 'out'], 'report.json.'],
  ])('with %j stands in a file that is there, or that a flag would write', async (flags, where) => {
    const compare = await writeShop(folder, { n: 40 });
    await using model = await startModelServer(obedient);
    const { stdout } = await cli([...compare.slice(0, 5), ...flags, '--base-url', model.url]);
    expect(stdout).toContain(`Left out here: 15 of 20 regressed examples. The full report: ${where}\n`);
  });
});

describe('arguments', () => {
  it('names the settings file that was given where a header lacks its variable', async () => {
    await writeTree(folder, { ...shop(), 'ops/gate.yml': `model: { name: parrot }\nheaders: { x-team: "\${TEAM}" }\n` });
    await writeTree(join(folder, 'old'), { 'prompts/reply.md': 'Answer.\n' });
    const { stderr, exitCode } = await cli([
      'check',
      '--base',
      'old',
      '--head',
      '.',
      '--config',
      'ops/gate.yml',
      '--base-url',
      'http://127.0.0.1:9/v1',
    ]);
    expect(exitCode).toBe(3);
    expect(stderr).toBe(
      'ops/gate.yml: key "headers.x-team": the environment variable TEAM is not set. Set it; in a workflow, under "env:" of the step.\n',
    );
  });

  it.each([
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
    [['--help'], 0, /^Usage: prompt-ratchet check/],
    [['optimize', '--help'], 0, /^Usage: prompt-ratchet optimize PROMPT \[flags\]\n\n {2}optimize /],
    [[], 0, /^Usage: prompt-ratchet check/],
  ])('%j', async (args, exitCode, stdout) => {
    const run = await cli(args);
    expect(run.exitCode).toBe(exitCode);
    expect(run.stdout).toMatch(stdout);
  });

  it.each([
    [
      ['chek'],
      'chek: there is no such command. Write `prompt-ratchet check`, `prompt-ratchet merge DIR…` or `prompt-ratchet optimize PROMPT`.\n',
    ],
    [['check', '--bse', 'x'], "Unknown option '--bse'"],
    [['check', '--base', 'nowhere', '--head', head], '--base: git will not read this folder'],
    [['check', '--base', base, '--head', head, '--max-calls', 'many'], '--max-calls: "many" is not a number.'],
    [['check', '--base', base, '--head', head, '--config', 'gone.yml'], 'gone.yml: there is no such file'],
    [['check', '--base', base, '--head', head, '--out', '/proc/report'], '--out: nothing can be written to "/proc/report"'],
    [['check', '--base', base, '--head', head, '--out', '/dev/null/report'], '--out: nothing can be written to "/dev/null/report"'],
    [['check', '--base', base, '--head', head, '--out', '/dev/null'], '--out: "/dev/null" is a file. Name a folder.'],
    [['check', '--base', base, '--head', head, '--out', ''], '--out: nothing stands behind it. Write a value, or leave the flag out.'],
    [['check', '--base', base, '--head', head, '--cache='], '--cache: nothing stands behind it. Write a value, or leave the flag out.'],
  ])('%j ends with a sentence and exit code 3', async (args, sentence) => {
    const run = await cli(args);
    expect(run.exitCode).toBe(3);
    expect(run.stderr + run.stdout).toContain(sentence);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });
});

describe('where there is no prompt', () => {
  const sentence = (where: string) =>
    `There is no prompt in \`${where}\`: no file there matches \`prompts/**/*.md\`. ` +
    'Run in the folder that the paths begin at, or say where prompts are: `prompts: [...]` in `prompt-ratchet.yml`, or `--prompts`.';
  const flat = (text: string) => text.replaceAll(/\s+/g, ' ');
  const compare = ['check', '--base', 'old', '--head', 'new'];
  beforeEach(() => writeTree(folder, { 'old/readme.md': 'a', 'new/prompt/reply.md': 'Answer.\n' }));

  it('a check says which folder was looked in for what', async () => {
    const { stdout, exitCode } = await cli(compare);
    expect(exitCode).toBe(0);
    expect(flat(stdout)).toMatch(/^– No prompt changed: nothing to evaluate\. - There is no prompt in /);
    expect(flat(stdout)).toContain(sentence(join(await realpath(folder), 'new')));
  });

  it('a plan says so, too', async () => {
    const { stdout, exitCode } = await cli([...compare, '--plan']);
    expect([exitCode, stdout]).toEqual([
      0,
      `Nothing to evaluate: no call would be sent.\n${sentence(join(await realpath(folder), 'new'))}\n`,
    ]);
  });

  it('and not where there is one that did not change', async () => {
    await writeTree(folder, { 'old/prompts/reply.md': 'Answer.\n', 'new/prompts/reply.md': 'Answer.\n' });
    expect((await cli(compare)).stdout).not.toContain('There is no prompt');
  });
});

it('--plan says what a run would take and sends nothing', async () => {
  await using model = await startModelServer(obedient);
  const files = {
    ...shop(25),
    'prompt-ratchet.yml':
      'model: { name: parrot, maxOutputTokens: 10 }\nprices: { parrot: { inputPer1M: 1, outputPer1M: 2 } }\ncaps: { calls: 100, costUsd: 5, minutes: 10 }\n',
  };
  await writeTree(join(folder, 'old'), files);
  await writeTree(join(folder, 'new'), { ...files, 'prompts/reply.md': 'Answer the question, please.\n' });
  const run = await cli(['check', '--base', 'old', '--head', 'new', '--base-url', model.url, '--plan']);
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toBe(
    [
      'Plan: 1 prompt, 50 trials, 50 calls.',
      '                 expected     at most  with every retry       cap',
      'calls                  50          50               800       100',
      'input tokens          450       9,730            77,840      none',
      'output tokens         500         500             4,000      none',
      'cost           0.0015 USD  0.0107 USD        0.0858 USD  5.00 USD',
      'The calls may take 10 min together.',
      '',
    ].join('\n'),
  );
  expect(model.seen).toEqual([]);
});

it('the exit code follows the verdict', async () => {
  await using model = await startModelServer(obedient);
  await writeTree(join(folder, 'old'), shop(40));
  await writeTree(join(folder, 'new'), { ...shop(40), 'prompts/reply.md': 'Be wrong on 1/2.\n' });
  const worse = await cli(['check', '--base', 'old', '--head', 'new', '--base-url', model.url]);
  expect([worse.exitCode, worse.stdout.split('\n', 1)[0]]).toEqual([
    1,
    expect.stringContaining('prompts/reply.md regressed: 100.0 % → 50.0 %'),
  ]);
  const better = await cli(['check', '--base', 'new', '--head', 'old', '--base-url', model.url]);
  expect([better.exitCode, better.stdout.split('\n', 1)[0]]).toEqual([
    0,
    expect.stringContaining('prompts/reply.md improved: 50.0 % → 100.0 %'),
  ]);
});

it('an eval set that was edited along with its prompt is the one that counts, and is not said to be gone', async () => {
  await using model = await startModelServer(obedient);
  await writeTree(join(folder, 'old'), shop(20));
  await writeTree(join(folder, 'new'), { ...shop(30), 'prompts/reply.md': 'Answer the question, please.\n' });
  await cli(['check', '--base', 'old', '--head', 'new', '--base-url', model.url, '--out', 'out']);
  const { prompts } = parseReport(await readFile(join(folder, 'out/report.json'), 'utf8'));
  expect(prompts).toMatchObject([{ evalSet: { examples: 30 }, notes: [] }]);
});

it('runs with the Node that GitHub gives actions', () => {
  expect(process.version).toMatch(/^v24\./);
});
