import { marker } from '../../src/edges/github/marker.ts';
import { type GitHubServer, startGitHub } from '../support/github/server.ts';
import { readReport } from '../support/report.ts';
import { runAction } from '../support/run-action.ts';
import { shop } from '../support/shop.ts';
import { commentBody, expectQuiet, onPullRequest, writes } from '../support/story.ts';

const base = shop();
const worse = { ...base, 'prompts/reply.md': 'Answer the question. Be wrong on 1/3.\n' };
const files = { base, head: worse };

describe('a pull request that does not wait for its run', () => {
  it('has moved on: the run keeps its verdict for its own commit and leaves the comment to the newer one', async () => {
    await using story = await onPullRequest(files, {
      meanwhile: async ({ history, headBranch, shas }) =>
        history.branch(headBranch, await history.commit({ ...base, 'x.md': '' }, shas.base)),
    });
    expect(story.run.exitCode).toBe(1);
    expect(await story.github.comments()).toEqual([]);
    expect(story.run.stdout).toMatch(/#1 has moved on from [0-9a-f]{7} to [0-9a-f]{7}, whose own run reports\./);
    expect(story.run.summary).toContain('**regressed**');
    expectQuiet(story.run);
  });

  it('has moved on, and its newer run has reported: that report stands', async () => {
    await using story = await onPullRequest(files, {
      meanwhile: async (github) => {
        const next = await github.history.commit(
          { ...base, 'README.md': 'x\n', 'prompts/reply.md': 'Answer the question, please.\n' },
          github.shas.base,
        );
        await github.history.branch(github.headBranch, next);
        const event = github.event('pull_request', { pull_request: { head: { sha: next } } });
        await using newer = await runAction({ github, event, inputs: { model: 'offline' } });
        expect(newer.exitCode).not.toBe(4);
      },
    });
    expect(story.run.exitCode).toBe(1);
    expect(await commentBody(story.github)).not.toContain('66.7 %');
  });

  it.each<[string, NonNullable<Parameters<typeof onPullRequest>[1]>['meanwhile']]>([
    ['was closed', (github) => github.closePull()],
    [
      'was closed and its branch deleted',
      async (github) => {
        await github.closePull();
        await github.history.deleteBranch(github.headBranch);
      },
    ],
  ])('%s: it is measured by its commit and not written to', async (_what, meanwhile) => {
    await using story = await onPullRequest(files, { ...(meanwhile && { meanwhile }) });
    expect(story.run.exitCode).toBe(1);
    expect(writes(story.github)).toEqual([]);
    expect(story.run.stdout).toContain('#1 was closed meanwhile, so nothing is written to it.');
    expectQuiet(story.run);
  });

  it('lost its base branch before the run began: a sentence says so, and nothing is written', async () => {
    await using github = await startGitHub(files);
    await github.closePull();
    const event = github.event('pull_request', { pull_request: { base: { ref: 'release/1' } } });
    await using run = await runAction({ github, event, inputs: { 'api-key': 'sk-story' } });
    expect([run.exitCode, run.outputs['verdict'], writes(github)]).toEqual([3, 'bad-input', []]);
    expect(run.stdout).toContain('release/1');
    expectQuiet(run);
  });

  it('is a draft, and evaluated like any other', async () => {
    await using story = await onPullRequest(files, { event: { pull_request: { draft: true } } });
    expect(story.run.exitCode).toBe(1);
    expect(await commentBody(story.github)).toContain('**regressed**');
  });
});

describe('a comment that people touch', () => {
  it.each<[string, (github: GitHubServer, id: number) => Promise<unknown>, boolean]>([
    ['edited', (github, id) => github.editComment(id, 'all is well, merge'), false],
    ['deleted', (github, id) => github.deleteComment(id), false],
    ['edited below its mark', (github, id) => github.editComment(id, `${marker('prompt-ratchet.yml')}\nall is well, merge`), true],
  ])('while a run goes on says what that run found in the end, were it %s', async (_how, touch, isOurs) => {
    let before = 0;
    await using story = await onPullRequest(files, {
      meanwhile: async (github) => {
        before = await github.comment('github-actions[bot]', `${marker('prompt-ratchet.yml')}\nfrom the last push`);
        await touch(github, before);
      },
    });
    const ours = (await story.github.comments()).filter(({ body }) => body.startsWith(marker('prompt-ratchet.yml')));
    expect(ours).toEqual([expect.objectContaining({ body: expect.stringContaining('**regressed**') })]);
    expect(ours[0]!.id === before).toBe(isOurs);
  });

  it('is written over where one edited it, and written anew where one deleted it', async () => {
    await using story = await onPullRequest(files);
    const [first] = await story.github.comments();
    await story.github.editComment(first!.id, `${first!.body.split('\n')[0]}\nall is well, merge`);
    const again = async () => {
      const run = await runAction({ github: story.github, event: story.github.event('pull_request'), inputs: story.given });
      await run[Symbol.asyncDispose]();
    };
    await again();
    expect((await story.github.comments())[0]!.id).toBe(first!.id);
    expect(await commentBody(story.github)).toContain('**regressed**');
    await story.github.deleteComment(first!.id);
    await again();
    expect((await story.github.comments())[0]!.id).not.toBe(first!.id);
    expect(await commentBody(story.github)).toContain('**regressed**');
  });
});

it('three runs at the same time leave one comment', async () => {
  await using story = await onPullRequest(files, { inputs: { comment: 'false' } });
  const { github, given } = story;
  const inputs = { ...given, comment: 'true' };
  const runs = await Promise.all([1, 2, 3].map(() => runAction({ github, event: github.event('pull_request'), inputs })));
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([1, 1, 1]);
  expect(await commentBody(github)).toContain('**regressed**');
  await Promise.all(runs.map((run) => run[Symbol.asyncDispose]()));
});

it('the jobs of a matrix keep a comment each where their keys differ', async () => {
  await using story = await onPullRequest(files, { inputs: { 'comment-key': 'small model' } });
  const { github, given } = story;
  const inputs = { ...given, 'comment-key': 'large model' };
  for (let again = 0; again < 2; again++) {
    const run = await runAction({ github, event: github.event('pull_request'), inputs });
    await run[Symbol.asyncDispose]();
  }
  expect((await github.comments()).map(({ body }) => /^<!-- prompt-ratchet:1 .*? -->/.exec(body)?.[0])).toEqual([
    '<!-- prompt-ratchet:1 key=prompt%2Dratchet.yml%20small%20model -->',
    '<!-- prompt-ratchet:1 key=prompt%2Dratchet.yml%20large%20model -->',
  ]);
});

it('on an Enterprise Server everything goes to its own address', async () => {
  await using story = await onPullRequest({ ...files, prefix: '/api/v3' });
  expect(story.run.exitCode).toBe(1);
  expect(await commentBody(story.github)).toContain('**regressed**');
  expect((await readReport(story.run)).verdict).toBe('regressed');
});
