import { openRevisions } from '../../../src/edges/github/revisions.ts';
import { clientOf } from '../../support/github/connect.ts';
import type { Misfortune } from '../../support/github/faults.ts';
import { json } from '../../support/github/replies.ts';
import { type GitHubServer, startGitHub } from '../../support/github/server.ts';

const numbered = (count: number, text = (n: number) => `text ${n}\n`) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`prompts/${String(n).padStart(3, '0')}.md`, text(n)]));

/** Reads all of the head's files at the same time; what was asked for besides comparison and listing. */
async function readAll(github: GitHubServer) {
  const range = { base: github.baseBranch, head: github.shas.head };
  const { head } = await openRevisions(clientOf(github), github, range, { workingDirectory: '' });
  const paths = await head.list();
  const before = github.requests.length;
  const texts = await Promise.all(paths.map((path) => head.read(path).catch(String)));
  const asked = github.log().slice(before);
  return {
    texts: Object.fromEntries(paths.map((path, index) => [path, texts[index]])),
    queries: asked.filter((line) => line === 'POST /graphql').length,
    single: asked.filter((line) => line.startsWith('GET /repos/acme/shop/git/blobs/')).length,
  };
}

it('reads what is asked for at the same time in one request, 100 files in each', async () => {
  const files = numbered(250);
  await using github = await startGitHub({ base: {}, head: files });
  expect(await readAll(github)).toEqual({ texts: files, queries: 3, single: 0 });
});

it('reads one file by REST', async () => {
  await using github = await startGitHub({ base: {}, head: { 'a.md': 'a\n' } });
  expect(await readAll(github)).toEqual({ texts: { 'a.md': 'a\n' }, queries: 0, single: 1 });
});

it('asks for large files one by one', async () => {
  const files = { ...numbered(3), 'rows/a.jsonl': 'x'.repeat(900_000), 'rows/b.jsonl': 'y'.repeat(1_200_000) };
  await using github = await startGitHub({ base: {}, head: files });
  expect(await readAll(github)).toEqual({ texts: files, queries: 1, single: 1 });
});

it('takes texts byte for byte: what GraphQL gives otherwise, or not at all, comes by REST', async () => {
  const files = {
    'crlf.md': 'one\r\ntwo\r\n',
    'emoji.md': '😀 ﬀ\n',
    'empty.md': '',
    'latin1.md': Buffer.from('caf\u00e9\n', 'latin1'),
    'binary.md': Buffer.from([0, 1, 2]),
  };
  await using github = await startGitHub({ base: {}, head: files });
  const { texts, queries, single } = await readAll(github);
  expect({ queries, single }).toEqual({ queries: 1, single: 2 });
  expect(texts).toMatchObject({ 'crlf.md': files['crlf.md'], 'emoji.md': files['emoji.md'], 'empty.md': '' });
  expect([texts['latin1.md'], texts['binary.md']]).toEqual([expect.stringContaining('not UTF-8'), expect.stringContaining('not UTF-8')]);
});

it.each<[string, Misfortune]>([
  ['refuses the token', { status: 403, message: 'Resource not accessible by personal access token' }],
  ['is not there', { status: 404 }],
  ['is out of order', { status: 502 }],
  ['is a proxy’s page', 'html'],
  ['drops the connection', 'drop'],
])('goes file by file where GraphQL %s', async (_what, misfortune) => {
  const files = numbered(4);
  await using github = await startGitHub({ base: {}, head: files });
  github.faults.add({ path: /^\/graphql$/, misfortune });
  expect(await readAll(github)).toEqual({ texts: files, queries: 1, single: 4 });
});

it.each([
  ['another text than was committed', { data: { repository: { b0: { text: 'lie\n' }, b1: { text: 'text 1\n' } } } }, 1],
  ['errors', { errors: [{ type: 'NOT_FOUND', message: 'Could not resolve to a Repository.' }], data: { repository: null } }, 2],
  ['nothing it documents', { data: [] }, 2],
])('believes no GraphQL that gives %s', async (_what, answer, single) => {
  const files = numbered(2);
  await using github = await startGitHub({ base: {}, head: files });
  github.answerInstead(({ path }) => (path === '/graphql' ? json(200, answer) : undefined));
  expect(await readAll(github)).toEqual({ texts: files, queries: 1, single });
});

it('says what is wrong where the files themselves cannot be had', async () => {
  await using github = await startGitHub({ base: {}, head: numbered(2) });
  github.faults.add({ path: /graphql|blobs/, misfortune: { status: 403, message: 'Forbidden' } });
  const { texts } = await readAll(github);
  expect(Object.values(texts)).toEqual([expect.stringContaining('contents: read'), expect.stringContaining('contents: read')]);
});

it('finds GraphQL beside the REST API of an Enterprise Server', async () => {
  const files = numbered(2);
  await using github = await startGitHub({ base: {}, head: files, prefix: '/api/v3' });
  expect(await readAll(github)).toEqual({ texts: files, queries: 1, single: 0 });
});
