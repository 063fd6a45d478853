import fc from 'fast-check';
import { sentence } from '../../src/domain/problem.ts';
import type { ModelRequest } from '../../src/domain/trial.ts';
import { capProblems, capsLeft } from '../../src/evaluate/caps.ts';
import { costOf } from '../../src/evaluate/cost.ts';
import { type Plan, planTrials } from '../../src/evaluate/plan.ts';

const request = (content: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'm',
  params: { maxOutputTokens: 100 },
  messages: [{ role: 'user', content }],
  ...more,
});

const plan = (...requests: readonly ModelRequest[]): Plan => {
  const examples = requests.map((head, index) => ({ exampleId: `e${index}`, requests: { head } }));
  return planTrials([{ name: 's', seed: 'digest', repeats: 1, examples }]);
};

const prices = { m: { inputPer1M: 1, outputPer1M: 10 } };

describe('the cost of a plan', () => {
  it('counts equal requests once', () => {
    expect(costOf(plan(request('a'), request('a'), request('b')), prices).most).toMatchObject({ calls: 2, outputTokens: 200 });
  });

  it('takes every byte of the input for a token, and adds something for each message and each request', () => {
    const { most } = costOf(plan(request('Grüße 🌍')), prices);
    expect(most.inputTokens).toBe(Buffer.byteLength('Grüße 🌍') + 16 + 128);
  });

  it('is at most every answer at its limit, and expects less', () => {
    // 148 input tokens at $1, 100 output tokens at $10 per million.
    const { most, expected } = costOf(plan(request('four')), prices);
    expect(most.costUsd).toBeCloseTo((148 * 1 + 100 * 10) / 1e6, 12);
    expect(expected).toEqual({ calls: 1, inputTokens: 1, outputTokens: 100, costUsd: expect.closeTo((1 * 1 + 100 * 10) / 1e6, 12) });
  });

  it('is with every retry sixteen times the calls and eight times what may be charged', () => {
    const { most, worst } = costOf(plan(request('a'), request('b')), prices);
    expect(worst.calls).toBe(16 * most.calls);
    expect(worst.outputTokens).toBe(8 * most.outputTokens!);
    expect(worst.costUsd).toBeCloseTo(8 * most.costUsd!, 12);
  });

  it('counts what grading each answer may ask', () => {
    const bound = { model: 'judge', calls: 2, inputTokens: 1_000, outputTokens: 10 };
    const judged = costOf(plan(request('a'), request('a')), { ...prices, judge: { inputPer1M: 2, outputPer1M: 4 } }, () => [bound]);
    const alone = costOf(plan(request('a'), request('a')), prices);
    expect(judged.consults).toBe(4);
    expect(judged.most).toMatchObject({ calls: 5, inputTokens: alone.most.inputTokens + 4_000, outputTokens: 140 });
    expect(judged.most.costUsd).toBeCloseTo(alone.most.costUsd! + (4 * (1_000 * 2 + 10 * 4)) / 1e6, 12);
    expect(costOf(plan(request('a')), prices, () => [bound]).unpriced).toEqual(['judge']);
  });

  it('leaves out what is known, what nobody may be asked, and what is graded without a call', () => {
    const bound = { model: 'judge', calls: 2, inputTokens: 1_000, outputTokens: 10 };
    const sources = new Map<string, 'known' | 'lacking'>([
      ['a', 'known'],
      ['b', 'lacking'],
    ]);
    const rest = costOf(plan(request('a'), request('b'), request('c'), request('c')), prices, () => [bound], [], {
      sourceOf: ({ request: { messages } }) => sources.get(messages[0]!.content) ?? 'asked',
      graded: () => 3,
    });
    const alone = costOf(plan(request('c')), prices);
    expect(rest).toMatchObject({ known: 1, lacking: 1, consults: 2 });
    expect(rest.most).toMatchObject({ calls: 3, inputTokens: alone.most.inputTokens + 2_000, outputTokens: 120 });
    expect(rest.worst.calls).toBe(16 * 3);
    expect(costOf(plan(request('a')), prices, () => [bound], [], { sourceOf: () => 'known', graded: () => 1 }).unpriced).toEqual([]);
  });

  it('never expects more than the upper bound', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ text: fc.string(), limit: fc.integer({ min: 1, max: 5_000 }) }), { minLength: 1 }), (questions) => {
        const cost = costOf(plan(...questions.map(({ text, limit }) => request(text, { params: { maxOutputTokens: limit } }))), prices);
        for (const amount of ['calls', 'inputTokens', 'outputTokens', 'costUsd'] as const)
          expect(cost.expected[amount]).toBeLessThanOrEqual(cost.most[amount]!);
      }),
    );
  });

  it('takes the price of long inputs for a request that may be one', () => {
    const longer = [{ aboveInputTokens: 1_000, inputPer1M: 2, outputPer1M: 15 }];
    const tiered = { m: { inputPer1M: 1, outputPer1M: 10, longer } };
    const [short, long] = ['x'.repeat(1_000 - 144), 'x'.repeat(1_001 - 144)].map((text) => costOf(plan(request(text)), tiered).most);
    expect(short).toMatchObject({ inputTokens: 1_000, costUsd: expect.closeTo((1_000 * 1 + 100 * 10) / 1e6, 12) });
    expect(long).toMatchObject({ inputTokens: 1_001, costUsd: expect.closeTo((1_001 * 2 + 100 * 15) / 1e6, 12) });
  });

  it('is unknown without a price', () => {
    const cost = costOf(plan(request('a'), request('b', { model: 'constructor' })), prices);
    expect(cost).toMatchObject({ unpriced: ['constructor'] });
    expect(cost.most).not.toHaveProperty('costUsd');
    expect(cost.expected).not.toHaveProperty('costUsd');
  });

  it('has no upper bound without a limit on answers', () => {
    const cost = costOf(plan(request('a', { params: {} })), prices);
    expect(cost).toMatchObject({ unlimited: ['m'], expected: { costUsd: expect.any(Number) } });
    expect(cost.most).not.toHaveProperty('costUsd');
    expect(cost.most).not.toHaveProperty('outputTokens');
  });

  it('is nothing for the embedded model', () => {
    const cost = costOf(plan(request('a', { model: 'offline', params: {} })), {});
    expect(cost).toMatchObject({ most: { costUsd: 0 }, unpriced: [], unlimited: [] });
  });
});

