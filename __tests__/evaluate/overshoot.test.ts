import type { Caps } from '../../src/domain/policy.ts';
import type { Answer, Failure, ModelRequest } from '../../src/domain/trial.ts';
import { type Plan, planTrials } from '../../src/evaluate/plan.ts';
import { runTrials } from '../../src/evaluate/run.ts';
import { type RandomStream, randomStream } from '../../src/stats/random.ts';
import { fakeClock } from '../support/clock.ts';
import { answer, failure, scriptedModel } from '../support/scripted-model.ts';

const usdPerToken = { input: 0.0003, output: 0.0011 };
const prices = { m: { inputPer1M: usdPerToken.input * 1e6, outputPer1M: usdPerToken.output * 1e6 } };
const kinds = ['answer', 'answer', 'answer', 'answer', 'no-usage', 'broken', 'server-error', 'limited', 'dropped', 'unreachable'] as const;

/** Two arms of six to twelve examples, of which some repeat a question. */
function planOf(stream: RandomStream): Plan {
  const ask = (text: string, limit: number): ModelRequest => ({
    model: 'm',
    params: { maxOutputTokens: limit },
    messages: [{ role: 'user', content: text }],
  });
  const examples = Array.from({ length: 6 + stream.below(7) }, (_, index) => {
    const [text, limit] = ['x'.repeat(stream.below(400)), 1 + stream.below(80)];
    return {
      exampleId: String(index),
      requests: { base: ask(`a${text}`, limit), head: ask(stream.below(5) === 0 ? `a${text}` : `b${text}`, limit) },
    };
  });
  return planTrials([{ name: 'p', seed: 's', repeats: 1 + stream.below(2), examples }]);
}

/** Caps from far too low to ample, some of them absent. */
function capsOf(stream: RandomStream): Caps {
  const sometimes = (name: keyof Caps, most: number): Partial<Caps> => (stream.below(3) === 0 ? {} : { [name]: stream.uniform() * most });
  const whole = ({ calls, inputTokens, outputTokens, ...others }: Caps): Caps => ({
    ...others,
    ...(calls !== undefined && { calls: 1 + Math.floor(calls) }),
    ...(inputTokens !== undefined && { inputTokens: Math.floor(inputTokens) }),
    ...(outputTokens !== undefined && { outputTokens: Math.floor(outputTokens) }),
  });
  return whole({
    ...sometimes('calls', 80),
    ...sometimes('inputTokens', 20_000),
    ...sometimes('outputTokens', 2_500),
    ...sometimes('costUsd', 6),
    ...sometimes('minutes', 3),
  });
}

/** The server's own count. */
interface Counted {
  calls: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
}

async function run(seed: number) {
  const stream = randomStream(String(seed), 'overshoot');
  const [plan, caps, concurrency] = [planOf(stream), capsOf(stream), 1 + stream.below(24)];
  const counted: Counted = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  const fates: (Answer | Failure)[] = [];
  /** A call is counted when it arrives, and charged for all that the server works on, whether the answer arrives or not. */
  const arrive = ({ messages, params }: ModelRequest): Answer | Failure => {
    const kind = kinds[stream.below(kinds.length)]!;
    if (kind === 'unreachable') return failure('unreachable');
    counted.calls += 1;
    if (kind === 'server-error') return failure('server-error');
    if (kind === 'limited') return failure('rate-limited', stream.below(2) === 0 ? { retryAfterMs: stream.below(3_000) } : {});
    const usage = { inputTokens: messages[0]!.content.length, outputTokens: stream.below(params.maxOutputTokens! + 1) };
    counted.inputTokens += usage.inputTokens;
    counted.outputTokens += usage.outputTokens;
    counted.costUsd += usage.inputTokens * usdPerToken.input + usage.outputTokens * usdPerToken.output;
    if (kind === 'dropped') return failure('unreachable', { mayHaveCost: true });
    if (kind === 'broken') return failure('bad-reply', { mayHaveCost: true });
    return kind === 'no-usage' ? { kind: 'answer', text: 'x', finish: 'stop', latencyMs: 1 } : answer('x', { usage });
  };
  const latencyMs = (request: ModelRequest, count: number): number => {
    fates[count] = arrive(request);
    return stream.below(25) === 0 ? 70_000 : stream.uniform() * 4_000;
  };
  const reply = (_: ModelRequest, count: number): Answer | Failure => fates[count]!;
  const clock = fakeClock();
  const outcome = await runTrials(plan, {
    model: scriptedModel({ reply, latencyMs, clock }),
    grade: () => ({ value: 1, pass: true, reason: '' }),
    concurrency,
    timeoutMs: 60_000,
    caps,
    prices,
    clock,
    signal: new AbortController().signal,
  });
  return { caps, counted, outcome, plan, elapsedMs: clock.now() };
}

it('no cap is ever passed, by the server’s own count, in 1,000 runs with random caps, latencies, faults and concurrency', async () => {
  const ends = new Map<string, number>();
  for (let seed = 0; seed < 1_000; seed++) {
    const { caps, counted, outcome, plan, elapsedMs } = await run(seed);
    const { stopped } = outcome;
    for (const amount of ['calls', 'inputTokens', 'outputTokens', 'costUsd'] as const) {
      const cap = caps[amount] ?? Infinity;
      expect(outcome[amount]).toBeLessThanOrEqual(cap);
      // The test's own sum of dollars rounds; the ledger's does not.
      expect(counted[amount]).toBeLessThanOrEqual(outcome[amount]! + (amount === 'costUsd' ? 1e-9 : 0));
    }
    expect(elapsedMs).toBeLessThanOrEqual((caps.minutes ?? Infinity) * 60_000 + 1);
    expect(outcome.trials).toHaveLength(plan.length);
    const end = stopped?.reason === 'budget' ? stopped.cap : (stopped?.reason ?? 'whole');
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  // Every cap was reached in some runs, and none in others, or this would show nothing.
  for (const end of ['calls', 'inputTokens', 'outputTokens', 'costUsd', 'minutes', 'whole'])
    expect([end, ends.get(end) ?? 0]).not.toEqual([end, 0]);
}, 120_000);
