import { upsertComment } from '../../../src/edges/github/comment.ts';
import { marker } from '../../../src/edges/github/marker.ts';
import { objectionTo } from '../../../src/edges/github/pull.ts';
import { openRevisions } from '../../../src/edges/github/revisions.ts';
import { clientOf } from '../../support/github/connect.ts';
import { type Contract, startContract } from '../../support/github/contract.ts';
import { startGitHub } from '../../support/github/server.ts';

describe('GitHub’s OpenAPI description and GraphQL schema', () => {
  let contract: Contract;
  beforeAll(async () => {
    contract = await startContract();
  }, 30_000);
  afterAll(() => contract[Symbol.asyncDispose]());

  it('allow every request that reads revisions', async () => {
    await using github = await startGitHub({ base: { 'a.md': 'a\n' }, head: { 'a.md': 'b\n', 'c.md': 'c\n' } });
    const range = { base: 'main', head: github.headBranch };
    const { base, head } = await openRevisions(clientOf(github), github, range, { workingDirectory: '' });
    await Promise.all([head.read('a.md'), head.read('c.md')]);
    await base.read('a.md');
    expect(github.log()).toContain('POST /graphql');
    expect(await contract.faultsOf(github.requests)).toEqual([]);
  });

  it('allow every request that keeps a comment', async () => {
    await using github = await startGitHub({ base: { 'a.md': 'a\n' }, head: { 'a.md': 'b\n' } });
    const client = clientOf(github);
    const target = { owner: github.owner, repo: github.name, number: github.pull };
    const own = { key: 'key', create: true, objection: () => objectionTo(client, target, github.shas.head) };
    await upsertComment(client, target, { ...own, body: 'one' });
    await github.comment('github-actions[bot]', `${marker('key')}\nleft behind`);
    await upsertComment(client, target, { ...own, body: 'two' });
    expect(github.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST', 'GET', 'GET', 'GET', 'PATCH', 'DELETE']);
    expect(await contract.faultsOf(github.requests)).toEqual([]);
  });

  it('do find faults', async () => {
    const path = '/repos/acme/shop/issues/1/comments';
    const sent = [
      { method: 'POST', path, query: '', body: { text: 'one' } },
      { method: 'POST', path: '/graphql', query: '', body: { query: '{ repository(owner: "a", name: "b") { nothing } }' } },
    ];
    expect(await contract.faultsOf(sent)).toEqual([
      expect.stringContaining(`POST ${path}: 400`),
      expect.stringContaining('Cannot query field "nothing"'),
    ]);
  });
});
