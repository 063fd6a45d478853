import type { ChildProcess } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { learner } from '../support/learner.ts';
import { startModelServer } from '../support/model-server.ts';
import { runCli, writeTree } from '../support/run-cli.ts';
import { rows } from '../support/shop.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const readJson = async (path: string) => JSON.parse(await readFile(join(folder, path), 'utf8'));

describe('the weak example prompt', () => {
  it('is improved by the embedded model alone, with a claim that held-out examples bear out', async () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(await readFile('package.json', 'utf8')));
    const [, , ...args] = scripts['demo:optimize']!.split(' ');
    const { stdout, exitCode } = await runCli({ folder: resolve('.'), args: [...args, '--out', join(folder, 'out')] });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('✓ Verified: an edit of prompts/triage.md scores +');
    // The documentation shows what this prints.
    const [finding] = stdout.split('\n\n');
    for (const page of ['README.md', 'docs/search.md']) expect(await readFile(page, 'utf8')).toContain(finding);
    expect(stdout).toContain('on 84 examples that the search did not');
    const { search, incumbent } = await readJson('out/optimize.json');
    expect(incumbent.score).toBeLessThan(0.1);
    expect(search.evidence.gain).toBeGreaterThan(0.2);
    expect(search.spent.calls).toBeLessThanOrEqual(200);
    expect(await readFile(join(folder, 'out/suggestion.md'), 'utf8')).toBe(search.suggestion.text);
  });

  it('is left alone unless asked, and is then what was suggested', async () => {
    await cp('examples/weak-prompt', folder, { recursive: true });
    const before = await readFile(join(folder, 'prompts/triage.md'), 'utf8');
    const args = ['optimize', 'prompts/triage.md', '--out', 'out', '--budget', '120'];
    await runCli({ folder, args });
    expect(await readFile(join(folder, 'prompts/triage.md'), 'utf8')).toBe(before);
    const first = await readFile(join(folder, 'out/optimize.json'), 'utf8');
    await runCli({ folder, args: [...args, '--apply'] });
    expect(await readFile(join(folder, 'out/optimize.json'), 'utf8')).toBe(first);
    expect(await readFile(join(folder, 'prompts/triage.md'), 'utf8')).toBe(JSON.parse(first).search.suggestion.text);
  });
});

const repository = {
  'prompt-ratchet.yml': 'model: { name: parrot, maxOutputTokens: 32 }\nconcurrency: 2\n',
  'prompts/reply.md': '{{role "system"}}\nAnswer the question.\n\n{{role "user"}}\n{{input}}\n',
  'evals/reply.jsonl': rows(40),
};

