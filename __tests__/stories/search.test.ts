import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyPatch } from 'diff';
import { readState } from '../../src/edges/github/state.ts';
import { learner } from '../support/learner.ts';
import { readReport } from '../support/report.ts';
import { runAction } from '../support/run-action.ts';
import { rows } from '../support/shop.ts';
import { commentBody, expectQuiet, onPullRequest } from '../support/story.ts';

const prompt = (question: string) => `{{role "system"}}\n${question}\n\n{{role "user"}}\n{{input}}\n`;
const base = {
  'prompt-ratchet.yml': 'model: { name: parrot, maxOutputTokens: 32 }\nsearch: { when: always, budget: 120 }\n',
  'prompts/reply.md': prompt('Answer the question.'),
  'evals/reply.jsonl': rows(40),
};
const head = { ...base, 'prompts/reply.md': prompt('Please answer the question.') };
const opened = { action: 'opened' };

it('a search after the check is found in the comment, on the lines of the diff and in the report, and leaves the verdict alone', async () => {
  await using story = await onPullRequest({ base, head }, { script: learner, event: opened });
  const { github, run, model } = story;
  expectQuiet(run);
  expect(run.exitCode).toBe(0);
  const body = await commentBody(github);
  expect(body).toContain('🔎 **Verified**: an edit of `prompts/reply.md` scores +');
  expect(body).toContain('+Look twice.');
  expect(body.split('\n')[0]).toContain('`prompts/reply.md`');
  const [suggestion, ...others] = github.suggestions();
  expect(others).toEqual([]);
  expect(suggestion).toMatchObject({ path: 'prompts/reply.md', line: 3 });
  expect(suggestion!.body).toContain('```suggestion\n\nLook twice.\n\n```');
  const report = await readReport(run);
  expect(report.prompts[0]).toMatchObject({ verdict: 'inconclusive', search: { finding: 'verified', suggestion: { isNew: false } } });
  expect(model.seen.length).toBeLessThanOrEqual(80 + 120);
  const { looks } = readState((await github.comments())[0]!.body);
  expect(looks).toEqual([{ path: 'prompts/reply.md', text: report.prompts[0]!.search!.suggestion!.hash, rows: expect.any(String) }]);

  await using again = await runAction({ github, event: github.event('pull_request', { action: 'synchronize' }), inputs: story.given });
  expect(again.exitCode).toBe(0);
  expect(await commentBody(github)).toBe(body);
  expect(github.suggestions()).toEqual([suggestion]);
  expect(readState((await github.comments())[0]!.body).looks).toEqual(looks);

  // Somebody takes the suggestion: from now on only the rows that had no part in its choice judge it.
  const { text } = report.prompts[0]!.search!.suggestion!;
  const pushed = await github.history.commit({ ...head, 'prompts/reply.md': text }, github.shas.head);
  await github.history.branch(github.headBranch, pushed);
  const onPushed = github.event('pull_request', { action: 'synchronize', pull_request: { head: { sha: pushed } } });
  const asked = model.seen.length;
  await using accepted = await runAction({ github, event: onPushed, inputs: story.given });
  const after = await readReport(accepted);
  expect(after.prompts[0]).toMatchObject({
    verdict: 'improved',
    evalSet: { examples: 24 },
    effect: { wins: expect.any(Number), losses: 0 },
  });
  expect(after.prompts[0]!.notes.join()).toContain('it is compared on the other 24 alone');
  expect(after.prompts[0]!.search).toBeUndefined();
  expect(github.suggestions()).toEqual([]);
  expect(model.seen.length - asked).toBeLessThanOrEqual(48);
  expect(await readFile(accepted.outputs['report-json']!, 'utf8')).not.toContain('"promising"');
}, 120_000);

it('where the prompt is as it was before the pull request, nothing is suggested on its lines any more', async () => {
  await using story = await onPullRequest({ base, head }, { script: learner, event: opened });
  const { github } = story;
  expect(github.suggestions()).toHaveLength(1);
  const reverted = await github.history.commit({ ...base, 'README.md': 'new\n' }, github.shas.head);
  await github.history.branch(github.headBranch, reverted);
  const event = github.event('pull_request', { action: 'synchronize', pull_request: { head: { sha: reverted } } });
  await using again = await runAction({ github, event, inputs: story.given });
  const [comment] = await github.comments();
  expect([again.exitCode, comment!.body.split('\n').slice(1), github.suggestions()]).toEqual([
    0,
    ['⚪ **No prompt changed**: nothing to evaluate.'],
    [],
  ]);
  expect(readState(comment!.body).looks).toHaveLength(1);
});

it('whoever takes the suggestion pays nothing for the check of it: the search has asked already', async () => {
  const disk = await mkdtemp(join(tmpdir(), 'prompt-ratchet-disk-'));
  const kept = { ...base, 'prompt-ratchet.yml': `${base['prompt-ratchet.yml']}cache: { dir: ${disk} }\n` };
  const edited = { ...kept, 'prompts/reply.md': head['prompts/reply.md'] };
  await using story = await onPullRequest({ base: kept, head: edited }, { script: learner, event: opened });
  const { github, model, run, given } = story;
  const { text } = (await readReport(run)).prompts[0]!.search!.suggestion!;
  const beside = (name: string) => readFile(join(run.outputs['report-json']!, '..', name), 'utf8');
  expect(await beside('suggestion-1-reply.md')).toBe(text);
  expect(applyPatch(edited['prompts/reply.md'], await beside('suggestions.patch'))).toBe(text);
  const pushed = await github.history.commit({ ...edited, 'prompts/reply.md': text }, github.shas.head);
  await github.history.branch(github.headBranch, pushed);
  const asked = model.seen.length;
  const event = github.event('pull_request', { action: 'synchronize', pull_request: { head: { sha: pushed } } });
  await using accepted = await runAction({ github, event, inputs: given });
  expect((await readReport(accepted)).prompts[0]).toMatchObject({ verdict: 'improved', evalSet: { examples: 24 } });
  expect([model.seen.length - asked, accepted.outputs['calls']]).toEqual([0, '0']);
  await rm(disk, { recursive: true });
});

it('where earlier runs are forgotten a finding is no more than promising', async () => {
  await using story = await onPullRequest({ base, head }, { script: learner, event: { action: 'synchronize' } });
  expect(await commentBody(story.github)).toContain('💡 **Promising**: an edit of `prompts/reply.md` scores +');
  expect(await commentBody(story.github)).toContain('Suggestions only: there were earlier runs on this pull request');
});

it('is off on pull requests unless a team turns it on', async () => {
  const quiet = { 'prompt-ratchet.yml': 'model: { name: parrot, maxOutputTokens: 32 }\n' };
  await using story = await onPullRequest({ base: { ...base, ...quiet }, head: { ...head, ...quiet } }, { script: learner, event: opened });
  expect(story.model.seen).toHaveLength(80);
  expect((await readReport(story.run)).prompts[0]!.search).toBeUndefined();
});
