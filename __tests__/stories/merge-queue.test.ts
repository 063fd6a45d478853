import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { endingTogether } from '../support/ending.ts';
import { type ActionsService, startActions } from '../support/github/actions.ts';
import { type GitHubServer, startGitHub } from '../support/github/server.ts';
import { startModelServer } from '../support/model-server.ts';
import { runAction } from '../support/run-action.ts';
import { obedient, shop } from '../support/shop.ts';
import { expectQuiet } from '../support/story.ts';

const workflow = { '.github/workflows/prompts.yml': 'on: pull_request\n' };
const base = { ...shop(30), ...workflow };
const head = { ...base, 'prompts/reply.md': 'Answer the question. Be wrong on 1/3.\n' };

/** A pull request whose run 41 has kept its outcomes; `queue` runs the merge queue's check. */
async function checkedPullRequest() {
  const github = await startGitHub({ base, head });
  const actions = await startActions(github);
  const model = await startModelServer(obedient);
  actions.addRun({ id: 41, headSha: github.shas.head });
  const inputs = { 'base-url': model.url, 'api-key': 'sk-story' };
  const first = await runAction({ github, event: github.event('pull_request'), inputs, env: actions.env(41) });
  const queue = (env: Readonly<Record<string, string>> = {}) =>
    runAction({ github, event: github.event('merge_group'), inputs, env: { ...actions.env(42), ...env } });
  return {
    github,
    actions,
    model,
    first,
    queue,
    inputs,
    ...endingTogether(first, github, actions, model),
  };
}

const filesIn = (bytes: Buffer) => Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, text]) => [path, strFromU8(text)]));

it('what a run came to is kept as one artifact: the report in every form, and every answer', async () => {
  await using story = await checkedPullRequest();
  const [artifact, ...others] = story.actions.artifacts;
  expect(others).toEqual([]);
  const files = filesIn(artifact!.bytes);
  expect(Object.keys(files).sort()).toEqual(['junit.xml', 'report.json', 'report.md', 'report.sarif', 'run.json', 'trials.jsonl']);
  expect(files['report.json']).toBe(await readFile(story.first.outputs['report-json']!, 'utf8'));
  expect(files['trials.jsonl']!.trim().split('\n')).toHaveLength(60);
  const [comment] = await story.github.comments();
  expect(comment!.body).toContain(`[every answer](<https://github.com/acme/shop/actions/runs/41/artifacts/${artifact!.id}>)`);
});

it('a merge queue is answered from it: no question is asked, and the verdict is the same', async () => {
  await using story = await checkedPullRequest();
  const asked = story.model.seen.length;
  await using queued = await story.queue();
  expect([queued.exitCode, queued.outputs['verdict'], queued.outputs['calls']]).toEqual([1, 'regressed', '0']);
  expect(story.model.seen).toHaveLength(asked);
  expect(queued.summary).toContain('Run 41 of this workflow asked the same');
  expect(story.actions.artifacts).toHaveLength(1);
});

