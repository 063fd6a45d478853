import { readdir, readFile } from 'node:fs/promises';
import * as z from 'zod';
import { downloadArtifact, ownArtifacts } from '../../../src/edges/github/artifacts.ts';
import { writeCheckRun } from '../../../src/edges/github/check-run.ts';
import { mayWrite, newestCommit, react, runAgain, runsOn } from '../../../src/edges/github/commands.ts';
import { commitFile, fileAt } from '../../../src/edges/github/contents.ts';
import { marker } from '../../../src/edges/github/marker.ts';
import { gitObjects } from '../../../src/edges/github/objects.ts';
import { proposeFile } from '../../../src/edges/github/proposal.ts';
import { mergedAs, objectionTo, pullsFrom } from '../../../src/edges/github/pull.ts';
import { openRevisions } from '../../../src/edges/github/revisions.ts';
import { workflowRun } from '../../../src/edges/github/runs.ts';
import { replaceSuggestions } from '../../../src/edges/github/suggestions.ts';
import { startActions } from '../../support/github/actions.ts';
import { clientOf } from '../../support/github/connect.ts';
import { type Contract, startContract } from '../../support/github/contract.ts';
import type { RecordedRequest } from '../../support/github/front.ts';
import { json } from '../../support/github/replies.ts';
import { type GitHubServer, startGitHub } from '../../support/github/server.ts';
import { upsert } from '../../support/github/upsert.ts';

const targetOf = ({ owner, name, pull }: GitHubServer) => ({ owner, repo: name, number: pull });

/** What the product does with GitHub, and the requests that takes. */
const scenarios: Readonly<Record<string, readonly [(github: GitHubServer) => Promise<unknown>, methods: string]>> = {
  'reads revisions': [
    async (github) => {
      const range = { base: 'main', head: github.headBranch };
      const { base, head } = await openRevisions(clientOf(github), github, range, { workingDirectory: '' });
      await Promise.all([head.read('a.md'), head.read('c.md')]);
      await base.read('a.md');
    },
    'GET GET GET GET POST GET',
  ],
  'reads one blob': [
    async (github) => {
      const objects = gitObjects(clientOf(github), github);
      const { tree } = await objects.tree(github.shas.head, true);
      await objects.blob(tree[0]!.sha);
    },
    'GET GET',
  ],
  'keeps a comment': [
    async (github) => {
      const client = clientOf(github);
      const own = { key: 'key', objection: () => objectionTo(client, targetOf(github), github.shas.head) };
      await upsert(client, targetOf(github), { ...own, body: 'one' });
      await github.comment('github-actions[bot]', `${marker('key')}\nleft behind`);
      await upsert(client, targetOf(github), { ...own, body: 'two' });
    },
    'GET GET POST GET GET GET PATCH DELETE',
  ],
  'keeps a comment by a person’s token': [
    async (github) => {
      await github.comment('mona', `${marker('key')}\none`);
      await upsert(clientOf(github, github.userToken), targetOf(github), { key: 'key', body: 'two' });
    },
    'GET GET PATCH',
  ],
  'writes a check run, looks whether it stands, and adds to it': [
    async (github) => {
      github.faults.add({ method: 'POST', path: /check-runs/, misfortune: 'drop-after', times: 1 });
      const annotation = { path: 'a.md', startLine: 1, endLine: 2, level: 'warning', title: 'a', message: 'b' } as const;
      await writeCheckRun(clientOf(github), github, {
        name: 'prompt-ratchet',
        headSha: github.shas.head,
        conclusion: 'neutral',
        title: 'inconclusive',
        summary: 'It is **inconclusive**.',
        annotations: Array.from({ length: 51 }, () => annotation),
        detailsUrl: 'https://github.com/acme/shop/actions/runs/4242',
        externalId: '4242.1',
      });
    },
    'POST GET PATCH',
  ],
  'suggests edits, and takes them away': [
    async (github) => {
      const client = clientOf(github);
      const own = { key: 'key', head: github.shas.head, objection: async () => undefined };
      const comment = { path: 'a.md', startLine: 1, line: 2, body: 'x' };
      await replaceSuggestions(client, targetOf(github), { ...own, comments: [comment, { ...comment, startLine: 2 }] });
      await replaceSuggestions(client, targetOf(github), { ...own, comments: [{ ...comment, body: 'y' }] });
    },
    'GET POST GET DELETE DELETE POST',
  ],
  'proposes a file, or commits one': [
    async (github) => {
      const client = clientOf(github, 'ghs_owner');
      const file = { path: 'prompts/a.md', text: 'c\n', message: 'Improve it' };
      const pull = { base: 'main', branch: 'better', title: 'Improve it', body: 'Because.' };
      await proposeFile(client, github, { ...file, branch: 'better', parent: github.shas.head }, pull);
      await commitFile(client, github, { ...file, branch: github.headBranch, replaces: 'a'.repeat(40) }).catch(() => undefined);
    },
    'GET POST POST POST POST PUT',
  ],
  'answers a command': [
    async (github) => {
      await using actions = await startActions(github);
      actions.addRun({ id: 41, headSha: github.shas.head });
      const client = clientOf(github);
      await mayWrite(client, github, 'mona');
      await newestCommit(client, targetOf(github));
      await react(client, targetOf(github), await github.comment('mona', '/ratchet rerun'), 'eyes');
      await runsOn(client, github, github.shas.head, '.github/workflows/prompts.yml');
      await runAgain(client, github, 41, true);
      await runAgain(client, github, 41, false);
    },
    'GET GET POST GET POST POST',
  ],
  'finds what an earlier run came to': [
    async (github) => {
      await using actions = await startActions(github);
      actions.addRun({ id: 41, headSha: github.shas.head });
      actions.addArtifact(41, 'prompt-ratchet-0123', { 'report.json': '{}' });
      const client = clientOf(github);
      const [artifact] = await ownArtifacts(client, github, 'prompt-ratchet-0123');
      const run = await workflowRun(client, github, artifact!.runId);
      await fileAt(client, github, '.github/workflows/prompts.yml', run.headSha);
      await downloadArtifact(client, github, artifact!.id);
    },
    'GET GET GET GET',
  ],
  'finds the pull request of a fork’s commit, or of a merged one': [
    async (github) => {
      const client = clientOf(github);
      await pullsFrom(client, github, { headRepository: 'mallory/shop', headBranch: 'edit', headSha: github.shas.head });
      github.answerInstead(({ path }) => (path.endsWith('/pulls') && path.includes('/commits/') ? json(200, []) : undefined));
      await mergedAs(client, github, github.shas.head);
    },
    'GET GET',
  ],
};

