import { type CheckRun, writeCheckRun } from '../../../src/edges/github/check-run.ts';
import { clientOf } from '../../support/github/connect.ts';
import { type Contract, startContract } from '../../support/github/contract.ts';
import { type GitHubServer, startGitHub } from '../../support/github/server.ts';

const files = { 'prompts/a.md': 'a\n' };
let github: GitHubServer;
let contract: Contract;
beforeAll(async () => {
  contract = await startContract();
}, 30_000);
afterAll(() => contract[Symbol.asyncDispose]());
beforeEach(async () => {
  github = await startGitHub({ base: files, head: files });
});
afterEach(() => github[Symbol.asyncDispose]());

const checkRun = (fields: Partial<CheckRun> = {}): CheckRun => ({
  name: 'prompt-ratchet',
  headSha: github.shas.head,
  conclusion: 'failure',
  title: 'regressed',
  summary: 'It **regressed**.',
  annotations: [],
  detailsUrl: 'https://github.com/acme/shop/actions/runs/4242',
  externalId: '4242.1',
  ...fields,
});

const annotations = (count: number): CheckRun['annotations'] =>
  Array.from({ length: count }, (_, n) => ({
    path: 'prompts/a.md',
    startLine: n + 1,
    endLine: n + 2,
    level: 'failure',
    title: 'prompts/a.md: regressed',
    message: `number ${n}`,
  }));

const write = (fields?: Partial<CheckRun>, token?: string) => writeCheckRun(clientOf(github, token), github, checkRun(fields));
const writes = () => github.log().filter((line) => !line.startsWith('GET'));

it('is written on the head commit with what it concluded', async () => {
  expect(await write()).toEqual({ kind: 'written', url: expect.stringMatching(/^http/) });
  expect(await github.checkRuns()).toMatchObject([
    {
      name: 'prompt-ratchet',
      head_sha: github.shas.head,
      status: 'completed',
      conclusion: 'failure',
      external_id: '4242.1',
      output: { title: 'regressed', summary: 'It **regressed**.' },
    },
  ]);
});

it.each([
  [0, 1],
  [50, 1],
  [51, 2],
  [100, 2],
  [250, 5],
])('writes %d annotations in %d requests of at most 50', async (count, requests) => {
  await write({ annotations: annotations(count) });
  expect(writes()).toHaveLength(requests);
  const [written] = await github.checkRuns();
  expect(written!.annotations.map(({ message }) => message)).toEqual(annotations(count).map(({ message }) => message));
  expect(await contract.faultsOf(github.requests)).toEqual([]);
});

it('says which permission a token lacks', async () => {
  expect(await write({}, github.readOnlyToken)).toEqual({
    kind: 'forbidden',
    sentence: expect.stringMatching(/403 "Resource not accessible by integration.*the job needs `permissions: checks: write`/),
  });
});

it.each(['drop-after', 'half-body', 'drop'] as const)('stands once though the connection fails (%s)', async (misfortune) => {
  github.faults.add({ method: 'POST', path: /check-runs/, misfortune, times: 1 });
  expect(await write()).toMatchObject({ kind: 'written' });
  expect(await github.checkRuns()).toHaveLength(1);
});

it('gives up on an outage', async () => {
  github.faults.add({ method: 'POST', path: /check-runs/, misfortune: { status: 500 } });
  await expect(write()).rejects.toMatchObject({ name: 'UserError', status: 500 });
  expect(writes()).toHaveLength(3);
});
