import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventOf } from './github/events.ts';
import { runAction } from './run-action.ts';

const script = `
import { appendFileSync, readFileSync } from 'node:fs';
const { env } = process;
appendFileSync(env.GITHUB_OUTPUT, 'one=1\\nmany<<E_1\\na=b\\n\\nc<<d\\nE_1\\nempty=\\n');
appendFileSync(env.GITHUB_STEP_SUMMARY, '# Summary\\n');
const { pull_request } = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8'));
console.log(JSON.stringify({
  inputs: Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('INPUT_'))),
  number: pull_request.number, api: env.GITHUB_API_URL, key: env.KEY, leaked: env.npm_lifecycle_event ?? null,
}));
console.error('noise');
process.exitCode = 3;
`;

const metadata = `
inputs:
  github-token: { default: '\${{ github.token }}' }
  working-directory: { default: . }
  api-key: {}
  max-calls: { default: 5 }
`;

it('runs an action as the runner does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'run-action-'));
  await writeFile(join(folder, 'index.mjs'), script);
  await writeFile(join(folder, 'action.yml'), metadata);
  const shas = { tip: 'a'.repeat(40), head: 'b'.repeat(40) };
  const event = eventOf('pull_request', {
    owner: 'acme',
    name: 'shop',
    baseBranch: 'main',
    headBranch: 'edit',
    pull: 7,
    commentCount: 0,
    shas,
  });
  const run = await runAction({
    github: { url: 'http://127.0.0.1:9', token: 'ghs_x', owner: 'acme', name: 'shop' },
    event,
    inputs: { 'working-directory': 'bots' },
    env: { KEY: 'k' },
    bundle: join(folder, 'index.mjs'),
    metadata: join(folder, 'action.yml'),
  });
  expect(run).toMatchObject({ exitCode: 3, stderr: 'noise\n', summary: '# Summary\n' });
  expect(run.outputs).toEqual({ one: '1', many: 'a=b\n\nc<<d', empty: '' });
  expect(JSON.parse(run.stdout)).toEqual({
    inputs: { 'INPUT_GITHUB-TOKEN': 'ghs_x', 'INPUT_WORKING-DIRECTORY': 'bots', 'INPUT_API-KEY': '', 'INPUT_MAX-CALLS': '5' },
    number: 7,
    api: 'http://127.0.0.1:9',
    key: 'k',
    leaked: null,
  });
  await access(run.directory);
  await run[Symbol.asyncDispose]();
  await expect(access(run.directory)).rejects.toThrow('ENOENT');
  await rm(folder, { recursive: true });
});
