import { rows, shop } from '../support/shop.ts';
import { expectQuiet, onPullRequest, writes } from '../support/story.ts';

const base = { ...shop(), 'prompts/reply.md': 'You answer.\n\nAnswer the question.\n' };
const head = { ...base, 'prompts/reply.md': 'You answer.\n\nAnswer the question. Be wrong on 1/3.\n' };
const inputs = { 'check-run': 'true' };

it('stands on the pull request’s head commit, and marks the lines that were changed', async () => {
  await using story = await onPullRequest({ base, head }, { inputs });
  expect(story.run.exitCode).toBe(1);
  expect(await story.github.checkRuns()).toMatchObject([
    {
      name: 'prompt-ratchet',
      head_sha: story.github.shas.head,
      conclusion: 'failure',
      details_url: 'https://github.com/acme/shop/actions/runs/4242',
      external_id: '4242.1',
      annotations: [{ path: 'prompts/reply.md', start_line: 3, end_line: 3, annotation_level: 'failure' }],
    },
  ]);
});

it('names files from the repository’s root, and goes by the key that tells a matrix’s jobs apart', async () => {
  const below = (files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`bots/${path}`, text]));
  const further = { ...inputs, 'working-directory': './bots/', 'comment-key': 'small' };
  await using story = await onPullRequest({ base: below(base), head: below(head) }, { inputs: further });
  expect(await story.github.checkRuns()).toMatchObject([
    { name: 'prompt-ratchet (small)', annotations: [{ path: 'bots/prompts/reply.md' }] },
  ]);
});

it('is a success where no prompt changed', async () => {
  await using story = await onPullRequest({ base, head: { ...base, 'README.md': 'x\n' } }, { inputs });
  expect(await story.github.checkRuns()).toMatchObject([{ conclusion: 'success', annotations: [] }]);
});

it('takes the 51st annotation and further ones by an update', async () => {
  const evals = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`evals/p${n}.jsonl`, rows(2, (i) => `answer ${i}, ${n}`)]));
  const prompts = (text: string) => Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`prompts/p${n}.md`, `${text} ${n}\n`]));
  const all = { 'prompt-ratchet.yml': shop()['prompt-ratchet.yml'], ...evals, ...prompts('Answer') };
  await using story = await onPullRequest({ base: all, head: { ...all, ...prompts('Reply') } }, { inputs });
  const [written] = await story.github.checkRuns();
  expect(written!.annotations).toHaveLength(60);
  expect(story.github.log().filter((line) => line.startsWith('PATCH') && line.includes('/check-runs/'))).toHaveLength(1);
});

it('is not there for a stranger’s pull request that could not be evaluated, so that it stays open where it is required', async () => {
  const event = { pull_request: { head: { repo: { full_name: 'mallory/shop' } } } };
  await using story = await onPullRequest({ base, head }, { inputs: { ...inputs, 'api-key': '' }, event });
  expect(story.run.exitCode).toBe(0);
  expect(await story.github.checkRuns()).toEqual([]);
});

it('is not written to a closed pull request', async () => {
  await using story = await onPullRequest({ base, head }, { inputs, event: { pull_request: { state: 'closed' } } });
  expect(writes(story.github)).toEqual([]);
});

it('changes neither verdict nor exit status where it cannot be written', async () => {
  await using story = await onPullRequest({ base, head }, { inputs: { ...inputs, 'github-token': 'ghs_actions_read' } });
  expect(story.run.exitCode).toBe(1);
  expect(story.run.stdout).toContain('the job needs `permissions: checks: write`');
  expectQuiet(story.run);
});
