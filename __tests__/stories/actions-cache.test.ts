import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCacheService } from '../support/github/cache-service.ts';
import { startGitHub } from '../support/github/server.ts';
import { startModelServer } from '../support/model-server.ts';
import { type ActionCall, runAction } from '../support/run-action.ts';
import { obedient, shop } from '../support/shop.ts';

const base = shop(20);
const edited = (text: string) => ({ ...base, 'prompts/reply.md': `${text}\n` });

/** A pull request, a model and a cache service; each `run` is on a fresh runner, which has the same folders as any other. */
async function start(settings = '') {
  const withSettings = (files: typeof base) => ({ ...files, 'prompt-ratchet.yml': files['prompt-ratchet.yml'] + settings });
  const model = await startModelServer(obedient);
  const cache = await startCacheService();
  const github = await startGitHub({ base: withSettings(base), head: withSettings(edited('Be wrong on 1/2.')) });
  const runner = await mkdtemp(join(tmpdir(), 'prompt-ratchet-runner-'));
  const run = async (more: Partial<ActionCall> = {}) => {
    await rm(runner, { recursive: true });
    await mkdir(join(runner, 'workspace'), { recursive: true });
    const folders = { RUNNER_TEMP: runner, GITHUB_WORKSPACE: join(runner, 'workspace') };
    const inputs = { 'base-url': model.url, 'api-key': 'sk-story', ...more.inputs };
    await using ran = await runAction({
      github,
      event: github.event('pull_request'),
      ...more,
      inputs,
      env: { ...cache.env, ...folders, ...more.env },
    });
    const folder = join(ran.outputs['report-json'] ?? '', '..');
    const [report, facts] = await Promise.all(['report.json', 'run.json'].map((name) => readFile(join(folder, name), 'utf8')));
    return { exitCode: ran.exitCode, stdout: ran.stdout, report, facts: JSON.parse(facts!) };
  };
  return {
    model,
    cache,
    github,
    run,
    async [Symbol.asyncDispose]() {
      await rm(runner, { recursive: true });
      await Promise.all([model, cache, github].map((each) => each[Symbol.asyncDispose]()));
    },
  };
}

it('a second push that does not touch the base spends nothing on it', async () => {
  await using story = await start();
  await story.run();
  expect([story.model.seen.length, story.cache.keys.length]).toEqual([40, 1]);
  const { history, shas, headBranch } = story.github;
  const sha = await history.commit(edited('Be wrong on 1/4.'), shas.head);
  await history.branch(headBranch, sha);
  const event = story.github.event('pull_request', { pull_request: { head: { sha } } });
  const second = await story.run({ event });
  const asked = story.model.seen.slice(40).map(({ body }) => body.messages[0]!.content);
  expect(new Set(asked)).toEqual(new Set(['Be wrong on 1/4.']));
  expect([asked.length, second.facts.cached, story.cache.keys.length]).toEqual([20, 20, 2]);
});

it('a push to the default branch pays for the base of every pull request that comes after it', async () => {
  await using story = await start();
  const { github, model } = story;
  const { history, shas, headBranch, baseBranch } = github;
  const merged = await history.commit(edited('Be wrong on 1/3.'), shas.base);
  await history.branch(baseBranch, merged);
  await story.run({ event: github.event('push', { before: shas.base, after: merged }) });
  expect(model.seen).toHaveLength(40);
  const sha = await history.commit(edited('Be wrong on 1/5.'), merged);
  await history.branch(headBranch, sha);
  const later = await story.run({ event: github.event('pull_request', { pull_request: { head: { sha } } }) });
  const asked = model.seen.slice(40).map(({ body }) => body.messages[0]!.content);
  expect([asked.length, new Set(asked), later.facts.cached]).toEqual([20, new Set(['Be wrong on 1/5.']), 20]);
});