describe('with a model that is asked over the network', () => {
  const args = ['optimize', 'prompts/reply.md', '--out', 'out', '--cache', 'kept', '--budget', '120'];

  it('never sends more than its budget besides what measures the prompt as it is', async () => {
    await using model = await startModelServer(learner);
    await writeTree(folder, repository);
    const { stdout, stderr, exitCode } = await runCli({ folder, args: [...args, '--base-url', model.url] });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('+Look twice.');
    expect(stderr).toContain('Search for prompts/reply.md: chooses on 16 rows, confirms on 24 others; at most 120 calls');
    expect(model.seen.length).toBeLessThanOrEqual(160);
    const { search } = await readJson('out/optimize.json');
    expect(search).toMatchObject({ finding: 'verified', evidence: { claim: 'better', effect: { losses: 0 } } });
    expect(search.spent.calls).toBe(model.seen.length - 40);
  });

  it('killed while it asks, it comes to the same finding when it runs again, and pays for nothing twice', async () => {
    let [killAt, child] = [-1, undefined as ChildProcess | undefined];
    await using model = await startModelServer((request, count) => {
      if (count === killAt) child?.kill('SIGKILL');
      return learner(request, count);
    });
    await writeTree(folder, repository);
    const call = { folder, args: [...args, '--base-url', model.url] };
    await runCli(call);
    const [whole, most] = [await readFile(join(folder, 'out/optimize.json'), 'utf8'), model.seen.length];
    for (const after of [44, most - 30]) {
      await rm(join(folder, 'kept'), { recursive: true });
      const before = model.seen.length;
      killAt = before + after;
      await runCli({ ...call, onStart: (process) => (child = process) });
      expect(await readdir(join(folder, 'kept/searches'))).toHaveLength(1);
      killAt = -1;
      await runCli(call);
      const resumed = JSON.parse(await readFile(join(folder, 'out/optimize.json'), 'utf8'));
      const { spent, ...search } = resumed.search;
      expect({ ...resumed, search }).toEqual(withoutSpent(JSON.parse(whole)));
      expect(model.seen.length - before).toBeLessThanOrEqual(most + 2);
      expect(spent.calls).toBeLessThanOrEqual(120);
      expect(await readdir(join(folder, 'kept/searches'))).toEqual([]);
    }
  });

  it('says what a search takes where the budget is too small for any', async () => {
    await using model = await startModelServer(learner);
    await writeTree(folder, repository);
    const { stdout, exitCode } = await runCli({
      folder,
      args: ['optimize', 'prompts/reply.md', '--budget', '5', '--no-cache', '--base-url', model.url],
    });
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('The budget is below what the smallest search takes: 21 calls.');
    expect(model.seen).toEqual([]);
  });

  it('makes a first version of a prompt that is not there yet out of its signature', async () => {
    await using model = await startModelServer(learner);
    await writeTree(folder, {
      ...repository,
      'evals/new.yml': 'examples: reply.jsonl\nsignature: { task: Answer the question., inputs: [input], outputs: [answer] }\n',
    });
    const { stdout, exitCode } = await runCli({
      folder,
      args: ['optimize', 'prompts/new.md', '--no-cache', '--apply', '--base-url', model.url],
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('--- /dev/null');
    expect(await readFile(join(folder, 'prompts/new.md'), 'utf8')).toContain('Look twice.');
  });
});

describe('what a team has laid down for a search', () => {
  const [region, listed] = ["{{! protect: the lawyers' wording }}\nNever promise a refund.\n{{! /protect }}\n", 'Answer the question.'];
  const guarded = (mark: string, settings: string) => ({
    ...repository,
    'prompt-ratchet.yml': `${repository['prompt-ratchet.yml']}${settings}`,
    'prompts/reply.md': `{{role "system"}}\n${mark}${listed}\n\n{{role "user"}}\n{{input}}\n`,
  });
  const isProposal = (asked: string) => asked.includes('Reply with one JSON object');

  /** Optimizes with a proposer that has these edits in mind, one after the other; what the model was told besides. */
  async function told(files: Parameters<typeof writeTree>[1], edits: (proposal: number) => { find: string; replace: string }) {
    let proposals = 0;
    await using model = await startModelServer((request, count) => {
      if (!isProposal(request.body.messages.at(-1)!.content)) return learner(request, count);
      return { content: JSON.stringify({ edits: [edits(proposals++)], why: 'It errs.' }) };
    });
    await writeTree(folder, files);
    const args = ['optimize', 'prompts/reply.md', '--out', 'out', '--no-cache', '--budget', '120', '--base-url', model.url];
    const { exitCode, stdout } = await runCli({ folder, args });
    expect(exitCode).toBe(0);
    const asked = model.seen.map(({ body }) => body.messages.map(({ content }) => content));
    const prompts = new Set(asked.filter((messages) => !isProposal(messages.at(-1)!)).map(([system]) => system!));
    return { stdout, prompts: [...prompts], search: (await readJson('out/optimize.json')).search };
  }

  const rewording = (proposal: number) =>
    [
      { find: 'Never promise a refund.', replace: 'Look twice.' },
      { find: listed, replace: 'Look twice.' },
      { find: '', replace: 'Look twice.' },
    ][proposal % 3]!;

  it('wording that is protected, in the prompt or by the settings, is in every version that is tried', async () => {
    const { prompts, search } = await told(guarded(region, `search: { protect: [${listed}] }\n`), rewording);
    expect(prompts.length).toBeGreaterThan(1);
    for (const prompt of prompts) expect(prompt).toMatch(/Never promise a refund\..*Answer the question\./s);
    expect(search.finding).toBe('verified');
    expect(search.suggestion.text).toContain(region);
  });

  it('the same wording is free to change where nobody protects it', async () => {
    const { prompts } = await told(guarded('Never promise a refund.\n', ''), rewording);
    expect(prompts.filter((prompt) => !prompt.includes('Never promise a refund.'))).not.toEqual([]);
    expect(prompts.filter((prompt) => !prompt.includes(listed))).not.toEqual([]);
  });

  it('no more versions are tried than caps allow', async () => {
    const settings = 'caps: { candidates: 3 }\n';
    const { prompts, search, stdout } = await told(guarded('', settings), (proposal) => ({
      find: '',
      replace: `Idea number ${proposal}.`,
    }));
    expect(prompts).toHaveLength(1 + 3);
    expect(search).toMatchObject({ candidates: 3, stopped: { rule: 'candidates', candidates: 3 } });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('no further round since 3 versions were tried, as many as may be');
  });
});

function withoutSpent(report: { search: { spent: unknown } }) {
  const { spent: _, ...search } = report.search;
  return { ...report, search };
}

it.each(['evals/triage.yml', 'prompts/_shop.md', 'prompt-ratchet.yml'])(
  'refuses to search for a better %s, which is no prompt',
  async (path) => {
    await writeTree(folder, { ...repository, 'prompts/_shop.md': 'A shop.\n' });
    const { stderr, exitCode } = await runCli({ folder, args: ['optimize', path, '--apply'] });
    expect(exitCode).toBe(3);
    expect(stderr).toBe(
      `${path}: this file is no prompt. Name one that "prompts" matches ("prompts/**/*.md") and whose name does not begin with "_".\n`,
    );
  },
);

it('names a prompt that is not there, and what would make one', async () => {
  await writeTree(folder, repository);
  await writeFile(join(folder, 'evals/other.jsonl'), rows(4));
  const { stderr, exitCode } = await runCli({ folder, args: ['optimize', 'prompts/other.md'] });
  expect(exitCode).toBe(3);
  expect(stderr).toBe(
    'prompts/other.md: there is no such prompt in the working tree. Mend the path; for a prompt that is to be made, describe its task under `signature:` in evals/other.jsonl.\n',
  );
});
