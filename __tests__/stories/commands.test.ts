import * as z from 'zod';
import { endingTogether } from '../support/ending.ts';
import { type ActionsService, startActions } from '../support/github/actions.ts';
import { type GitHubServer, startGitHub } from '../support/github/server.ts';
import { startModelServer } from '../support/model-server.ts';
import { readReport } from '../support/report.ts';
import { runAction } from '../support/run-action.ts';
import { obedient, shop } from '../support/shop.ts';
import { expectQuiet, writes } from '../support/story.ts';

const base = shop(30);
const head = { ...base, 'prompts/reply.md': 'Answer the question. Be wrong on 1/3.\n' };

async function start(changes: { readonly headRepository?: string } = {}) {
  const github = await startGitHub({ base, head });
  const actions = await startActions(github);
  actions.addRun({ id: 41, headSha: github.shas.head, ...changes });
  return {
    github,
    actions,
    ...endingTogether(github, actions),
  };
}

type Started = Awaited<ReturnType<typeof start>>;

/** Somebody comments, and the workflow runs on it. */
async function commented(
  { github }: Pick<Started, 'github'>,
  body: string,
  { author = 'mona', event = {} }: { readonly author?: 'mona' | 'mallory'; readonly event?: object } = {},
) {
  const id = await github.comment(author, body);
  const before = github.requests.length;
  const comment = { id, body, created_at: new Date().toISOString(), user: { login: author, type: 'User' } };
  await using run = await runAction({ github, event: github.event('issue_comment', { comment, ...event }) });
  const asked = github.requests.slice(before);
  const reactions = asked
    .filter(({ path }) => path.endsWith('/reactions'))
    .map(({ body: sent }) => z.object({ content: z.string() }).parse(sent).content);
  const replies = (await github.comments()).filter((one) => one.id > id).map((one) => one.body);
  expectQuiet(run);
  return { exitCode: run.exitCode, stdout: run.stdout, reactions, replies, asked };
}

describe('somebody who may write', () => {
  it('is told the commands', async () => {
    await using story = await start();
    const { exitCode, reactions, replies } = await commented(story, '/ratchet help');
    expect([exitCode, reactions]).toEqual([0, ['eyes', '+1']]);
    expect(replies).toEqual([expect.stringContaining('`/ratchet accept "reason"`')]);
  });

  it('has the check of the newest commit run again', async () => {
    await using story = await start();
    const { reactions, replies } = await commented(story, '/ratchet rerun\nthe server was down');
    expect([story.actions.reruns, reactions, replies]).toEqual([['rerun 41'], ['eyes', '+1'], []]);
  });

  it('is heard once, were there 100,000 commands in the comment', async () => {
    await using story = await start();
    const body = '/ratchet rerun\n'.repeat(100_000);
    const { exitCode, reactions, replies } = await commented(story, '/ratchet rerun', { event: { comment: { body } } });
    expect([exitCode, story.actions.reruns, reactions, replies]).toEqual([0, ['rerun 41'], ['eyes', '+1'], []]);
  });

  it.each<[string, string, (actions: ActionsService, github: GitHubServer) => void, string]>([
    ['is not understood', '/ratchet merge', () => {}, 'There is no such command.'],
    [
      'needs a permission',
      '/ratchet rerun',
      (_actions, { faults }) => faults.add({ method: 'POST', path: /\/rerun$/, misfortune: { status: 403 } }),
      'actions: write',
    ],
  ])('gets a sentence and 👎 where the command %s', async (_what, body, arrange, words) => {
    await using story = await start();
    arrange(story.actions, story.github);
    const { exitCode, reactions, replies } = await commented(story, body);
    expect([exitCode, story.actions.reruns, reactions]).toEqual([0, [], ['eyes', '-1']]);
    expect(replies).toEqual([expect.stringContaining(words)]);
  });
});

