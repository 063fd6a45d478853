import { readFile } from 'node:fs/promises';
import { applyPatch } from 'diff';
import { strFromU8, unzipSync } from 'fflate';
import * as z from 'zod';
import { readState } from '../../src/edges/github/state.ts';
import { endingTogether } from '../support/ending.ts';
import { startActions } from '../support/github/actions.ts';
import { json } from '../support/github/replies.ts';
import { startGitHub } from '../support/github/server.ts';
import { startModelServer } from '../support/model-server.ts';
import { type ActionRun, runAction } from '../support/run-action.ts';
import { expectQuiet } from '../support/story.ts';

const files = ['prompt-ratchet.yml', 'prompts/triage.md', 'evals/triage.yml', 'evals/triage.jsonl'];
const put = z.object({ message: z.string(), content: z.base64(), sha: z.string(), branch: z.string() });

/** A pull request that brings the weak example prompt; run 60 is the one that comments start. */
async function start(prompt?: string) {
  const weak = Object.fromEntries(
    await Promise.all(files.map(async (path) => [path, await readFile(`examples/weak-prompt/${path}`, 'utf8')])),
  );
  const github = await startGitHub({
    base: { ...weak, 'prompts/triage.md': `${weak['prompts/triage.md']}\nPlease.\n` },
    head: { ...weak, ...(prompt !== undefined && { 'prompts/triage.md': prompt }) },
  });
  const actions = await startActions(github);
  actions.addRun({ id: 60, headSha: github.shas.tip, event: 'issue_comment' });
  const commented = async (body: string, inputs: Readonly<Record<string, string>> = {}) => {
    const id = await github.comment('mona', body);
    const comment = { id, body, created_at: new Date().toISOString(), user: { login: 'mona', type: 'User' } };
    const run: ActionRun = await runAction({ github, event: github.event('issue_comment', { comment }), inputs, env: actions.env(60) });
    expectQuiet(run);
    await run[Symbol.asyncDispose]();
    const reactions = github.requests.filter(({ path }) => path.endsWith(`/comments/${id}/reactions`));
    const [, sign] = reactions.map(({ body: sent }) => z.object({ content: z.string() }).parse(sent).content);
    return { exitCode: run.exitCode, sign, reply: (await github.comments()).at(-1)!.body, stdout: run.stdout };
  };
  /** The check of the pull request as it was opened: its comment remembers what later searches look at. */
  const checked = async () => {
    await using run = await runAction({ github, event: github.event('pull_request', { action: 'opened' }), env: actions.env(59) });
    expectQuiet(run);
    const [comment] = await github.comments();
    return comment!.id;
  };
  const looks = async (id: number) => readState((await github.comments()).find((one) => one.id === id)!.body).looks;
  const suggested = async () => {
    const kept = actions.artifacts.find(({ name }) => name.startsWith('prompt-ratchet-suggestions'))!;
    const file = strFromU8(unzipSync(kept.bytes)['suggestions.json']!);
    return z.object({ suggestions: z.array(z.object({ text: z.string() })) }).parse(JSON.parse(file)).suggestions;
  };
  const commits = () => github.requests.filter(({ method, path }) => method === 'PUT' && path.includes('/contents/'));
  return {
    github,
    actions,
    commented,
    checked,
    looks,
    suggested,
    commits,
    ...endingTogether(github, actions),
  };
}

it('a search by comment answers with its finding, and what it verified is committed by another comment, once', async () => {
  await using story = await start();
  const memory = await story.checked();
  expect(await story.looks(memory)).toEqual([]);
  const searched = await story.commented('/ratchet optimize 200');
  expect([searched.exitCode, searched.sign]).toEqual([0, '+1']);
  expect(searched.reply).toContain('erified');
  expect(await story.looks(memory)).toEqual([{ path: 'prompts/triage.md', text: expect.any(String), rows: expect.any(String) }]);
  expect(searched.reply).toContain('To commit what is verified, comment `/ratchet apply`.');
  expect(story.commits()).toEqual([]);

  const pushing = { 'push-token': 'ghs_owner' };
  const applied = await story.commented('/ratchet apply', pushing);
  expect([applied.sign, applied.reply]).toEqual(['+1', expect.stringContaining('Committed: `prompts/triage.md`.')]);
  const [commit, ...others] = story.commits();
  expect(others).toEqual([]);
  const { branch, content } = put.parse(commit!.body);
  const [suggestion] = await story.suggested();
  expect([branch, Buffer.from(content, 'base64').toString()]).toEqual([story.github.headBranch, suggestion!.text]);

  const again = await story.commented('/ratchet apply', pushing);
  expect([again.sign, story.commits().length]).toEqual(['-1', 1]);
  expect(again.reply).toContain('has changed since the search');
});

