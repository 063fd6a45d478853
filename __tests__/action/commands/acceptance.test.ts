import { acceptanceFor } from '../../../src/action/commands/acceptance.ts';
import type { Occasion } from '../../../src/action/occasion.ts';
import { report } from '../../report/reports.ts';
import { endingTogether } from '../../support/ending.ts';
import { startActions } from '../../support/github/actions.ts';
import { clientOf } from '../../support/github/connect.ts';
import { type GitHubServer, startGitHub } from '../../support/github/server.ts';

const files = { base: { 'a.md': 'a\n' }, head: { 'a.md': 'b\n' } };

async function start() {
  const github = await startGitHub(files);
  const actions = await startActions(github);
  actions.addRun({ id: 41, headSha: github.shas.head });
  return {
    github,
    actions,
    ...endingTogether(github, actions),
  };
}

/** Asks in the second attempt of run 41 on the pull request's head, unless told otherwise. */
async function found(github: GitHubServer, changes: { readonly attempt?: number; readonly exitCode?: 0 | 1 | 2 | 3 } = {}) {
  const { attempt = 2, exitCode = 1 } = changes;
  const occasion: Pick<Occasion, 'trigger' | 'client' | 'repository' | 'run' | 'env' | 'log'> = {
    trigger: {
      kind: 'pull-request',
      range: { base: 'main', head: github.shas.head },
      number: github.pull,
      fork: false,
      dependabot: false,
      closed: false,
      opened: false,
    },
    client: clientOf(github),
    repository: github,
    run: { id: 41, attempt, url: '' },
    env: {},
    log: { info: () => {}, warning: () => {} },
  };
  return acceptanceFor(report({ exitCode }), occasion);
}

it.each([1, 2] as const)('an acceptance is found for a check that ended in %d', async (exitCode) => {
  await using story = await start();
  await story.github.comment('mona', '/ratchet accept "wanted"');
  expect(await found(story.github, { exitCode })).toMatchObject({ by: 'mona', reason: 'wanted' });
});

it.each<[string, (story: Awaited<ReturnType<typeof start>>) => Promise<unknown>, Parameters<typeof found>[1]?]>([
  ['by a stranger', ({ github }) => github.comment('mallory', '/ratchet accept "please"')],
  ['that a bot repeats', ({ github }) => github.comment('hubot[bot]', '/ratchet accept "please"')],
  ['that is only quoted', ({ github }) => github.comment('mona', '> /ratchet accept "please"')],
  ['of bad input', ({ github }) => github.comment('mona', '/ratchet accept "please"'), { exitCode: 3 }],
  ['in a first attempt', ({ github }) => github.comment('mona', '/ratchet accept "please"'), { attempt: 1 }],
  [
    'from before this commit’s run began',
    async ({ github, actions }) => {
      await github.comment('mona', '/ratchet accept "please"');
      actions.addRun({ id: 41, headSha: github.shas.head, createdAt: '2099-01-01T00:00:00Z' });
    },
  ],
  [
    'of a commit that is the newest no more',
    async ({ github }) => {
      await github.comment('mona', '/ratchet accept "please"');
      await github.history.branch(github.headBranch, await github.history.commit({ 'a.md': 'c\n' }, github.shas.head));
    },
  ],
  [
    'on a pull request that was closed',
    async ({ github }) => {
      await github.comment('mona', '/ratchet accept "please"');
      await github.closePull();
    },
  ],
  [
    'that GitHub will not tell of',
    async ({ github }) => {
      await github.comment('mona', '/ratchet accept "please"');
      github.faults.add({ path: /\/permission$/, misfortune: { status: 403 } });
    },
  ],
])('an acceptance %s counts for nothing', async (_what, arrange, changes = {}) => {
  await using story = await start();
  await arrange(story);
  expect(await found(story.github, changes)).toBeUndefined();
});
