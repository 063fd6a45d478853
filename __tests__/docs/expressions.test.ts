import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import * as z from 'zod';
import { type Evaluate, loadEvaluator } from './expressions.ts';

const workflow = z.object({ jobs: z.record(z.string(), z.object({ if: z.string() })) });
const conditionOf = async (file: string, job: string) =>
  workflow.parse({ jobs: { [job]: parse(await readFile(`examples/workflows/${file}`, 'utf8')).jobs[job] } }).jobs[job]!.if;

let evaluate: Evaluate;
beforeAll(async () => {
  evaluate = await loadEvaluator();
}, 30_000);

describe('The second stage for forks', () => {
  const run = (changes: object = {}) => ({
    github: {
      repository: 'acme/shop',
      event: { workflow_run: { event: 'pull_request', head_repository: { full_name: 'mallory/shop' }, ...changes } },
    },
  });

  it.each([
    ['a fork’s pull request', run(), true],
    ['the repository’s own pull request', run({ head_repository: { full_name: 'acme/shop' } }), false],
    ['a push', run({ event: 'push' }), false],
  ])('looks at %s', async (_what, context, expected) => {
    expect(evaluate(await conditionOf('forks-second-stage.yml', 'look'), context)).toBe(expected);
  });

  it.each([
    ['[]', false],
    ['[{"prompt":"prompts/reply.md"}]', true],
  ])('evaluates where the look left %s', async (results, expected) => {
    expect(evaluate(await conditionOf('forks-second-stage.yml', 'evaluate'), { needs: { look: { outputs: { results } } } })).toBe(expected);
  });
});

describe('The workflow for commands', () => {
  const comment = (body: string, issue: object = { pull_request: { url: 'x' } }) => ({ github: { event: { comment: { body }, issue } } });

  it.each([
    ['a command on a pull request', comment('/ratchet help'), true],
    ['the same on an issue', comment('/ratchet help', {}), false],
    ['talk', comment('see /ratchet help'), false],
  ])('starts on %s', async (_what, context, expected) => {
    expect(evaluate(await conditionOf('commands.yml', 'command'), context)).toBe(expected);
  });
});
