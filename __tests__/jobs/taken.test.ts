import type { Answer, ModelRequest } from '../../src/domain/trial.ts';
import { checkInMemory } from '../support/in-memory.ts';
import { rows } from '../support/shop.ts';

const EXAMPLES = 40;

/** Right on both sides; the new prompt's answers take twice the tokens, and 10 ms more from each question to the next. */
function reply({ messages }: ModelRequest): Answer {
  const question = Number(/\d+/.exec(messages.at(-1)!.content)![0]);
  const isHead = messages[0]!.content.includes('at length');
  const usage = isHead ? { inputTokens: 20, outputTokens: 4 } : { inputTokens: 10, outputTokens: 2 };
  return { kind: 'answer', text: `answer ${question}`, finish: 'stop', latencyMs: isHead ? 10 * (question + 1) : 100, usage };
}

const prices = 'prices: { parrot: { inputPer1M: 1000, outputPer1M: 2000 } }\n';

async function checked(thresholds: string, { settings = prices, answer = reply, head = true } = {}) {
  const files = {
    'prompt-ratchet.yml': `model: { name: parrot }\n${settings}`,
    'evals/reply.yml': `examples: reply.jsonl\nscorers: [exact]\n${thresholds}`,
    'evals/reply.jsonl': rows(EXAMPLES),
  };
  const base: Readonly<Record<string, string>> = head ? { ...files, 'prompts/reply.md': 'Answer the question.\n' } : files;
  const { report } = await checkInMemory({ base, head: { ...files, 'prompts/reply.md': 'Answer at length.\n' }, reply: answer });
  return report.prompts[0]!;
}

const withoutUsage = (request: ModelRequest): Answer => {
  const { usage: _, ...answer } = reply(request);
  return answer;
};

describe('what answers take', () => {
  it('is no metric where no threshold holds it, for it differs from run to run', async () => {
    expect((await checked('')).metrics.map(({ name }) => name)).toEqual(['accuracy']);
  });

  it.each([
    ['latencyP95Ms: 379', { metric: 'latencyP95Ms', value: 380, threshold: 379 }],
    ['costPer1kUsd: 27.99', { metric: 'costPer1kUsd', threshold: 27.99 }],
  ])('blocks above its threshold, however good the answers: %s', async (threshold, because) => {
    const prompt = await checked(`thresholds: { ${threshold} }\n`);
    expect(prompt).toMatchObject({ verdict: 'regressed', passed: false });
    expect(prompt.because).toContainEqual(expect.objectContaining(because));
  });

  it('passes at its thresholds, and the report has both sides', async () => {
    const prompt = await checked('thresholds: { latencyP95Ms: 380, costPer1kUsd: 28.01 }\n');
    expect(prompt.passed).toBe(true);
    expect(prompt.metrics.slice(1)).toEqual([
      { name: 'latencyP95Ms', base: 100, head: 380, threshold: 380 },
      { name: 'costPer1kUsd', base: expect.closeTo(14, 9), head: expect.closeTo(28, 9), threshold: 28.01 },
    ]);
  });

  it('holds a new prompt too', async () => {
    const prompt = await checked('thresholds: { latencyP95Ms: 200 }\n', { head: false });
    expect(prompt).toMatchObject({ passed: false, because: [{ metric: 'latencyP95Ms', value: 380 }, { rule: 'new-prompt' }] });
  });

  it.each([
    ['whose price nobody knows', { settings: '' }],
    ['whose server does not tell the tokens', { answer: withoutUsage }],
  ])('has no cost for a model %s, and a threshold on it is not measured', async (_, setting) => {
    const prompt = await checked('thresholds: { costPer1kUsd: 1 }\n', setting);
    expect(prompt).toMatchObject({ verdict: 'could-not-measure', passed: false });
  });
});