it('a re-run sends nothing, gives the same report, and saves nothing new', async () => {
  await using story = await start();
  const first = await story.run();
  const again = await story.run();
  expect([again.facts.calls, again.facts.cached, story.model.seen.length]).toEqual([0, 40, 40]);
  expect(again.report).toBe(first.report);
  expect(story.cache.keys).toHaveLength(1);
});

it('a run that may only read the cache reads it, and is not held up', async () => {
  await using story = await start();
  await story.run();
  story.cache.denyWrites();
  const again = await story.run({ inputs: { prompts: 'prompts/*.md' } });
  expect(again).toMatchObject({ exitCode: 1, facts: { calls: 0 } });
  const other = await story.run({ inputs: { model: 'other' } });
  expect(other).toMatchObject({ exitCode: 1, facts: { calls: 40 } });
  expect(story.cache.keys).toHaveLength(1);
});

it('a damaged archive is as good as none', async () => {
  await using story = await start();
  await story.run();
  story.cache.damage(Buffer.from('no archive'));
  expect(await story.run()).toMatchObject({ exitCode: 1, facts: { calls: 40 } });
});

it.each([
  ['no service is there', { env: { ACTIONS_RESULTS_URL: '', ACTIONS_CACHE_URL: '' } }, ''],
  ['the input says so', { inputs: { cache: 'false' } }, ''],
  ['the settings say so', {}, 'cache: { off: true }\n'],
])('where %s, everything works without it', async (_, more, settings) => {
  await using story = await start(settings);
  expect(await story.run(more)).toMatchObject({ exitCode: 1, facts: { calls: 40 } });
  expect(story.cache.asked).toEqual([]);
});

it('nothing is restored where nothing is asked', async () => {
  await using story = await start();
  await using github = await startGitHub({ base, head: { ...base, 'README.md': 'new\n' } });
  await using run = await runAction({ github, event: github.event('pull_request'), env: story.cache.env });
  expect([run.exitCode, story.cache.asked]).toEqual([0, []]);
});

it('the service’s client is loaded only where it is needed', async () => {
  await using story = await start();
  const folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
  await cp('dist', folder, { recursive: true });
  const chunks = (await readdir(join(folder, 'chunks'))).filter((name) => name.startsWith('cache-'));
  expect(chunks).toHaveLength(1);
  await rm(join(folder, 'chunks', chunks[0]!));
  const bundle = join(folder, 'index.js');
  expect(await story.run({ bundle, env: { ACTIONS_RESULTS_URL: '' } })).toMatchObject({ exitCode: 1 });
  expect(await story.run({ bundle })).toMatchObject({ exitCode: 1, facts: { calls: 40 } });
  await rm(folder, { recursive: true });
});

describe('a folder of the settings’ own', () => {
  it('on the runner’s disk needs no service', async () => {
    const disk = await mkdtemp(join(tmpdir(), 'prompt-ratchet-disk-'));
    await using story = await start(`cache: { dir: ${disk} }\n`);
    await story.run();
    expect(await story.run()).toMatchObject({ facts: { calls: 0, cached: 40 } });
    expect(story.cache.asked).toEqual([]);
    await rm(disk, { recursive: true });
  });

  it.each(['.cache', '/workspace/.cache'])('in the workspace, such as %s, is never read: it could be the pull request’s', async (dir) => {
    const workspace = await mkdtemp(join(tmpdir(), 'prompt-ratchet-workspace-'));
    const inside = dir.replace('/workspace', workspace);
    await using story = await start(`cache: { dir: ${inside} }\n`);
    await mkdir(join(workspace, '.cache/answers'), { recursive: true });
    await writeFile(join(workspace, '.cache/answers/000001-0123abcd.jsonl'), 'planted\n');
    const run = await story.run({ env: { GITHUB_WORKSPACE: workspace } });
    expect(run.stdout).not.toContain('damaged line');
    expect(await readdir(join(workspace, '.cache/answers'))).toEqual(['000001-0123abcd.jsonl']);
    await rm(workspace, { recursive: true });
  });
});
