import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startActions } from '../support/github/actions.ts';
import { startCacheService } from '../support/github/cache-service.ts';
import { json } from '../support/github/replies.ts';
import { startGitHub } from '../support/github/server.ts';
import { startModelServer } from '../support/model-server.ts';
import { readReport } from '../support/report.ts';
import { runAction } from '../support/run-action.ts';
import { obedient, shop } from '../support/shop.ts';

const base = shop(30);
const wrongOn = (every: number) => ({ ...base, 'prompts/reply.md': `Answer the question. Be wrong on 1/${every}.\n` });

it('pushes to the default branch leave what each prompt came to, and a pull request shows it as a chart', async () => {
  await using github = await startGitHub({ base, head: wrongOn(3) });
  await using cache = await startCacheService();
  await using actions = await startActions(github);
  await using model = await startModelServer(obedient);
  const runner = await mkdtemp(join(tmpdir(), 'prompt-ratchet-runner-'));
  const run = async (name: 'push' | 'pull_request', changes: object = {}) => {
    await rm(runner, { recursive: true });
    await mkdir(join(runner, 'workspace'), { recursive: true });
    const env = { ...cache.env, RUNNER_TEMP: runner, GITHUB_WORKSPACE: join(runner, 'workspace') };
    const inputs = { 'base-url': model.url, 'api-key': 'sk-story', artifact: 'false' };
    await using ran = await runAction({ github, event: github.event(name, { ...changes }), inputs, env });
    return { exitCode: ran.exitCode, report: await readReport(ran), trends: cache.keys.filter((key) => key.includes('history')).length };
  };
  const { history, shas } = github;
  const first = await history.commit(wrongOn(10), shas.base);
  expect(await run('push', { before: shas.base, after: first })).toMatchObject({ trends: 1 });
  // A pull request was merged as the second: mona had accepted what it does.
  const second = await history.commit(wrongOn(5), first);
  actions.addRun({ id: 41, headSha: shas.head });
  await github.comment('mona', '/ratchet accept "for now"');
  github.answerInstead(({ path }) =>
    path.endsWith(`/commits/${second}/pulls`)
      ? json(200, [{ number: github.pull, merged_at: '2026-01-02T00:00:00Z', merge_commit_sha: second, head: { sha: shas.head } }])
      : undefined,
  );
  const merged = await run('push', { before: shas.base, after: second });
  expect([merged.exitCode, merged.report.verdict, merged.report.accepted?.by, merged.trends]).toEqual([0, 'regressed', 'mona', 2]);
  const feature = await run('push', { ref: 'refs/heads/feature', before: shas.base, after: second });
  const asked = await run('pull_request');
  expect([feature.trends, asked.trends]).toEqual([2, 2]);
  expect(asked.report.prompts[0]!.trend).toEqual([
    { sha: first, score: 0.9 },
    { sha: second, score: 0.8 },
  ]);
  expect((await github.comments()).at(-1)!.body).toContain(`x-axis ["${first.slice(0, 7)}", "${second.slice(0, 7)}", "here"]`);
  await rm(runner, { recursive: true });
});