const played = new Map<string, Promise<readonly RecordedRequest[]>>();

async function play(name: string): Promise<readonly RecordedRequest[]> {
  await using github = await startGitHub({ base: { 'a.md': 'a\n' }, head: { 'a.md': 'b\nc\n', 'c.md': 'c\n' } });
  await scenarios[name]![0](github);
  return github.requests;
}

/** Each is played once, whichever test asks for it. */
function requestsOf(name: string): Promise<readonly RecordedRequest[]> {
  if (!played.has(name)) played.set(name, play(name));
  return played.get(name)!;
}

const endpoint = z.object({ method: z.string(), url: z.string() });
const at = (whole: unknown, ...keys: readonly string[]): unknown => keys.reduce((part, key) => Reflect.get(Object(part), key), whole);

/** The methods of the client that the product's sources name, with the requests that they send. */
async function endpointsUsed(): Promise<{ readonly name: string; readonly sends: (request: RecordedRequest) => boolean }[]> {
  const { rest } = clientOf({ url: 'http://localhost', token: 'ghs_none' });
  const folder = 'src/edges/github/';
  const sources = await Promise.all((await readdir(folder)).map((file) => readFile(folder + file, 'utf8')));
  const names = new Set(
    sources.flatMap((text) => [...text.matchAll(/\brest\s*\.(\w+)\s*\.(\w+)/g)].map(([, group, call]) => `${group} ${call}`)),
  );
  return [...names].map((name) => {
    const { method, url } = endpoint.parse(at(rest, ...name.split(' '), 'endpoint', 'DEFAULTS'));
    const pattern = new RegExp(`^${url.replaceAll(/\{(path|ref|basehead)\}/g, '.+').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    return { name, sends: (request) => request.method === method && pattern.test(request.path) };
  });
}

describe('GitHub’s OpenAPI description and GraphQL schema', () => {
  let contract: Contract;
  beforeAll(async () => {
    contract = await startContract();
  }, 30_000);
  afterAll(() => contract[Symbol.asyncDispose]());

  it.each(Object.keys(scenarios))('allow every request where the product %s', async (name) => {
    const [, methods] = scenarios[name]!;
    const requests = await requestsOf(name);
    expect(requests.map(({ method }) => method).join(' ')).toBe(methods);
    expect(await contract.faultsOf(requests)).toEqual([]);
  });

  it('are asked about every request that the product can send', async () => {
    const sent = (await Promise.all(Object.keys(scenarios).map(requestsOf))).flat();
    const used = await endpointsUsed();
    expect(used.filter(({ sends }) => !sent.some(sends)).map(({ name }) => name)).toEqual([]);
    expect(used.length).toBeGreaterThan(20);
    expect(sent.map(({ path }) => path)).toContain('/graphql');
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
