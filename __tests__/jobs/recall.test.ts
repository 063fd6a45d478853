import type { Because } from '../../src/domain/verdict.ts';
import { check } from '../../src/jobs/check.ts';
import type { Recalled } from '../../src/jobs/world.ts';
import type { Report } from '../../src/report/model.ts';
import { type InMemoryPullRequest, requestOf, worldOf } from '../support/in-memory.ts';
import { answer, scriptedModel } from '../support/scripted-model.ts';
import { rows, shop } from '../support/shop.ts';

const base = shop(30);
const pull: InMemoryPullRequest = { base, head: { ...base, 'prompts/reply.md': 'Answer the question, please.\n' } };

/** Checks with what earlier runs say at hand; the report, and how often the model was asked. */
async function checked(of: InMemoryPullRequest, earlier: readonly Recalled[] = [], changes: object = {}) {
  const model = scriptedModel({ reply: () => answer('answer 0') });
  const digests: string[] = [];
  const recall = async function* (digest: string) {
    digests.push(digest);
    yield* earlier;
  };
  const { report, run } = await check(requestOf(of), { ...worldOf(of, model), recall, ...changes });
  return { report, run, asked: model.asked.length, digest: digests[0] };
}

const first = await checked(pull);
const earlier = (changes: Partial<Report> = {}): Recalled => ({ report: { ...first.report, ...changes }, runId: 41 });
const withRule = (because: Because) => earlier({ prompts: first.report.prompts.map((prompt) => ({ ...prompt, because: [because] })) });

function withoutDigest({ digest: _digest, ...rest }: Report): Report {
  return rest;
}

it('asks nothing where an earlier run had everything in common that decides', async () => {
  const again = await checked({ ...pull, tip: { ...base, 'README.md': 'later\n' } }, [earlier()]);
  expect([first.asked, again.asked]).toEqual([60, 0]);
  expect(again.run).toMatchObject({ calls: 0 });
  expect(again.report).toMatchObject({
    verdict: first.report.verdict,
    digest: first.digest,
    base: { sha: 'base' },
    policy: { sha: 'tip' },
  });
  expect(again.report.notes[0]).toBe('Run 41 of this workflow asked the same and came to this; nothing was asked again.');
});

it.each<[string, Recalled]>([
  ['that is of something else', earlier({ digest: 'f'.repeat(64) })],
  ['without a digest', { runId: 41, report: withoutDigest(first.report) }],
  ['that could not begin', earlier({ problems: ['no'] })],
  ['about no prompt', earlier({ prompts: [] })],
  ['that could not measure', earlier({ prompts: first.report.prompts.map((prompt) => ({ ...prompt, verdict: 'could-not-measure' })) })],
  ['that a cap cut', withRule({ rule: 'cap-accepted' })],
  ['that had no key', withRule({ rule: 'no-key' })],
])('takes no report %s', async (_what, wrong) => {
  expect((await checked(pull, [wrong])).asked).toBe(60);
  expect((await checked(pull, [wrong, earlier()])).asked).toBe(0);
});

it('does not take over that somebody let it pass', async () => {
  const strict = { ...base, 'prompt-ratchet.yml': `${base['prompt-ratchet.yml']}gate: { onInconclusive: fail }\n` };
  const of = { base: strict, head: { ...strict, 'prompts/reply.md': 'Answer the question, please.\n' } };
  const { report } = await checked(of);
  expect(report).toMatchObject({ verdict: 'inconclusive', passed: false });
  const again = await checked(of, [{ runId: 41, report: { ...report, passed: true, exitCode: 0 } }]);
  expect(again).toMatchObject({ asked: 0, report: { passed: false, exitCode: 1 } });
});

describe('the digest', () => {
  const digestOf = async (of: InMemoryPullRequest, changes?: object) => (await checked(of, [], changes)).digest;
  const both = (files: Readonly<Record<string, string>>): InMemoryPullRequest => ({
    base: { ...base, ...files },
    head: { ...pull.head, ...files },
  });

  it.each<[string, InMemoryPullRequest]>([
    ['another file', both({ 'README.md': 'x\n' })],
    [
      'how many requests are sent at once',
      both({ 'prompt-ratchet.yml': `${base['prompt-ratchet.yml']}concurrency: 2\ncaps: { calls: 500 }\n` }),
    ],
  ])('is the same whatever %s', async (_what, of) => {
    expect(await digestOf(of)).toBe(first.digest);
  });

  it.each<[string, InMemoryPullRequest]>([
    ['the new text', { ...pull, head: { ...base, 'prompts/reply.md': 'Answer.\n' } }],
    ['the old text', { ...pull, base: { ...base, 'prompts/reply.md': 'Old.\n' } }],
    ['the examples', both({ 'evals/reply.jsonl': rows(31) })],
    ['what is right', both({ 'evals/reply.jsonl': rows(30, () => 'x') })],
    ['the scorers', both({ 'evals/reply.yml': 'examples: reply.jsonl\nscorers: [contains]\n' })],
    ['the model', both({ 'prompt-ratchet.yml': 'model: { name: finch, temperature: 0, maxOutputTokens: 32 }\n' })],
    ['the margin', both({ 'prompt-ratchet.yml': `${base['prompt-ratchet.yml']}gate: { margin: 0.1 }\n` })],
    ['what is inconclusive', both({ 'prompt-ratchet.yml': `${base['prompt-ratchet.yml']}gate: { onInconclusive: fail }\n` })],
    ['the repeats', both({ 'prompt-ratchet.yml': `${base['prompt-ratchet.yml']}repeats: 2\n` })],
    ['the endpoint', both({ 'prompt-ratchet.yml': `${base['prompt-ratchet.yml']}baseUrl: https://llm.example.com/v1\n` })],
    ['how much is shown', both({ 'prompt-ratchet.yml': `${base['prompt-ratchet.yml']}report: { examples: ids }\n` })],
    [
      'the prompt’s name',
      { base: pull.base, head: { ...base, 'prompts/reply.md': pull.head['prompts/reply.md']!, 'prompts/new.md': 'New.\n' } },
    ],
  ])('is another where %s differ', async (_what, of) => {
    expect(await digestOf(of)).not.toBe(first.digest);
  });

  it.each([
    ['this tool', { version: '9.9.9' }],
    ['the endpoint of the environment', { fallbackEndpoint: 'http://elsewhere/v1' }],
  ])('is another with another version of %s', async (_what, changes) => {
    expect(await digestOf(pull, changes)).not.toBe(first.digest);
  });
});