describe('silence, and no action', () => {
  it('for strangers, talk, bots, edits, issues and closed pull requests', async () => {
    await using story = await start();
    const said: readonly (readonly [string, Parameters<typeof commented>[2]?])[] = [
      ['/ratchet accept "please"', { author: 'mallory' }],
      ['/ratchet merge', { author: 'mallory' }],
      ['I would not use /ratchet accept here'],
      ['> /ratchet rerun'],
      ['```\n/ratchet rerun\n```'],
      ['Nothing to do.\n\n/ratchet rerun'],
      ['/ratchet rerun', { event: { comment: { user: { login: 'hubot[bot]', type: 'Bot' } } } }],
      ['/ratchet rerun', { event: { comment: { user: { login: 'github-actions[bot]', type: 'Bot' } } } }],
      ['/ratchet rerun', { event: { action: 'edited' } }],
      ['/ratchet rerun', { event: { issue: { pull_request: null } } }],
      ['/ratchet rerun', { event: { issue: { state: 'closed' } } }],
    ];
    const all = await Promise.all(said.map(([body, more]) => commented(story, body, more)));
    expect(all.map(({ exitCode }) => exitCode)).toEqual(said.map(() => 0));
    expect([await story.github.comments(), story.actions.reruns, writes(story.github)]).toMatchObject([{ length: said.length }, [], []]);
  });

  it('for an event whose fields are missing, besides a sentence', async () => {
    await using story = await start();
    await using run = await runAction({
      github: story.github,
      event: { ...story.github.event('issue_comment'), payload: { action: 'created' } },
    });
    expect(run.exitCode).toBe(3);
    expect(run.stdout).toContain('event issue_comment');
    expect(writes(story.github)).toEqual([]);
  });
});

describe('an acceptance', () => {
  /** The check as it runs again, in the run that began on the first day of 2026. */
  async function again(story: Started) {
    await using model = await startModelServer(obedient);
    const inputs = { 'base-url': model.url, 'api-key': 'sk-story', 'check-run': 'true' };
    const env = { ...story.actions.env(41), GITHUB_RUN_ATTEMPT: '2' };
    await using run = await runAction({ github: story.github, event: story.github.event('pull_request'), inputs, env });
    expectQuiet(run);
    return { exitCode: run.exitCode, report: await readReport(run), stdout: run.stdout };
  }

  it('runs the failed job again, which lets this commit pass and says who, why and what', async () => {
    await using story = await start();
    const { reactions } = await commented(story, '/ratchet accept "the new tone is *wanted* @mona"');
    expect([story.actions.reruns, reactions]).toEqual([['rerun-failed-jobs 41'], ['eyes', '+1']]);
    const { exitCode, report } = await again(story);
    expect([exitCode, report.verdict, report.passed, report.accepted]).toEqual([
      0,
      'regressed',
      true,
      { by: 'mona', reason: 'the new tone is *wanted* @mona', url: expect.stringContaining('#issuecomment-') },
    ]);
    const comment = (await story.github.comments()).at(-1)!.body;
    expect(comment).toContain('**regressed**: 100.0 % → 66.7 %');
    expect(comment).toContain('Merge not blocked. **Accepted** for this commit by `mona`: “the new tone is `*wanted* @mona`”');
    const [check] = await story.github.checkRuns();
    expect(check).toMatchObject({ conclusion: 'neutral', output: { summary: expect.stringContaining('**Accepted**') } });
  });

  it('counts in the merge queue too, for the pull request that the queue’s commit adds', async () => {
    await using story = await start();
    await story.github.comment('mona', '/ratchet accept "wanted"');
    await using model = await startModelServer(obedient);
    const inputs = { 'base-url': model.url, 'api-key': 'sk-story' };
    const { github } = story;
    await using run = await runAction({ github, event: github.event('merge_group'), inputs });
    expect([run.exitCode, (await readReport(run)).accepted?.by]).toEqual([0, 'mona']);
  });
});
