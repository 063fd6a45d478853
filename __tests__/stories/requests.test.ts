import { rows, shop } from '../support/shop.ts';
import { onPullRequest } from '../support/story.ts';

const heads = (count: number, text: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`prompts/p${n}.md`, `Answer the question${text}. As ${n}.\n`]));

it.each([
  ['', {}],
  [' where the base branch moved on', { 'README.md': 'later\n' }],
])('a check of one prompt, with comment and check run, takes at most 12 requests%s', async (_, later) => {
  const base = { ...shop(20), 'evals/reply.yml': 'examples: reply.jsonl\n' };
  const head = { ...base, 'prompts/reply.md': 'Answer the question, please.\n' };
  await using story = await onPullRequest({ base, head, tip: { ...base, ...later } }, { inputs: { 'check-run': 'true' } });
  expect(story.run.exitCode).toBe(0);
  expect(await story.github.comments()).toHaveLength(1);
  expect(await story.github.checkRuns()).toHaveLength(1);
  expect(story.github.requests.length).toBeLessThanOrEqual(12);
});

it('200 changed prompts with an eval set each take no more than 30', async () => {
  const evals = Object.fromEntries(
    Array.from({ length: 200 }, (_, n) => [`evals/p${n}.jsonl`, rows(2, (index) => `answer ${index}, ${n}`)]),
  );
  const { 'prompt-ratchet.yml': settings } = shop();
  const base = { 'prompt-ratchet.yml': settings, ...heads(200, ''), ...evals };
  await using story = await onPullRequest({ base, head: { ...base, ...heads(200, ', please') } });
  expect(story.run.outputs['verdict']).toBe('inconclusive');
  expect(JSON.parse(story.run.outputs['results']!)).toHaveLength(200);
  expect(story.github.requests.length).toBeLessThanOrEqual(30);
});
