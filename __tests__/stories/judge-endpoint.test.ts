import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asGoodAsSaid, graded, judgedShop, labels } from '../support/judged.ts';
import { apiError, type ModelServer, type Script, startModelServer } from '../support/model-server.ts';
import { readReport } from '../support/report.ts';
import { readOut, runCli, writeTree } from '../support/run-cli.ts';
import { commentBody, onPullRequest } from '../support/story.ts';

const answers: Script = ({ body }) => ({ content: asGoodAsSaid(body).text });
const grades: Script = ({ body }) => ({ content: graded(body, (quality) => quality).text });

const evalSet = 'scorers: [rubric: { criteria: [clarity], reference: false }]\ncalibration: labels.jsonl\n';

/** A prompt that gets worse, whose judge is asked at another server than the prompt. */
const shopJudgedAt = (url: string) =>
  judgedShop(evalSet, {
    'prompt-ratchet.yml': [
      'model: { name: parrot, temperature: 0, maxOutputTokens: 32 }',
      `judge: { model: small, maxOutputTokens: 200, endpoint: { baseUrl: "${url}", headers: { x-team: "\${TEAM}" } } }\n`,
    ].join('\n'),
    'evals/labels.jsonl': labels(60, (quality) => (quality - 1) / 4),
  });

const worse = { 'prompts/reply.md': 'Answer with quality 2.\n' };
const keys = { OPENAI_API_KEY: 'sk-task', JUDGE_API_KEY: 'sk-judge', TEAM: 'prompts' };

/** What servers were asked for, and by whom. */
const models = ({ seen }: ModelServer) => [...new Set(seen.map(({ body }) => body.model))];
const keysAt = ({ seen }: ModelServer) => [...new Set(seen.map(({ headers }) => headers.authorization))];
const teamsAt = ({ seen }: ModelServer) => [...new Set(seen.map(({ headers }) => headers['x-team']))];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function checkedAt(task: ModelServer, judge: ModelServer, env: Readonly<Record<string, string>> = keys) {
  await writeTree(join(folder, 'old'), shopJudgedAt(judge.url));
  await writeTree(join(folder, 'new'), { ...shopJudgedAt(judge.url), ...worse });
  const args = ['check', '--base', 'old', '--head', 'new', '--out', 'out', '--cache', 'kept', '--base-url', task.url];
  return runCli({ folder, args, env: { ...env, HOME: folder } });
}

it('a judge at an endpoint of its own is asked there with its own key, and nobody else is', async () => {
  await using task = await startModelServer(answers);
  await using judge = await startModelServer(grades);
  const { exitCode, stdout } = await checkedAt(task, judge);
  expect([exitCode, task.seen.length, judge.seen.length]).toEqual([1, 80, 80 + 60]);
  expect([models(task), keysAt(task), teamsAt(task)]).toEqual([['parrot'], ['Bearer sk-task'], [undefined]]);
  expect([models(judge), keysAt(judge), teamsAt(judge)]).toEqual([['small'], ['Bearer sk-judge'], ['prompts']]);
  expect(stdout.replace(/\s+/g, ' ')).toContain(` · 220 calls to ${task.url} · judge: 140 calls to ${judge.url} · `);
  expect((await readOut(folder)).run).toMatchObject({ endpoint: task.url, consulted: { calls: 140, endpoint: judge.url } });
});

it('what one server said is no other server’s verdict: where the judge has moved, it alone is asked again', async () => {
  await using task = await startModelServer(answers);
  await using judge = await startModelServer(grades);
  await checkedAt(task, judge);
  await checkedAt(task, judge);
  expect([task.seen.length, judge.seen.length]).toEqual([80, 140]);
  await using elsewhere = await startModelServer(grades);
  await checkedAt(task, elsewhere);
  expect([task.seen.length, judge.seen.length, elsewhere.seen.length]).toEqual([80, 140, 140]);
});

it('a judge without a key of its own is sent none; that its server wants one is said after one answer', async () => {
  await using task = await startModelServer(answers);
  await using judge = await startModelServer(() => apiError(401, { message: 'No key.' }));
  const { OPENAI_API_KEY, TEAM } = keys;
  const { exitCode, stdout } = await checkedAt(task, judge, { OPENAI_API_KEY, TEAM });
  expect([exitCode, keysAt(judge), task.seen.length]).toEqual([3, [undefined], 1]);
  expect(stdout.replace(/\s+/g, ' ')).toContain(`The model server wants an API key and none is set; ${judge.url} answered 401`);
});

it('a variable that the judge’s headers name and nobody sets is bad input', async () => {
  await using task = await startModelServer(answers);
  await using judge = await startModelServer(grades);
  const { exitCode, stderr } = await checkedAt(task, judge, { OPENAI_API_KEY: 'sk-task' });
  expect([exitCode, task.seen.length, judge.seen.length]).toEqual([3, 0, 0]);
  expect(stderr).toContain('prompt-ratchet.yml: key "judge.endpoint.headers.x-team": the environment variable TEAM is not set.');
});

it('on a pull request the base branch says where the judge is asked, and the input gives its key, which nobody gets to read', async () => {
  await using judge = await startModelServer(({ headers }) => apiError(403, { message: `No access for ${headers.authorization}.` }));
  await using own = await startModelServer(grades);
  const base = shopJudgedAt(judge.url);
  const settings = base['prompt-ratchet.yml'].replace(`, headers: { x-team: "\${TEAM}" }`, '');
  const head = { ...base, ...worse, 'prompt-ratchet.yml': settings.replace(judge.url, own.url) };
  await using story = await onPullRequest(
    { base: { ...base, 'prompt-ratchet.yml': settings }, head },
    { script: answers, inputs: { 'judge-api-key': 'sk-very-secret' } },
  );
  expect([keysAt(judge), own.seen, (await readReport(story.run)).verdict]).toEqual([['Bearer sk-very-secret'], [], 'bad-input']);
  const everything = [story.run.stdout, story.run.stderr, story.run.summary, await commentBody(story.github)].join('\n');
  expect(everything).toContain('::add-mask::sk-very-secret');
  expect(everything.replaceAll('::add-mask::sk-very-secret', '')).not.toContain('sk-very-secret');
  expect(await commentBody(story.github)).toContain('judge from');
});