it('shards in a merge queue are answered from it too, and the job that joins them looks for itself', async () => {
  await using story = await checkedPullRequest();
  const { github, actions, model, inputs } = story;
  const asked = model.seen.length;
  const folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
  const event = github.event('merge_group');
  try {
    for (const index of [1, 2]) {
      await using shard = await runAction({ github, event, inputs: { ...inputs, shard: `${index}/2` }, env: actions.env(42) });
      expect([shard.exitCode, shard.summary]).toEqual([
        0,
        `Shard ${index} of 2: nothing was asked, since run 41 of this workflow had come to all of it.\n`,
      ]);
      await cp(shard.outputs['shard']!, join(folder, `shard-${index}`), { recursive: true });
    }
    const workspace = (own: string) => cp(folder, join(own, 'prompt-ratchet-shards'), { recursive: true });
    const joining = { github, event, inputs: { ...inputs, job: 'merge' }, workspace };
    await using merged = await runAction({ ...joining, env: actions.env(42) });
    expect([merged.exitCode, merged.outputs['verdict'], merged.outputs['calls']]).toEqual([1, 'regressed', '0']);
    expect(merged.summary).toContain('Run 41 of this workflow asked the same');

    actions.artifacts.splice(0);
    await using gone = await runAction({ ...joining, env: actions.env(42) });
    expect([gone.exitCode, gone.outputs['verdict']]).toEqual([2, 'could-not-measure']);
    expect(gone.summary).toContain('Shard 1 of 2 asked nothing, since run 41 had come to this');
    expect(model.seen).toHaveLength(asked);
    expectQuiet(gone);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

describe('an artifact that is not what it seems', () => {
  type Lie = (story: {
    actions: ActionsService;
    github: GitHubServer;
    run: number;
    name: string;
    files: Record<string, string>;
  }) => unknown;
  const forged: Record<string, (files: Record<string, string>) => Parameters<ActionsService['addArtifact']>[2]> = {
    'its report is of something else than its name says': (files) => ({
      'report.json': files['report.json']!.replace(/"digest": "[0-9a-f]{8}/, '"digest": "00000000'),
    }),
    'its report.json is none of this version': () => ({ 'report.json': '{"passed":true,"pull_request":7}' }),
    'it names a path outside of itself': (files) => ({ ...files, '../../.bashrc': 'x' }),
    'it is no zip archive': () => Buffer.from('<html>Sign in</html>'),
    'it holds no report.json': () => ({ 'reports.json': '{}' }),
    'it holds a report.json that unpacks to more than 40000000 bytes': () => ({ 'report.json': ' '.repeat(40_000_001) }),
  };
  const lies: Record<string, Lie> = {
    ...Object.fromEntries(
      Object.entries(forged).map(([why, make]): [string, Lie] => [
        why,
        ({ actions, github, run, name, files }) => {
          actions.addRun({ id: run, headSha: github.shas.head });
          actions.addArtifact(run, name, make(files));
        },
      ]),
    ),
    'the run is another workflow’s': ({ actions, github, run, name, files }) => {
      actions.addRun({ id: run, headSha: github.shas.head, path: '.github/workflows/evil.yml' });
      actions.addArtifact(run, name, files);
    },
    'the run was not started by a pull request, a push or a merge queue': ({ actions, github, run, name, files }) => {
      actions.addRun({ id: run, headSha: github.shas.head, event: 'issue_comment' });
      actions.addArtifact(run, name, files);
    },
    'the workflow’s file was another then': async ({ actions, github, run, name, files }) => {
      const sha = await github.history.commit({ ...head, '.github/workflows/prompts.yml': 'on: push\n' }, github.shas.base);
      actions.addRun({ id: run, headSha: sha });
      actions.addArtifact(run, name, files);
    },
  };

  it('is passed over with a sentence each, and the honest one is found behind them', async () => {
    await using story = await checkedPullRequest();
    const { actions, github } = story;
    const { name, bytes } = actions.artifacts[0]!;
    const seen: string[] = [];
    for (const chunk of [Object.values(lies).slice(0, 4), Object.values(lies).slice(4, 8), Object.values(lies).slice(8)]) {
      for (const [nth, lie] of chunk.entries()) await lie({ actions, github, run: 50 + nth, name, files: filesIn(bytes) });
      await using queued = await story.queue();
      expect([queued.exitCode, queued.outputs['calls']]).toEqual([1, '0']);
      seen.push(...[...queued.stdout.matchAll(/Artifact \d+ of run 5\d is not used: (.*)\.$/gm)].map((match) => match[1]!));
      expectQuiet(queued);
      // The newest five are looked at.
      actions.artifacts.splice(1);
    }
    expect(seen.sort()).toEqual(Object.keys(lies).sort());
  });

  it('is never a fork’s, and without an honest one everything is asked again', async () => {
    await using story = await checkedPullRequest();
    story.actions.addRun({ id: 41, headSha: story.github.shas.head, headRepository: 'mallory/shop' });
    const asked = story.model.seen.length;
    await using queued = await story.queue();
    expect(queued.exitCode).toBe(1);
    expect(story.model.seen).toHaveLength(2 * asked);
  });

  it.each<[string, (github: GitHubServer) => void, string]>([
    ['may not be read', (github) => github.faults.add({ path: /\/actions\//, misfortune: { status: 403 } }), 'actions: read'],
    ['are another repository’s', () => {}, 'it is not known which workflow this is'],
  ])('where earlier runs %s, everything is asked again', async (what, spoil, words) => {
    await using story = await checkedPullRequest();
    spoil(story.github);
    const env: Record<string, string> = what.startsWith('are')
      ? { GITHUB_WORKFLOW_REF: 'other/repo/.github/workflows/prompts.yml@refs/heads/main' }
      : {};
    await using queued = await story.queue(env);
    expect([queued.exitCode, queued.outputs['calls']]).toEqual([1, '60']);
    expect(queued.stdout).toContain(words);
    expectQuiet(queued);
  });
});

it('no artifact where the input turns it off, the runner has no service, on an Enterprise Server, and where it refuses; that changes nothing else', async () => {
  const cases = [
    [{ artifact: 'false' }, {}, ''],
    [{}, { ACTIONS_RESULTS_URL: '' }, 'this runner offers no service for it'],
    [{}, { GITHUB_SERVER_URL: 'https://github.acme.corp' }, 'not currently supported on GHES'],
    [{}, { ACTIONS_RUNTIME_TOKEN: 'no.token.atall' }, 'The report is not kept as an artifact'],
  ] as const;
  await using model = await startModelServer(obedient);
  await Promise.all(
    cases.map(async ([given, env, words]) => {
      await using github = await startGitHub({ base, head });
      await using actions = await startActions(github);
      const inputs = { 'base-url': model.url, 'api-key': 'sk-story', ...given };
      await using run = await runAction({ github, event: github.event('pull_request'), inputs, env: { ...actions.env(41), ...env } });
      expect([run.exitCode, actions.artifacts.length, (await github.comments()).length]).toEqual([1, 0, 1]);
      expect(run.stdout).toContain(words);
      expectQuiet(run);
    }),
  );
});

it('the artifact service’s client is loaded only where there is something to keep', async () => {
  await using github = await startGitHub({ base, head: { ...base, 'README.md': 'new\n' } });
  await using actions = await startActions(github);
  const folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
  await cp('dist', folder, { recursive: true });
  const chunks = (await readdir(join(folder, 'chunks'))).filter((name) => name.startsWith('artifact-'));
  expect(chunks).toHaveLength(1);
  await rm(join(folder, 'chunks', chunks[0]!));
  const bundle = join(folder, 'index.js');
  await using run = await runAction({ github, event: github.event('pull_request'), bundle, env: actions.env(41) });
  expect([run.exitCode, existsSync(bundle)]).toEqual([0, true]);
  await rm(folder, { recursive: true });
});
