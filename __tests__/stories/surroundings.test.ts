import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startModelServer } from '../support/model-server.ts';
import { parseReport } from '../support/report.ts';
import { cliPath, runCli, writeShop, writeTree } from '../support/run-cli.ts';
import { obedient, shop } from '../support/shop.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bothSides = () => writeShop(folder, { n: 40 });
const cli = (args: readonly string[], env?: Readonly<Record<string, string>>) => runCli({ folder, args, ...(env && { env }) });

it('a reader that goes away early changes neither verdict nor files, and sees no trace', async () => {
  await using model = await startModelServer(obedient);
  const args = [...(await bothSides()), '--base-url', model.url];
  const child = spawn(process.execPath, [cliPath, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  const [stderr, exitCode] = await Promise.all([text(child.stderr), new Promise((done) => child.once('exit', done))]);
  expect(exitCode).toBe(1);
  expect(stderr).not.toMatch(/EPIPE|\n\s+at /);
  expect(parseReport(await readFile(join(folder, 'out/report.json'), 'utf8')).verdict).toBe('regressed');
});

it('an interrupted run says so in a report, and does not pass', async () => {
  const args = await bothSides();
  let child: ChildProcess | undefined;
  await using model = await startModelServer((request, count) => {
    if (count === 20) child?.kill('SIGINT');
    return count > 20 ? 'hang' : obedient(request, count);
  });
  const onStart = (started: ChildProcess) => {
    child = started;
  };
  const { stdout, exitCode } = await runCli({ folder, args: [...args, '--base-url', model.url], onStart });
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(
    /^! Could not measure prompts\/reply\.md\. The run was cancelled with \d+ of 80 trials done\. Merge\s+blocked\.\n/,
  );
  const trials = (await readFile(join(folder, 'out/trials.jsonl'), 'utf8')).trim().split('\n');
  expect(trials).toHaveLength(80);
  expect(trials.filter((line) => line.includes('"answer"')).length).toBeGreaterThanOrEqual(10);
});

describe('without git', () => {
  it('two folders can be compared', async () => {
    await using model = await startModelServer(obedient);
    expect(await cli([...(await bothSides()), '--base-url', model.url], { PATH: folder })).toMatchObject({ exitCode: 1 });
  });

  it('commits cannot, and are told why', async () => {
    await writeTree(folder, shop());
    const fix = 'Run in a clone, or compare two folders: --base DIR --head DIR.\n';
    expect(await cli(['check', '--base', 'main'], { PATH: folder })).toMatchObject({
      exitCode: 3,
      stderr: `--base: git is not installed, so no commit can be read. ${fix}`,
    });
    const { exitCode, stderr } = await cli(['check']);
    expect([exitCode, stderr]).toEqual([
      3,
      expect.stringMatching(/^--base: git will not read this folder: "not a git repository .*"\. Run in a/),
    ]);
  });
});

it('bad input is in the report too, and in the plan', async () => {
  const args = await bothSides();
  await writeTree(folder, { 'new/prompt-ratchet.yml': 'modle: { name: parrot }\n' });
  const broken = await cli(args);
  const sentence = 'prompt-ratchet.yml:1: key "modle": unknown key. Did you mean "model"?';
  expect(broken).toMatchObject({ exitCode: 3, stderr: `${sentence}\n` });
  expect(parseReport(await readFile(join(folder, 'out/report.json'), 'utf8'))).toMatchObject({
    verdict: 'bad-input',
    problems: [sentence],
  });

  await writeTree(folder, { 'new/prompt-ratchet.yml': shop()['prompt-ratchet.yml'], 'new/prompts/reply.md': 'Dear {{name}}, {{input}}\n' });
  const plan = await cli([...args, '--plan']);
  expect(plan).toMatchObject({ exitCode: 3, stdout: 'Nothing to evaluate: no call would be sent.\n' });
  expect(plan.stderr).toMatch(/^prompts\/reply\.md:1: variable \{\{name\}\} has no value in row "q0"/);
});

it('links and submodules are no prompts, and a prompt that becomes one is bad input', async () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'protocol.file.allow=always', ...args], {
      cwd: folder,
    });
  await writeTree(folder, { ...shop(), 'secret.txt': 'secret' });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'c');
  git('checkout', '-qb', 'work');
  git('submodule', '--quiet', 'add', folder, 'prompts/sub.md');
  await symlink('../secret.txt', join(folder, 'prompts/link.md'));
  await rm(join(folder, 'prompts/reply.md'));
  await symlink('../secret.txt', join(folder, 'prompts/reply.md'));
  const { stdout, exitCode } = await cli(['check']);
  expect(stdout).not.toContain('sub.md');
  expect(stdout).not.toContain('link.md');
  expect([exitCode, stdout.split('\n', 1)]).toEqual([3, [expect.stringContaining('prompts/reply.md')]]);
});
