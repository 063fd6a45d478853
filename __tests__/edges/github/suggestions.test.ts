import { replaceSuggestions } from '../../../src/edges/github/suggestions.ts';
import { clientOf } from '../../support/github/connect.ts';
import { type GitHubServer, startGitHub } from '../../support/github/server.ts';

let github: GitHubServer;
beforeEach(async () => {
  github = await startGitHub({ base: { 'a.md': 'one\n' }, head: { 'a.md': 'two\n' } });
});
afterEach(() => github[Symbol.asyncDispose]());

const suggest = (body: string, objection?: string) =>
  replaceSuggestions(
    clientOf(github),
    { owner: github.owner, repo: github.name, number: github.pull },
    {
      key: 'key',
      head: github.shas.head,
      comments: [{ path: 'a.md', startLine: 1, line: 1, body }],
      objection: async () => objection,
    },
  );
const writes = () => github.log().filter((line) => !line.startsWith('GET'));

it.each(['three', 'three\r\nfour\r\n'])('are left alone where the same stand already: %j', async (text) => {
  expect(await suggest(text)).toEqual({ kind: 'posted', count: 1 });
  expect(await suggest(text)).toEqual({ kind: 'unchanged', count: 1 });
  expect(writes()).toHaveLength(1);
});

it('are taken away for others', async () => {
  await suggest('three');
  expect(await suggest('four')).toEqual({ kind: 'posted', count: 1 });
  expect(github.suggestions().map(({ body }) => body.split('\n').at(-1))).toEqual(['four']);
});

it('are none against an objection', async () => {
  expect(await suggest('three', 'There is a newer head.')).toEqual({ kind: 'withheld', sentence: 'There is a newer head.' });
  expect(writes()).toEqual([]);
});
