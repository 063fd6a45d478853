import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { readState } from '../../src/edges/github/state.ts';
import { endingTogether } from '../support/ending.ts';
import { startCacheService } from '../support/github/cache-service.ts';
import { startGitHub } from '../support/github/server.ts';
import { learner } from '../support/learner.ts';
import { type Script, type SeenRequest, startModelServer } from '../support/model-server.ts';
import { runAction } from '../support/run-action.ts';
import { rows } from '../support/shop.ts';
import { writes } from '../support/story.ts';

const files = (examples: number, settings = '') => ({
  'prompt-ratchet.yml': `model: { name: parrot, maxOutputTokens: 32 }\n${settings}`,
  'prompts/reply.md': '{{role "system"}}\nAnswer the question.\n\n{{role "user"}}\n{{input}}\n',
  'evals/reply.jsonl': rows(examples),
});
const seedOf = (base: ReturnType<typeof files>, onBranch: Readonly<Record<string, string>> = {}) => ({
  base,
  head: { ...base, 'README.md': 'new\n', ...onBranch },
});

interface Job {
  readonly prompt?: string;
  /** In the repository besides. */
  readonly more?: Readonly<Record<string, string>>;
  /** On the branch that the job runs on, and not on the default one. */
  readonly onBranch?: Readonly<Record<string, string>>;
  readonly script?: Script;
  readonly examples?: number;
  readonly refuses?: (method: string, path: string) => boolean;
}

async function optimized({
  prompt = 'prompts/reply.md',
  more = {},
  onBranch = {},
  script = learner,
  examples = 40,
  refuses = () => false,
}: Job = {}) {
  const github = await startGitHub(seedOf({ ...files(examples), ...more }, onBranch));
  github.answerInstead(({ method, path }) =>
    refuses(method, path)
      ? { status: 403, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: 'Not permitted here' }) }
      : undefined,
  );
  const model = await startModelServer(script);
  const inputs = {
    job: 'optimize',
    prompt,
    budget: '120',
    'push-token': 'ghs_owner',
    'base-url': model.url,
    'api-key': 'sk-story',
  };
  const run = await runAction({ github, event: github.event('workflow_dispatch'), inputs });
  return {
    github,
    run,
    model,
    ...endingTogether(run, github, model),
  };
}

it('a verified win becomes a branch and a pull request with its evidence, which remembers where its text came from', async () => {
  await using story = await optimized();
  const { github, run, model } = story;
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({ finding: 'verified', 'pull-request': expect.stringContaining('/pull') });
  expect(model.seen.length).toBeLessThanOrEqual(160);
  const opened = github.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/pulls'));
  expect(opened?.body).toMatchObject({
    title: 'Improve prompts/reply.md',
    base: 'edit',
    head: expect.stringMatching(/^prompt-ratchet\/prompts-reply-[0-9a-f]{8}$/),
    body: expect.stringContaining('| Gain on the confirm rows, drawn towards zero |'),
  });
  const tree = github.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/git/trees'));
  expect(JSON.stringify(tree?.body)).toContain('Look twice.');
  const comment = github.requests.find(({ method, path }) => method === 'POST' && /\/issues\/\d+\/comments$/.test(path));
  const { body } = z.object({ body: z.string() }).parse(comment?.body);
  expect(readState(body).looks).toEqual([{ path: 'prompts/reply.md', text: expect.any(String), rows: expect.any(String) }]);
});

it('a first version of a prompt that is not there yet is proposed as the new file', async () => {
  const signature = 'signature: { task: Answer the question., inputs: [input], outputs: [answer] }\n';
  await using story = await optimized({ prompt: 'prompts/new.md', more: { 'evals/new.yml': `examples: reply.jsonl\n${signature}` } });
  expect([story.run.exitCode, story.run.outputs['finding']]).toEqual([0, 'verified']);
  const sent = (path: string) => story.github.requests.find((request) => request.method === 'POST' && request.path.endsWith(path))?.body;
  expect(sent('/pulls')).toMatchObject({ title: 'Add prompts/new.md' });
  expect(sent('/git/trees')).toMatchObject({
    tree: [{ path: 'prompts/new.md', content: expect.stringMatching(/Answer the question\..*Look twice\./s) }],
  });
});

it.each([
  [
    'pull requests may not be opened',
    (method: string, path: string) => method === 'POST' && path.endsWith('/pulls'),
    '/compare/edit...prompt-ratchet%2F',
  ],
  ['nothing may be pushed', (method: string, path: string) => method === 'POST' && path.includes('/git/'), 'No branch could be pushed'],
])('where %s a sentence says so, and the patch is there', async (_what, refuses, sentence) => {
  await using story = await optimized({ refuses });
  expect(story.run.exitCode).toBe(0);
  expect(story.run.outputs).toMatchObject({ finding: 'verified', 'pull-request': '' });
  expect(story.run.summary).toContain(sentence);
  expect(story.run.summary).toContain('+Look twice.');
});

