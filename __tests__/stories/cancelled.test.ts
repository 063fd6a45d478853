import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGitHub } from '../support/github/server.ts';
import { type SeenRequest, startModelServer } from '../support/model-server.ts';
import { runAction } from '../support/run-action.ts';
import { runCli, writeShop } from '../support/run-cli.ts';
import { obedient, shop } from '../support/shop.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the runner does to a cancelled step, as long as that lives. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation */
function cancel(child: ChildProcess): void {
  child.kill('SIGINT');
  const timers = [setTimeout(() => child.kill('SIGTERM'), 7_500), setTimeout(() => child.kill('SIGKILL'), 10_000)];
  child.once('exit', () => timers.forEach(clearTimeout));
}

const asked = ({ body }: SeenRequest) => body.messages.map(({ content }) => content).join('\n');

it('a cancelled workflow run says how far it came, on the runner first and then on the pull request, and is taken up where it was', async () => {
  let child: ChildProcess | undefined;
  let directory = '';
  const answered: string[] = [];
  await using model = await startModelServer((request, count) => {
    if (count === 20) cancel(child!);
    if (count >= 20 && child?.exitCode === null) return 'hang';
    answered.push(asked(request));
    return obedient(request, count);
  });
  const files = shop(20);
  const base = { ...files, 'prompt-ratchet.yml': `${files['prompt-ratchet.yml']}cache: { dir: ${folder} }\n` };
  await using github = await startGitHub({ base, head: { ...base, 'prompts/reply.md': 'Be wrong on 1/2.\n' } });
  const event = github.event('pull_request');
  const inputs = { 'base-url': model.url, 'api-key': 'sk-story', 'check-run': 'true' };
  const onStart = (started: ChildProcess, own: string) => {
    child = started;
    directory = own;
  };
  /** The job summary when GitHub was first written to. */
  let summary: string | undefined;
  github.answerInstead(({ method, path }) => {
    if (method === 'POST' && /comments|check-runs/.test(path)) summary ??= readFileSync(join(directory, 'GITHUB_STEP_SUMMARY'), 'utf8');
    return undefined;
  });

  const sentence = /Could not measure\*{0,2} `prompts\/reply\.md`\. The run was cancelled with \d+ of 40 trials done\. Merge blocked\./;
  await using first = await runAction({ github, event, inputs, onStart });
  expect([first.exitCode, first.outputs['verdict'], first.outputs['report-json']]).toEqual([2, 'could-not-measure', expect.any(String)]);
  expect(summary).toMatch(sentence);
  expect((await github.comments()).map(({ body }) => body)).toEqual([expect.stringMatching(sentence)]);
  expect(await github.checkRuns()).toMatchObject([{ conclusion: 'failure' }]);

  const before = new Set(answered.splice(0));
  expect(before.size).toBeGreaterThanOrEqual(12);
  await using second = await runAction({ github, event, inputs });
  expect([second.exitCode, second.outputs['verdict']]).toEqual([1, 'regressed']);
  expect(answered.filter((question) => before.has(question))).toEqual([]);
  expect(before.size + answered.length).toBe(40);
  expect((await github.comments()).map(({ body }) => body)).toEqual([expect.stringContaining('of them before it was cut off')]);
});

it('a cancelled workflow run whose report GitHub does not take ends by itself, with the report on the runner', async () => {
  let child: ChildProcess | undefined;
  const base = shop(3);
  await using github = await startGitHub({ base, head: { ...base, 'prompts/reply.md': 'Be wrong on 1/2.\n' } });
  await using model = await startModelServer((_, count) => {
    if (count === 0) github.faults.add({ path: /comments/, misfortune: { status: 503, headers: { 'retry-after': '30' } } });
    cancel(child!);
    return 'hang';
  });
  const onStart = (started: ChildProcess) => {
    child = started;
  };
  const inputs = { 'base-url': model.url, 'api-key': 'sk-story' };
  await using run = await runAction({ github, event: github.event('pull_request'), inputs, onStart });
  expect([run.exitCode, run.summary]).toEqual([2, expect.stringContaining('The run was cancelled with 0 of 6 trials done.')]);
  expect(run.stdout).toContain('GitHub has not taken the report within the time that leaves.');
});

it('a second signal ends a run on a terminal at once, and the next one asks nothing that was answered', async () => {
  let child: ChildProcess | undefined;
  const answered: string[] = [];
  await using model = await startModelServer((request, count) => {
    if (count === 20) {
      const interrupted = child!;
      // Two that come while the process does not get to run are one to it: one after the other, until the second has ended it.
      const presses = setInterval(() => interrupted.kill('SIGINT'), 50);
      interrupted.once('exit', () => clearInterval(presses));
    }
    if (count >= 20 && child !== undefined) return 'hang';
    answered.push(asked(request));
    return obedient(request, count);
  });
  const args = [...(await writeShop(folder)), '--base-url', model.url, '--cache', 'kept'];
  const onStart = (started: ChildProcess) => {
    child = started;
  };
  expect(await runCli({ folder, args, onStart })).toMatchObject({ exitCode: null, stdout: '' });
  child = undefined;
  const before = new Set(answered.splice(0));
  const second = await runCli({ folder, args });
  expect([second.exitCode, answered.filter((question) => before.has(question)).length]).toEqual([1, 0]);
  expect(before.size + answered.length).toBe(40);
  expect(second.stdout).toContain('of them before it was cut off');
});
