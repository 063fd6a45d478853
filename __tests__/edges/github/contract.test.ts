import { jest } from '@jest/globals';
import { simulation } from '@simulacrum/github-api-simulator';
import { upsertComment } from '../../../src/edges/github/comment.ts';
import { marker } from '../../../src/edges/github/marker.ts';
import { objectionTo } from '../../../src/edges/github/pull.ts';
import { openRevisions } from '../../../src/edges/github/revisions.ts';
import { clientOf } from '../../support/github/connect.ts';
import { startGitHub } from '../../support/github/server.ts';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
}

/** Sends a request to a server that checks it against GitHub's OpenAPI description; the status it answers. */
async function checked(port: number | undefined, { method, path, query, body }: Sent): Promise<number> {
  const url = `http://127.0.0.1:${port}${path.split('/').map(encodeURIComponent).join('/')}${query}`;
  const headers = { 'content-type': 'application/json' };
  return (await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).status;
}

describe('GitHub’s OpenAPI description', () => {
  it('allows every request of a check', async () => {
    const files = { 'prompts/a.md': 'a\n' };
    await using github = await startGitHub({ base: files, head: { 'prompts/a.md': 'b\n' } });
    const client = clientOf(github);
    const target = { owner: github.owner, repo: github.name, number: github.pull };
    const revisions = await openRevisions(client, github, { base: 'main', head: github.headBranch }, { workingDirectory: '' });
    await revisions.head.read('prompts/a.md');
    const own = { key: 'key', create: true, objection: () => objectionTo(client, target, github.shas.head) };
    await upsertComment(client, target, { ...own, body: 'one' });
    await github.comment('github-actions[bot]', `${marker('key')}\nleft behind`);
    await upsertComment(client, target, { ...own, body: 'two' });
    expect(github.requests.slice(4).map(({ method }) => method)).toEqual(['GET', 'GET', 'POST', 'GET', 'GET', 'GET', 'PATCH', 'DELETE']);

    const complaints = jest.spyOn(console, 'error').mockImplementation(() => {});
    const simulator = await simulation().listen(0);
    try {
      const statuses = await Promise.all(github.requests.map((request) => checked(simulator.port, request)));
      expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 201, 200, 200, 200, 200, 204]);
      const created = github.requests[6]!;
      expect(await checked(simulator.port, { ...created, body: { text: 'one' } })).toBe(400);
    } finally {
      await simulator.ensureClose();
      complaints.mockRestore();
    }
  }, 30_000);
});
