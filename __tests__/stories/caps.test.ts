import { marker } from '../../src/edges/github/marker.ts';
import { readState, stateMark } from '../../src/edges/github/state.ts';
import { endingTogether } from '../support/ending.ts';
import { startGitHub } from '../support/github/server.ts';
import { startModelServer } from '../support/model-server.ts';
import { readReport } from '../support/report.ts';
import { runAction } from '../support/run-action.ts';
import { obedient, shop } from '../support/shop.ts';
import { onPullRequest } from '../support/story.ts';

const examples = 30;
const prices = 'prices: { parrot: { inputPer1M: 1000, outputPer1M: 1000 } }\n';

/** A pull request that edits the shop's prompt, under these caps. */
function capped(caps: string, more = prices) {
  const base = { ...shop(examples), 'prompt-ratchet.yml': `model: { name: parrot, maxOutputTokens: 32 }\n${more}caps: { ${caps} }\n` };
  return { base, head: { ...base, 'prompts/reply.md': 'Answer the question, please.\n' } };
}

/** Every answer counts 10 tokens in and 2 out: 0.012 USD. */
describe.each([
  ['costUsd', 'costUsd: 0.5', { allowed: 0.5 }],
  ['inputTokens', 'inputTokens: 450', { allowed: 450 }],
  ['outputTokens', 'outputTokens: 100', { allowed: 100 }],
] as const)('a cap on %s that is reached', (cap, caps, { allowed }) => {
  it('ends as could not measure, exit code 2, without having been passed, and says what it would have taken', async () => {
    await using story = await onPullRequest(capped(caps));
    expect(story.run.exitCode).toBe(2);
    expect(story.run.outputs).toMatchObject({ verdict: 'could-not-measure', passed: 'false' });
    const [reason] = (await readReport(story.run)).prompts[0]!.because;
    expect(reason).toMatchObject({ rule: 'budget', cap, allowed });
    expect(reason?.rule === 'budget' && reason.needed).toBeGreaterThan(allowed);
    const used = {
      costUsd: story.model.seen.length * 0.012,
      inputTokens: 10 * story.model.seen.length,
      outputTokens: 2 * story.model.seen.length,
    };
    expect(used[cap]).toBeLessThanOrEqual(allowed);
    expect(story.model.seen.length).toBeGreaterThan(0);
    expect(story.run.summary).toContain('**Could not measure** `prompts/reply.md`. The cap of');
  });
});

describe('a cap that is reached', () => {
  it('lets the check pass with the same verdict where the team accepts that', async () => {
    await using story = await onPullRequest(capped('calls: 59, onReached: warn'));
    expect(story.run.exitCode).toBe(0);
    expect(story.run.outputs).toMatchObject({ verdict: 'could-not-measure', passed: 'true', calls: '0' });
    expect(story.run.summary).toContain('Merge not blocked.');
    expect(story.run.stdout).toContain('::warning::');
  });

  it('in minutes cuts short what hangs', async () => {
    await using story = await onPullRequest(capped('minutes: 0.02'), {
      script: (seen, count) => (count < 5 ? obedient(seen, count) : 'hang'),
    });
    expect(story.run.exitCode).toBe(2);
    expect((await readReport(story.run)).prompts[0]!.because[0]).toMatchObject({ cap: 'minutes', allowed: 0.02 });
  });

  it('for each question refuses its prompt alone, without a call', async () => {
    const { base, head } = capped('inputTokensPerTrial: 300');
    const long = { ...base, 'prompts/long.md': 'Short.\n', 'evals/long.jsonl': base['evals/reply.jsonl'] };
    const pull = {
      base: long,
      head: { ...long, ...head, 'prompts/long.md': `${'Long. '.repeat(50)}\n`, 'evals/long.jsonl': base['evals/reply.jsonl'] },
    };
    await using story = await onPullRequest(pull);
    const { prompts } = await readReport(story.run);
    expect(prompts.map(({ path, verdict }) => [path, verdict])).toEqual([
      ['prompts/long.md', 'could-not-measure'],
      ['prompts/reply.md', 'inconclusive'],
    ]);
    expect(prompts[0]!.because[0]).toMatchObject({ cap: 'inputTokensPerTrial', allowed: 300, exampleId: expect.stringMatching(/^q\d/) });
    expect(story.run.exitCode).toBe(2);
    expect(story.model.seen).toHaveLength(2 * examples);
  });
});

it('the log says before the first call what a run takes, then where it stands, in a group and without a bar', async () => {
  await using story = await onPullRequest(capped('costUsd: 50'));
  const lines = story.run.stdout.split('\n');
  const plan = lines.indexOf('Plan: 1 prompt, 60 trials, 60 calls.');
  const [from, to] = [lines.indexOf('::group::Progress'), lines.indexOf('::endgroup::')];
  expect(plan).toBeGreaterThanOrEqual(0);
  expect(lines.slice(plan + 1, plan + 6).map((line) => line.slice(0, 14).trim())).toEqual([
    '',
    'calls',
    'input tokens',
    'output tokens',
    'cost',
  ]);
  expect(from).toBeGreaterThan(plan);
  expect(lines.slice(from + 1, to).at(-1)).toMatch(/^60 of 60 trials \(100 %\), .*60 calls, 0\.72 USD$/);
  expect(story.run.stdout).not.toContain('█');
});

