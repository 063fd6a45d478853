import * as z from 'zod';
import { readState } from '../../src/edges/github/state.ts';
import { endingTogether } from '../support/ending.ts';
import { startGitHub } from '../support/github/server.ts';
import { learner } from '../support/learner.ts';
import { startModelServer } from '../support/model-server.ts';
import { runAction } from '../support/run-action.ts';
import { rows } from '../support/shop.ts';

const base = {
  'prompt-ratchet.yml': 'model: { name: parrot, maxOutputTokens: 32 }\n',
  'prompts/reply.md': '{{role "system"}}\nAnswer the question.\n\n{{role "user"}}\n{{input}}\n',
  'evals/reply.jsonl': rows(40),
};
const seed = { base, head: { ...base, 'README.md': 'new\n' } };

async function optimized(refuses: (method: string, path: string) => boolean = () => false) {
  const github = await startGitHub(seed);
  github.answerInstead(({ method, path }) =>
    refuses(method, path)
      ? { status: 403, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: 'Not permitted here' }) }
      : undefined,
  );
  const model = await startModelServer(learner);
  const inputs = {
    job: 'optimize',
    prompt: 'prompts/reply.md',
    budget: '120',
    'push-token': 'ghs_owner',
    'base-url': model.url,
    'api-key': 'sk-story',
  };
  const run = await runAction({ github, event: github.event('workflow_dispatch'), inputs });
  return {
    github,
    run,
    model,
    ...endingTogether(run, github, model),
  };
}

it('a verified win becomes a branch and a pull request with its evidence, which remembers where its text came from', async () => {
  await using story = await optimized();
  const { github, run, model } = story;
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({ finding: 'verified', 'pull-request': expect.stringContaining('/pull') });
  expect(model.seen.length).toBeLessThanOrEqual(160);
  const opened = github.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/pulls'));
  expect(opened?.body).toMatchObject({
    title: 'Improve prompts/reply.md',
    base: 'edit',
    head: expect.stringMatching(/^prompt-ratchet\/prompts-reply-[0-9a-f]{8}$/),
    body: expect.stringContaining('| Gain on the confirm rows, drawn towards zero |'),
  });
  const tree = github.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/git/trees'));
  expect(JSON.stringify(tree?.body)).toContain('Look twice.');
  const comment = github.requests.find(({ method, path }) => method === 'POST' && /\/issues\/\d+\/comments$/.test(path));
  const { body } = z.object({ body: z.string() }).parse(comment?.body);
  expect(readState(body).looks).toEqual([{ path: 'prompts/reply.md', text: expect.any(String), rows: expect.any(String) }]);
});

it.each([
  [
    'pull requests may not be opened',
    (method: string, path: string) => method === 'POST' && path.endsWith('/pulls'),
    '/compare/edit...prompt-ratchet%2F',
  ],
  ['nothing may be pushed', (method: string, path: string) => method === 'POST' && path.includes('/git/'), 'No branch could be pushed'],
])('where %s a sentence says so, and the patch is there', async (_what, refuses, sentence) => {
  await using story = await optimized(refuses);
  expect(story.run.exitCode).toBe(0);
  expect(story.run.outputs).toMatchObject({ finding: 'verified', 'pull-request': '' });
  expect(story.run.summary).toContain(sentence);
  expect(story.run.summary).toContain('+Look twice.');
});