describe('a cap', () => {
  it('in USD needs the price of every model, and says which line to add', () => {
    const [problem] = capProblems(costOf(plan(request('a', { model: 'new "one"' })), prices), { costUsd: 1 });
    expect(sentence(problem!)).toBe(
      'key "prices": the price of "new "one"" is unknown, so a cap in USD cannot be kept. ' +
        'Write prices: { "new \\"one\\"": { inputPer1M: 0.00, outputPer1M: 0.00 } } into the settings, with its USD per million tokens.',
    );
  });

  it.each([[{ costUsd: 1 }], [{ outputTokens: 1_000 }]])('of %j needs a limit on answers', (caps) => {
    const problems = capProblems(costOf(plan(request('a', { params: {} })), prices), caps);
    expect(problems).toEqual([
      expect.objectContaining({
        key: 'maxOutputTokens',
        fix: 'Write caps: { outputTokensPerTrial: 512 } into the settings, or another limit.',
      }),
    ]);
  });

  it('on anything else needs nothing', () => {
    expect(capProblems(costOf(plan(request('a', { model: 'n', params: {} })), {}), { calls: 5, inputTokens: 9, minutes: 1 })).toEqual([]);
  });

  it('is less by what was used, and never below zero', () => {
    const caps = { calls: 10, costUsd: 1, minutes: 5, outputTokensPerTrial: 7 };
    expect(capsLeft(caps, { calls: 4, inputTokens: 9, costUsd: 2, minutes: 1.5 })).toEqual({
      calls: 6,
      costUsd: 0,
      minutes: 3.5,
      outputTokensPerTrial: 7,
    });
  });
});