/** Its proposer has one idea, and that one changes nothing. */
const stubborn: Script = (request, count) =>
  request.body.messages.at(-1)!.content.includes('Reply with one JSON object')
    ? { content: JSON.stringify({ edits: [{ find: '', replace: 'Be kind.' }], why: 'Kindness helps.' }) }
    : learner(request, count);

it.each<[string, Job, string, readonly string[]]>([
  ['nothing better is found', { script: stubborn }, 'none', ['A search found **nothing better** for `prompts/reply.md`.']],
  [
    'a finding is only promising',
    { examples: 25 },
    'promising',
    ['Suggestions only: 15 confirm rows can verify nothing, it takes 20 or more.', '+Look twice.'],
  ],
])('where %s there is a summary, and no branch and no pull request', async (_what, job, finding, sentences) => {
  await using story = await optimized(job);
  expect(story.run.exitCode).toBe(0);
  expect(story.run.outputs).toMatchObject({ finding, 'pull-request': '', passed: 'true' });
  for (const sentence of sentences) expect(story.run.summary).toContain(sentence);
  expect(writes(story.github)).toEqual([]);
});

/** Requests that may be under way at once. */
const concurrency = 2;

describe.each<[string, string, NodeJS.Signals]>([
  ['cancelled on a runner of GitHub’s, whose cache service keeps what it knows', 'service', 'SIGINT'],
  ['killed on a runner with a disk of its own', 'disk', 'SIGKILL'],
])('a job that was %s', (_what, place, signal) => {
  it.each([46, 70])('after %i requests goes on in the next job: same finding, nothing that was answered is asked again', async (after) => {
    let [child, killAt] = [undefined as ChildProcess | undefined, -1];
    await using model = await startModelServer((request, count) => {
      if (count === killAt) child?.kill(signal);
      return killAt !== -1 && count >= killAt ? 'hang' : learner(request, count);
    });
    await using cache = await startCacheService();
    const folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-runner-'));
    const disk = join(folder, 'disk');
    const kept = place === 'disk' ? `cache: { dir: ${disk} }\n` : '';
    await using github = await startGitHub(seedOf(files(40, `concurrency: ${concurrency}\n${kept}`)));
    /** On a fresh runner, which has the same folders as any other. */
    const job = async () => {
      const runner = join(folder, 'runner');
      await rm(runner, { recursive: true, force: true });
      await mkdir(join(runner, 'workspace'), { recursive: true });
      const inputs = { job: 'optimize', prompt: 'prompts/reply.md', budget: '120', 'base-url': model.url, 'api-key': 'sk-story' };
      const folders = { RUNNER_TEMP: runner, GITHUB_WORKSPACE: join(runner, 'workspace') };
      const env = place === 'service' ? { ...cache.env, ...folders } : folders;
      await using run = await runAction({
        github,
        event: github.event('workflow_dispatch'),
        inputs,
        env,
        onStart: (process) => {
          child = process;
        },
      });
      const report = run.outputs['report-json'];
      return { exitCode: run.exitCode, summary: run.summary, report: report && JSON.parse(await readFile(report, 'utf8')) };
    };

    killAt = after;
    const cut = await job();
    expect([cut.exitCode, cut.report?.search.because[0]]).toEqual(signal === 'SIGKILL' ? [null, undefined] : [0, { rule: 'interrupted' }]);
    killAt = -1;
    const resumed = await job();
    const bodies = model.seen.map(({ body }: SeenRequest) => JSON.stringify(body));
    expect(bodies.length).toBeGreaterThan(after + 10);
    expect(bodies.length - new Set(bodies).size).toBeLessThanOrEqual(concurrency);
    expect(resumed.report.search.spent.calls).toBeLessThanOrEqual(120);

    await using fresh = await startGitHub(seedOf(files(40, `concurrency: ${concurrency}\n`)));
    const inputs = {
      job: 'optimize',
      prompt: 'prompts/reply.md',
      budget: '120',
      'base-url': model.url,
      'api-key': 'sk-story',
      cache: 'false',
    };
    await using whole = await runAction({ github: fresh, event: fresh.event('workflow_dispatch'), inputs });
    const { search } = JSON.parse(await readFile(whole.outputs['report-json']!, 'utf8'));
    expect(search.finding).toBe('verified');
    expect(withoutSpent(resumed.report.search)).toEqual(withoutSpent(search));
    await rm(folder, { recursive: true });
  });
});

function withoutSpent(found: { readonly spent: unknown }) {
  const { spent: _, ...search } = found;
  return search;
}

it('a model that the settings do not name is not asked, whatever the prompt on that branch says', async () => {
  const onBranch = { 'prompts/reply.md': `---\nmodel: costly\n---\n${files(40)['prompts/reply.md']}` };
  await using story = await optimized({ onBranch });
  expect([story.run.exitCode, story.model.seen]).toEqual([3, []]);
  expect(story.run.stdout).toContain('"costly" is not among the models that the settings allow');
});