it('what was verified for a fork’s pull request is shown as a patch, since its branch is not ours to push to', async () => {
  await using story = await start();
  await story.checked();
  const { owner, name, pull, shas, headBranch } = story.github;
  story.github.answerInstead(({ method, path }) => {
    if (method !== 'GET' || path !== `/repos/${owner}/${name}/pulls/${pull}`) return undefined;
    const head = { sha: shas.head, ref: headBranch, repo: { full_name: `mallory/${name}` } };
    return json(200, { number: pull, state: 'open', base: { ref: 'main', repo: { full_name: `${owner}/${name}` } }, head });
  });
  expect((await story.commented('/ratchet optimize 200')).reply).toContain('To commit what is verified, comment `/ratchet apply`.');
  const applied = await story.commented('/ratchet apply', { 'push-token': 'ghs_owner' });
  expect([applied.exitCode, applied.sign, story.commits()]).toEqual([0, '-1', []]);
  expect(applied.reply).toContain('The branch is a fork’s, which is not ours to push to.');
  const [, patch] = /^```diff\n([\s\S]*?\n)```$/m.exec(applied.reply) ?? [];
  const before = await readFile('examples/weak-prompt/prompts/triage.md', 'utf8');
  expect(applyPatch(before, patch!)).toBe((await story.suggested())[0]!.text);
});

it.each<[string, number, string, string]>([
  ['the token may not push', 403, 'Resource not accessible by integration', 'contents: write'],
  ['somebody has pushed meanwhile', 409, 'prompts/triage.md does not match aaaaaaa', 'does not match'],
])('where %s, nothing is committed and a sentence says so', async (_what, status, message, words) => {
  await using story = await start();
  await story.checked();
  await story.commented('/ratchet optimize 200');
  story.github.faults.add({ method: 'PUT', path: /\/contents\//, misfortune: { status, message } });
  const applied = await story.commented('/ratchet apply');
  expect([applied.exitCode, applied.sign, story.commits().length]).toEqual([0, '-1', 1]);
  expect(applied.reply).toContain(words);
});

it('whoever opens a pull request chooses no model by its prompt, and what they wrote reaches neither comment nor log as anything but text', async () => {
  const hostile = '@octo-org/all ![x](https://evil.example/x.png)';
  await using model = await startModelServer(() => ({ content: 'billing' }));
  await using story = await start(`---\nmodel: "costly\\n::add-mask::owned ${hostile}"\n---\nSort it.\n`);
  const asked = await story.commented('/ratchet optimize 200', { 'api-key': 'sk-story', 'base-url': model.url });
  expect([asked.exitCode, asked.sign, model.seen]).toEqual([0, '-1', []]);
  expect(asked.reply).toContain('is not among the models that the settings allow');
  expect(asked.reply.replaceAll(/(`+)[^`][\s\S]*?\1/g, '')).not.toMatch(/@octo|evil\.example/);
  expect(asked.stdout).not.toMatch(/^\s*::add-mask::owned/m);
});

it('a search is worth no more than a look where nobody knows how many there were', async () => {
  await using story = await start();
  const searched = await story.commented('/ratchet optimize 200');
  expect(searched.reply).toContain('romising');
  expect(searched.reply).not.toContain('`/ratchet apply`');
});

it('nothing is committed that no search by comment has left', async () => {
  await using story = await start();
  const none = await story.commented('/ratchet apply');
  expect([none.sign, none.reply]).toEqual(['-1', expect.stringContaining('`/ratchet optimize` starts one')]);
  const forged = {
    'suggestions.json': JSON.stringify({ suggestions: [{ path: 'prompts/triage.md', blob: 'a'.repeat(40), text: 'evil' }] }),
  };
  story.actions.addRun({ id: 61, headSha: story.github.shas.head });
  story.actions.addArtifact(61, `prompt-ratchet-suggestions-${story.github.pull}`, forged);
  story.actions.addRun({ id: 62, headSha: story.github.shas.head, event: 'issue_comment', path: '.github/workflows/evil.yml' });
  story.actions.addArtifact(62, `prompt-ratchet-suggestions-${story.github.pull}`, forged);
  const lied = await story.commented('/ratchet apply');
  expect([lied.sign, lied.reply]).toEqual(['-1', expect.stringContaining('`/ratchet optimize` starts one')]);
  story.actions.addRun({ id: 63, headSha: story.github.shas.head, event: 'issue_comment' });
  story.actions.addArtifact(63, `prompt-ratchet-suggestions-${story.github.pull}`, forged);
  expect((await story.commented('/ratchet apply')).reply).toContain('has changed since the search');
  expect(story.commits()).toEqual([]);
});
