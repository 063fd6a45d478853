import { commentKey } from '../../src/action/comment-key.ts';
import { earlierLooks } from '../../src/action/looks.ts';
import type { Occasion } from '../../src/action/occasion.ts';
import { standingOf } from '../../src/action/standing.ts';
import { marker } from '../../src/edges/github/marker.ts';
import { stateMark } from '../../src/edges/github/state.ts';
import { searchSchema, type searchTimes } from '../../src/settings/search.ts';
import { clientOf } from '../support/github/connect.ts';
import { type GitHubServer, startGitHub } from '../support/github/server.ts';

const inputs = { config: '', workingDirectory: '', commentKey: '' };
const looks = [{ path: 'prompts/reply.md', text: 'a'.repeat(64), rows: 'b'.repeat(64) }];
const spent = { calls: 7, inputTokens: 1, outputTokens: 1, minutes: 0 };

type PullRequest = Extract<Occasion['trigger'], { readonly kind: 'pull-request' }>;

interface Run {
  readonly search?: (typeof searchTimes)[number];
  readonly attempt?: number;
  readonly trigger?: Partial<PullRequest>;
}

/** What a run on the pull request knows, which by its event has no comment yet unless told otherwise. */
function knows(github: GitHubServer, { search = 'off', attempt = 1, trigger = {} }: Run = {}) {
  const warnings: string[] = [];
  const occasion = {
    inputs,
    trigger: {
      kind: 'pull-request',
      range: { base: 'main', head: github.shas.head },
      number: github.pull,
      headBranch: 'edit',
      comments: 0,
      fork: false,
      dependabot: false,
      closed: false,
      opened: false,
      ...trigger,
    },
    client: clientOf(github),
    repository: github,
    run: { id: 41, attempt, url: '' },
    log: { info: () => {}, warning: (sentence: string) => void warnings.push(sentence) },
  } as const;
  const standing = standingOf(occasion);
  return { warnings, standing, looks: () => earlierLooks(occasion, { search: searchSchema.parse(search) }, standing) };
}

const start = () => startGitHub({ base: { 'a.md': 'a\n' }, head: { 'a.md': 'b\n' } });
const remember = (github: GitHubServer) =>
  github.comment('github-actions[bot]', `${marker(commentKey(inputs))}${stateMark({ looks, spent })}\nearlier\n`);

it('is asked of nobody where none searches and no comment can stand', async () => {
  await using github = await start();
  await remember(github);
  expect(await knows(github).looks()).toEqual({});
  expect(await knows(github, { trigger: { opened: true } }).looks()).toEqual({ looks: [] });
  expect(github.requests).toEqual([]);
});

it.each<[string, Run]>([
  ['checks search', { search: 'on-regression' }],
  ['the pull request has comments', { trigger: { comments: 1 } }],
  ['the event does not count them', { trigger: { comments: undefined } }],
  ['an earlier attempt may have commented', { attempt: 2 }],
  ['a search proposed the text', { trigger: { headBranch: 'prompt-ratchet/reply-0a1b2c3d', opened: true } }],
  ['the event names no branch', { trigger: { headBranch: undefined } }],
])('is read from the comment where %s', async (_, run) => {
  await using github = await start();
  await remember(github);
  expect(await knows(github, run).looks()).toEqual({ looks });
});

it('is unknown where a later push finds no comment, and none where the pull request was just opened', async () => {
  await using github = await start();
  expect(await knows(github, { search: 'always' }).looks()).toEqual({});
  expect(await knows(github, { search: 'always', trigger: { opened: true } }).looks()).toEqual({ looks: [] });
});

it('is read once, with what earlier runs spent', async () => {
  await using github = await start();
  await remember(github);
  const { looks: read, standing } = knows(github, { search: 'always' });
  expect([await read(), await standing()]).toEqual([{ looks }, { looks, spent }]);
  const reads = github.requests.length;
  await Promise.all([read(), standing()]);
  expect(github.requests).toHaveLength(reads);
});

it('is unknown, with one warning, where GitHub does not let it be read', async () => {
  await using github = await start();
  github.answerInstead(({ path }) =>
    path.endsWith('/comments') ? { status: 404, headers: {}, body: '{"message":"Not Found"}' } : undefined,
  );
  const { looks: read, standing, warnings } = knows(github, { search: 'always' });
  expect([await read(), await standing()]).toEqual([{}, {}]);
  expect(warnings).toHaveLength(1);
});
