import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitHubServer } from '../support/github/server.ts';
import { startModelServer } from '../support/model-server.ts';
import { readReport } from '../support/report.ts';
import { readOut, runCli, writeTree } from '../support/run-cli.ts';
import { obedient, shop } from '../support/shop.ts';
import { expectQuiet, onPullRequest } from '../support/story.ts';

type Files = Readonly<Record<string, string>>;

const exact = 'export default (answer, example) => ({ score: answer === example.expected ? 1 : 0, reason: "mine says so" });\n';
const functions = 'scorers:\n  - function: { module: scorers/mine.mjs, timeoutMs: 20000 }\n';

/** A repository whose one prompt is scored by `module`. */
function scored(module = exact, scorers = functions): Files {
  const files = shop(30);
  return {
    ...files,
    'prompt-ratchet.yml': `${files['prompt-ratchet.yml']}allowFunctions: true\n`,
    'evals/reply.yml': `examples: reply.jsonl\n${scorers}`,
    'scorers/mine.mjs': module,
  };
}

const worse = (files: Files): Files => ({ ...files, 'prompts/reply.md': 'Be wrong on 1/2.\n' });

/** Checks `files` out into the workspace, as of a commit. */
const checkout =
  (files: Files, commit: (github: GitHubServer) => string = ({ shas }) => shas.tip, below = '.') =>
  async (workspace: string, github: GitHubServer) => {
    const folder = join(workspace, below);
    await writeTree(folder, files);
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    await writeFile(join(folder, '.git/HEAD'), `${commit(github)}\n`);
  };

describe('on a pull request', () => {
  const base = scored();

  it('a function of the base branch scores both sides, and sees no key', async () => {
    const suspicious =
      'const seen = Object.keys(process.env).filter((name) => /KEY|TOKEN|^INPUT_|^ACTIONS_|^GITHUB_|^RUNNER_/.test(name));';
    const watchful = `${suspicious}\n${exact.replace('=> (', '=> seen.length > 0 ? { error: seen.join() } : (')}`;
    const files = scored(watchful);
    await using story = await onPullRequest({ base: files, head: worse(files) }, { workspace: checkout(files) });
    expect(story.run.outputs).toMatchObject({ verdict: 'regressed' });
    const [prompt] = (await readReport(story.run)).prompts;
    expect(prompt).toMatchObject({ base: { score: 1, n: 30 }, head: { score: 0.5, n: 30 }, notes: [] });
    expect(prompt!.examples[0]).toMatchObject({ head: { score: 0, reason: 'mine says so' } });
    expectQuiet(story.run);
  });

  it('may be checked out elsewhere in the workspace', async () => {
    const inputs = { 'functions-path': 'trusted' };
    await using story = await onPullRequest({ base, head: worse(base) }, { inputs, workspace: checkout(base, undefined, 'trusted') });
    expect(story.run.outputs).toMatchObject({ verdict: 'regressed' });
  });

  it('the head’s function and eval set never run', async () => {
    const pwning = "import { writeFileSync } from 'node:fs';\nwriteFileSync('pwned', '');\nexport default () => 1;\n";
    const head = {
      ...worse(base),
      'scorers/mine.mjs': pwning,
      'scorers/other.mjs': pwning,
      'evals/reply.yml': base['evals/reply.yml']!.replace('mine', 'other'),
    };
    await using story = await onPullRequest({ base, head }, { workspace: checkout(base) });
    expect(story.run.outputs).toMatchObject({ verdict: 'regressed' });
    expect(await readdir(join(story.run.directory, 'workspace'))).not.toContain('pwned');
    const [prompt] = (await readReport(story.run)).prompts;
    expect(prompt!.notes).toEqual([
      '`evals/reply.yml` as this pull request has it was not tried: it scores by a function, and those run from the base branch only.',
    ]);
  });

  it.each<[string, Parameters<typeof checkout>, RegExp]>([
    [
      'of the head',
      [base, ({ shas }) => shas.head],
      /run only from a checkout of the base branch's tip, [0-9a-f]{7}, and the workspace is one of [0-9a-f]{7}\./,
    ],
    [
      'with another function',
      [{ ...base, 'scorers/mine.mjs': 'export default () => 1;\n' }],
      /scorers\/mine\.mjs: the file is not what the base branch has/,
    ],
    ['in another folder', [base, undefined, 'elsewhere'], /and the workspace is none/],
  ])('a checkout %s is refused before the first call', async (_title, [files, commit, below], sentence) => {
    await using story = await onPullRequest({ base, head: worse(base) }, { workspace: checkout(files, commit, below) });
    expect(story.run).toMatchObject({ exitCode: 3, outputs: { verdict: 'bad-input' } });
    expect(story.run.stdout).toMatch(sentence);
    expect(story.model.seen).toEqual([]);
    expectQuiet(story.run);
  });

  it.each<[string, Files, Readonly<Record<string, string>>]>([
    ['the settings of the base branch', { ...base, 'prompt-ratchet.yml': shop()['prompt-ratchet.yml'] }, {}],
    ['an input', base, { 'allow-functions': 'false' }],
  ])('%s may forbid it', async (_title, files, inputs) => {
    const head = { ...worse(files), 'prompt-ratchet.yml': base['prompt-ratchet.yml']! };
    await using story = await onPullRequest({ base: files, head }, { inputs, workspace: checkout(files) });
    expect(story.run).toMatchObject({ exitCode: 3, outputs: { verdict: 'bad-input' } });
    expect(story.run.stdout).toContain('it scores by a function of the repository’s own, and functions are off');
    expect(story.model.seen).toEqual([]);
  });

  it('a fork’s is not evaluated, whatever else it brings', async () => {
    const event = { pull_request: { head: { repo: { full_name: 'mallory/shop' } } } };
    await using story = await onPullRequest({ base, head: worse(base) }, { event, workspace: checkout(base) });
    expect(story.run).toMatchObject({ exitCode: 0, outputs: { verdict: 'not-evaluated' } });
    expect((await readReport(story.run)).prompts).toMatchObject([{ because: [{ rule: 'no-functions' }] }]);
    expect(story.model.seen).toEqual([]);
  });
});

