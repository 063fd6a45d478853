import { mayWrite, newestCommit, react, runAgain, runsOn } from '../../../src/edges/github/commands.ts';
import { upsertComment } from '../../../src/edges/github/comment.ts';
import { commitFile } from '../../../src/edges/github/contents.ts';
import { marker } from '../../../src/edges/github/marker.ts';
import { proposeFile } from '../../../src/edges/github/proposal.ts';
import { objectionTo } from '../../../src/edges/github/pull.ts';
import { openRevisions } from '../../../src/edges/github/revisions.ts';
import { replaceSuggestions } from '../../../src/edges/github/suggestions.ts';
import { startActions } from '../../support/github/actions.ts';
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

  it('allow every request that suggests edits, and takes them away', async () => {
    await using github = await startGitHub({ base: { 'a.md': 'a\n' }, head: { 'a.md': 'b\nc\n' } });
    const client = clientOf(github);
    const target = { owner: github.owner, repo: github.name, number: github.pull };
    const own = { key: 'key', head: github.shas.head, objection: async () => undefined };
    const comment = { path: 'a.md', startLine: 1, line: 2, body: 'x' };
    await replaceSuggestions(client, target, { ...own, comments: [comment, { ...comment, startLine: 2 }] });
    await replaceSuggestions(client, target, { ...own, comments: [{ ...comment, body: 'y' }] });
    expect(github.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'DELETE', 'DELETE', 'POST']);
    expect(await contract.faultsOf(github.requests)).toEqual([]);
  });

  it('allow every request that proposes a file, or commits one', async () => {
    await using github = await startGitHub({ base: { 'a.md': 'a\n' }, head: { 'a.md': 'b\n' } });
    const client = clientOf(github, 'ghs_owner');
    const file = { path: 'prompts/a.md', text: 'c\n', message: 'Improve it' };
    const pull = { base: 'main', branch: 'better', title: 'Improve it', body: 'Because.' };
    await proposeFile(client, github, { ...file, branch: 'better', parent: github.shas.head }, pull);
    await commitFile(client, github, { ...file, branch: github.headBranch, replaces: 'a'.repeat(40) }).catch(() => undefined);
    expect(github.requests.filter(({ method }) => method !== 'GET').map(({ method }) => method)).toEqual([
      'POST',
      'POST',
      'POST',
      'POST',
      'PUT',
    ]);
    expect(await contract.faultsOf(github.requests)).toEqual([]);
  });

  it('allow every request that answers a command', async () => {
    await using github = await startGitHub({ base: { 'a.md': 'a\n' }, head: { 'a.md': 'b\n' } });
    await using actions = await startActions(github);
    actions.addRun({ id: 41, headSha: github.shas.head });
    const client = clientOf(github);
    const target = { owner: github.owner, repo: github.name, number: github.pull };
    await mayWrite(client, github, 'mona');
    await newestCommit(client, target);
    await react(client, target, await github.comment('mona', '/ratchet rerun'), 'eyes');
    await runsOn(client, github, github.shas.head, '.github/workflows/prompts.yml');
    await runAgain(client, github, 41, true);
    await runAgain(client, github, 41, false);
    expect(github.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST', 'GET', 'POST', 'POST']);
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