it('a cap on each answer is the limit that is sent where a prompt has none, or a higher one', async () => {
  const { base, head } = capped('outputTokensPerTrial: 20', '');
  const asking = { ...head, 'prompts/reply.md': '---\nconfig: { maxOutputTokens: 5000 }\n---\nAnswer the question, please.\n' };
  await using story = await onPullRequest({ base, head: asking });
  expect(new Set(story.model.seen.map(({ body }) => body['max_completion_tokens']))).toEqual(new Set([20]));
  expect((await readReport(story.run)).prompts[0]!.notes).toContain(
    '`maxOutputTokens: 5000` is above the cap on each answer, so that 20 were asked for.',
  );
});

it('a cap in USD without a price is refused before the first call, with the line to add', async () => {
  await using story = await onPullRequest(capped('costUsd: 5', ''));
  expect(story.run.exitCode).toBe(3);
  const line = 'prices: { "parrot": { inputPer1M: 0.00, outputPer1M: 0.00 } }';
  expect((await readReport(story.run)).prompts[0]!.because[0]).toEqual({ rule: 'bad-input', sentences: [expect.stringContaining(line)] });
  expect(story.model.seen).toEqual([]);
});

it('a reply that is longer than was asked for stops the run, and is named', async () => {
  const usage = { prompt_tokens: 10, completion_tokens: 33, total_tokens: 43 };
  await using story = await onPullRequest(capped('costUsd: 500, outputTokens: 100000'), {
    script: (seen, count) => (count === 10 ? { content: 'no end', usage } : obedient(seen, count)),
  });
  expect(story.run.exitCode).toBe(2);
  expect(story.run.summary).toContain(
    'A reply of `parrot` used 33 output tokens where at most 32 were allowed for, so the cap of 100,000 output tokens cannot be kept with this server.',
  );
});

describe('a cap on a whole pull request', () => {
  const caps = 'perPullRequest: { calls: 100 }';
  const spent = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, minutes: 0 };
  const body = (state: string) => `${marker('prompt-ratchet.yml')}${state}\nearlier\n`;

  /** The action on a pull request whose comment says `state` of earlier runs; no comment: undefined. */
  async function pushed(state: string | undefined, action = 'synchronize', settings = caps) {
    const model = await startModelServer(obedient);
    const github = await startGitHub(capped(settings));
    if (state !== undefined) await github.comment('github-actions[bot]', body(state));
    const inputs = { 'base-url': model.url, 'api-key': 'sk-story' };
    const run = await runAction({ github, event: github.event('pull_request', { action }), inputs });
    const again = async () => runAction({ github, event: github.event('pull_request'), inputs });
    return {
      run,
      again,
      github,
      model,
      ...endingTogether(run, github, model),
    };
  }

  it('counts the runs before: the second finds too little left, and neither passes it', async () => {
    await using story = await pushed(undefined, 'opened');
    expect(story.run.outputs).toMatchObject({ verdict: 'inconclusive', calls: '60' });
    expect(story.run.summary).toContain('this pull request so far: 60 calls of 100 calls');
    await using second = await story.again();
    expect(second.exitCode).toBe(2);
    expect(second.summary).toContain(
      'The cap of 100 calls on this pull request is too low: earlier runs used 60 calls, and this one would need 60 calls.',
    );
    expect(story.model.seen).toHaveLength(60);
    expect(readState((await story.github.comments())[0]!.body).spent).toMatchObject({ calls: 60, inputTokens: 600, outputTokens: 120 });
  });

  it('takes a comment’s word within the cap only', async () => {
    await using story = await pushed(stateMark({ spent: { ...spent, calls: 1_000_000 } }));
    expect((await readReport(story.run)).prompts[0]!.because[0]).toMatchObject({ allowed: 0, pullRequest: { cap: 100, earlier: 100 } });
  });

  it.each([
    ['there is no comment', undefined],
    ['the comment keeps nothing', ''],
    ['what it keeps is broken', '<!-- prompt-ratchet-state:1 {"spent":{"calls":-3}} -->'],
  ])('counts from this run on where %s, and says so', async (_, state) => {
    await using story = await pushed(state);
    expect(story.run.outputs).toMatchObject({ verdict: 'inconclusive', calls: '60' });
    expect(story.run.summary).toContain('(earlier spend unknown)');
  });

  it('never loosens the cap on each run', async () => {
    await using story = await pushed(stateMark({ spent }), 'synchronize', 'calls: 59, perPullRequest: { calls: 100000 }');
    expect((await readReport(story.run)).prompts[0]!.because[0]).toEqual({ rule: 'budget', cap: 'calls', allowed: 59, needed: 60 });
  });

  it('takes no more than 12 requests to GitHub', async () => {
    await using story = await pushed(stateMark({ spent }));
    expect(story.run.exitCode).toBe(0);
    expect(story.github.requests.length).toBeLessThanOrEqual(12);
  });
});