describe('on a terminal', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function checked(files: Files) {
    await using model = await startModelServer(obedient);
    await writeTree(join(folder, 'old'), files);
    await writeTree(join(folder, 'new'), worse(files));
    const args = ['check', '--base', 'old', '--head', 'new', '--base-url', model.url];
    return await runCli({ folder, args, env: { OPENAI_API_KEY: 'sk-story' } });
  }

  it('functions run from the working tree', async () => {
    const { stdout, exitCode } = await checked(scored());
    expect([exitCode, stdout.split('\n', 1)[0]]).toEqual([1, expect.stringContaining('prompts/reply.md regressed: 100.0 % → 50.0 %')]);
  });

  it('what a function said is not asked again, unless it, a file it imports, or an answer has changed', async () => {
    await using model = await startModelServer(obedient);
    const counting = `import { appendFileSync } from 'node:fs';\nimport { right } from './right.mjs';\nexport default (answer, example) => {
      appendFileSync('calls.log', '.');\n return right(answer, example);\n};\n`;
    const files = { ...scored(counting), 'scorers/right.mjs': exact.replace('default', 'const right =') };
    await writeTree(join(folder, 'old'), files);
    await writeTree(join(folder, 'new'), { ...worse(files), 'calls.log': '' });
    const args = ['check', '--base', 'old', '--head', 'new', '--base-url', model.url, '--cache', 'kept', '--out', 'out'];
    const calls = async (...more: string[]): Promise<number> => {
      await writeTree(join(folder, 'new'), { 'calls.log': '' });
      await runCli({ folder, args: [...args, ...more] });
      return (await readFile(join(folder, 'new/calls.log'), 'utf8')).length;
    };
    // Both sides give the same answer to every other question.
    expect(await calls()).toBe(45);
    const { report } = await readOut(folder);
    expect([await calls(), (await readOut(folder)).report === report]).toEqual([0, true]);
    expect(await calls('--no-cache')).toBe(60);
    // A push that changes the prompt: the base's answers are scored already, and so are those that came out the same.
    await writeTree(join(folder, 'new'), { 'prompts/reply.md': 'Be wrong on 1/3.\n' });
    expect(await calls()).toBe(5);
    await writeTree(join(folder, 'new'), { 'scorers/right.mjs': `${files['scorers/right.mjs']}// Mended.\n` });
    expect(await calls()).toBe(40);
    expect(await calls()).toBe(0);
  });

  it.each([
    ['crashes', 'export default () => process.exit(7);\n', /scorers\/mine\.mjs gave no score: it ended with exit code 7/],
    ['hangs', 'export default () => new Promise(() => {});\n', /gave no score: it gave no score within 1\.5 s/],
    ['returns garbage', 'export default () => "very good";\n', /answered what is no score from 0 to 1: "\{"score":"very good"/],
    ['throws', 'export default () => { throw new Error("no weights"); };\n', /it reported "no weights"/],
  ])('one that %s measures nothing, and zero is nobody’s score', async (fault, module, sentence) => {
    const { stdout, stderr, exitCode } = await checked(scored(module, fault === 'hangs' ? functions.replace('20000', '1500') : functions));
    expect(exitCode).toBe(2);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(sentence);
    expect(stdout).not.toContain('0.0 %');
    expect(stdout + stderr).not.toMatch(/\n\s+at /);
  });

  it('one that is not there is bad input', async () => {
    const { stdout, exitCode } = await checked(scored(exact, functions.replace('mine', 'yours')));
    expect(exitCode).toBe(3);
    expect(stdout.replace(/\s+/g, ' ')).toContain('scorers/yours.mjs is not there');
  });
});
