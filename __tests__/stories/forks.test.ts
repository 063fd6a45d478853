import { endingTogether } from '../support/ending.ts';
import { json } from '../support/github/replies.ts';
import { type GitHubServer, startGitHub } from '../support/github/server.ts';
import { startModelServer } from '../support/model-server.ts';
import { readReport } from '../support/report.ts';
import { runAction } from '../support/run-action.ts';
import { obedient, rows, shop } from '../support/shop.ts';
import { expectQuiet, writes } from '../support/story.ts';

const base = shop(30);
const head = { ...base, 'prompts/reply.md': 'Answer the question. Be wrong on 1/3.\n' };
const spending = { 'api-key': 'sk-story', 'max-calls': '500', 'check-run': 'true' };

/** The pull request is mallory's, from a fork; its run without secrets is over, and the second stage begins. */
async function secondStage(
  seed = { base, head },
  inputs: Readonly<Record<string, string>> = spending,
  event = {},
  arrange?: (github: GitHubServer) => void,
) {
  const github = await startGitHub(seed);
  const model = await startModelServer(obedient);
  github.answerInstead(({ method, path, query }) => {
    if (method !== 'GET' || path !== '/repos/acme/shop/pulls') return undefined;
    const isAsked = new URLSearchParams(query).get('head') === `mallory:${github.headBranch}`;
    const pull = { number: github.pull, base: { ref: 'main' }, head: { sha: github.shas.head, repo: { full_name: 'mallory/shop' } } };
    return json(200, isAsked ? [pull, { ...pull, number: 99, head: { ...pull.head, repo: { full_name: 'mallory/other' } } }] : []);
  });
  arrange?.(github);
  const run = await runAction({ github, event: github.event('workflow_run', event), inputs: { 'base-url': model.url, ...inputs } });
  expectQuiet(run);
  return {
    github,
    model,
    run,
    ...endingTogether(run, github, model),
  };
}

it('an approved commit of a fork is evaluated, and its verdict stands in comment and check run', async () => {
  await using story = await secondStage();
  expect(story.run.exitCode).toBe(1);
  expect((await story.github.comments())[0]!.body).toContain('**regressed**');
  expect(await story.github.checkRuns()).toMatchObject([
    { name: 'prompt-ratchet', head_sha: story.github.shas.head, conclusion: 'failure' },
  ]);
  // What the first stage left is asked nothing: an artifact of it could say anything.
  expect(story.github.log().filter((line) => line.includes('/actions/'))).toEqual([]);
});

it('nothing but texts is taken from it: its eval set and settings are not tried', async () => {
  const mine = {
    ...head,
    'evals/reply.jsonl': rows(30, () => 'no idea'),
    'prompt-ratchet.yml': 'model: { name: costly }\ngate: { margin: 0.9 }\n',
  };
  await using story = await secondStage({ base, head: mine });
  const [prompt] = (await readReport(story.run)).prompts;
  expect(prompt).toMatchObject({ verdict: 'regressed', effect: { margin: 0.05 } });
  expect(prompt!.proposed).toBeUndefined();
  expect(new Set(story.model.seen.map(({ body }) => body.model))).toEqual(new Set(['parrot']));
});

it('the stage that looks, without a key, says success where no prompt changed, and leaves the check open where one waits for approval', async () => {
  const { 'api-key': _key, ...looking } = spending;
  await using idle = await secondStage({ base, head: { ...base, 'README.md': 'x\n' } as typeof head }, looking);
  expect(await idle.github.checkRuns()).toMatchObject([{ conclusion: 'success' }]);
  await using waiting = await secondStage({ base, head }, looking);
  expect([waiting.run.exitCode, waiting.run.outputs['verdict'], waiting.model.seen.length]).toEqual([0, 'not-evaluated', 0]);
  expect(await waiting.github.checkRuns()).toEqual([]);
});

it.each<[string, object, string]>([
  ['the fork has pushed since it was approved', { workflow_run: { head_sha: 'd'.repeat(40) } }, 'as its newest commit any more'],
  ['the run before was no pull request’s', { workflow_run: { event: 'push' } }, 'was not about a pull request'],
  ['the fork is gone', { workflow_run: { head_repository: null } }, 'The fork is gone'],
  ['it is no fork', { workflow_run: { head_repository: { full_name: 'Acme/Shop' } } }, 'from this repository itself'],
])('nothing is evaluated where %s', async (_what, event, words) => {
  await using story = await secondStage({ base, head }, spending, event);
  expect([story.run.exitCode, story.model.seen.length, writes(story.github).length]).toEqual([0, 0, 0]);
  expect(story.run.stdout).toContain(words);
});

describe('Dependabot', () => {
  async function onItsPullRequest(inputs: Readonly<Record<string, string>>) {
    await using github = await startGitHub({ base, head });
    await using model = await startModelServer(obedient);
    const event = { ...github.event('pull_request'), actor: 'dependabot[bot]' };
    const given = { 'base-url': model.url, 'check-run': 'true', ...inputs };
    await using run = await runAction({ github, event, inputs: given });
    expectQuiet(run);
    const checks = (await github.checkRuns()).map(({ conclusion }) => conclusion);
    return { exitCode: run.exitCode, verdict: run.outputs['verdict'], summary: run.summary, calls: model.seen.length, checks };
  }

  it('has no key, so that its prompts are not evaluated: it passes, and a sentence says why', async () => {
    const { summary, ...rest } = await onItsPullRequest({});
    expect(rest).toEqual({ exitCode: 0, verdict: 'not-evaluated', calls: 0, checks: [] });
    expect(summary).toContain('no key');
  });

  it('is evaluated where it was given a key of its own', async () => {
    expect(await onItsPullRequest({ 'api-key': 'sk-dependabot' })).toMatchObject({
      exitCode: 1,
      verdict: 'regressed',
      checks: ['failure'],
    });
  });
});

it('a budget is not left open', async () => {
  await using story = await secondStage({ base, head }, { 'api-key': 'sk-story' });
  expect([story.run.exitCode, story.model.seen.length]).toEqual([3, 0]);
  expect(story.run.stdout).toContain('max-calls');
});

it('an acceptance given after the first stage began holds for the fork’s commit', async () => {
  const accept = (github: GitHubServer) => {
    github.answerInstead(({ method, path }) => {
      if (method !== 'GET' || !path.endsWith(`/issues/${github.pull}/comments`)) return undefined;
      const user = { login: 'mona', type: 'User' };
      const comment = {
        id: 5,
        body: '/ratchet accept "wanted"',
        html_url: 'https://github.com/c/5',
        created_at: '2026-01-01T00:00:01Z',
        user,
      };
      return json(200, [comment]);
    });
  };
  await using story = await secondStage({ base, head }, { ...spending, comment: 'false' }, {}, accept);
  expect([story.run.exitCode, (await readReport(story.run)).accepted?.by]).toEqual([0, 'mona']);
});
