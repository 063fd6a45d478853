import type { Score } from '../../src/domain/score.ts';
import type { Answer, Arm, Failure, ModelRequest } from '../../src/domain/trial.ts';
import { type Plan, planTrials, type SubjectTrial, type TrialPlace } from '../../src/evaluate/plan.ts';
import { type RunOptions, type RunOutcome, runTrials } from '../../src/evaluate/run.ts';
import { randomStream } from '../../src/stats/random.ts';
import { fakeClock } from '../support/clock.ts';
import { answer, failure, type ModelScript, type ScriptedModel, scriptedModel } from '../support/scripted-model.ts';

const grade = ({ exampleId }: TrialPlace, { text }: Answer): Score => {
  const pass = text.endsWith(exampleId);
  return { value: pass ? 1 : 0, pass, reason: text };
};

/** `examples` questions to each arm; the arms' texts differ unless `same`. */
function planOf(examples: number, { base = {}, head = {}, same = false, repeats = 1 } = {}): Plan {
  const ask = (arm: Arm, id: string, more: Partial<ModelRequest>): ModelRequest => ({
    model: 'm',
    params: { maxOutputTokens: 50 },
    messages: [{ role: 'user', content: `${same ? 'both' : arm}: ${id}` }],
    ...more,
  });
  const ids = Array.from({ length: examples }, (_, index) => `e${index}`);
  const requests = (id: string) => ({ base: ask('base', id, base), head: ask('head', id, head) });
  return planTrials([{ name: 'a.md', seed: 'digest', repeats, examples: ids.map((id) => ({ exampleId: id, requests: requests(id) })) }]);
}

const echo = ({ messages }: ModelRequest): Answer => answer(messages[0]!.content);

interface Ran extends Omit<RunOutcome, 'trials'> {
  readonly trials: readonly SubjectTrial[];
  readonly model: ScriptedModel;
  readonly elapsedMs: number;
  readonly stopReason: string | undefined;
}

async function run(plan: Plan, script: ModelScript, options: Partial<RunOptions> = {}): Promise<Ran> {
  const clock = fakeClock();
  const model = scriptedModel({ clock, ...script });
  const signal = new AbortController().signal;
  const outcome = await runTrials(plan, {
    model,
    grade,
    concurrency: 4,
    timeoutMs: 60_000,
    caps: {},
    prices: { m: { inputPer1M: 1_000, outputPer1M: 1_000 } },
    clock,
    signal,
    ...options,
  });
  return { ...outcome, trials: [...outcome.trials], model, elapsedMs: clock.now(), stopReason: outcome.stopped?.reason };
}

const scores = ({ trials }: Pick<Ran, 'trials'>) => trials.map(({ arm, exampleId, score }) => [arm, exampleId, score?.value]);
const reasons = ({ trials }: Pick<Ran, 'trials'>) => trials.map(({ outcome }) => (outcome.kind === 'failure' ? outcome.reason : 'answer'));

describe('a run', () => {
  it('answers and scores every trial, in plan order', async () => {
    const plan = planOf(20);
    const ran = await run(plan, { reply: echo });
    expect(ran.trials.map(({ subject, arm, exampleId, repeat }) => ({ subject, arm, exampleId, repeat }))).toEqual(
      [...plan].map(({ subject, arm, exampleId, repeat }) => ({ subject, arm, exampleId, repeat })),
    );
    expect(ran.trials.every((trial) => trial.score?.value === 1)).toBe(true);
    expect(ran).toMatchObject({ calls: 40, reused: 0, inputTokens: 400, outputTokens: 80, stopReason: undefined });
    expect(ran.costUsd).toBeCloseTo(0.48, 12);
    expect(ran.latenciesMs).toHaveLength(40);
  });

  it('of an empty plan asks nothing', async () => {
    expect(await run(planTrials([]), { reply: echo })).toMatchObject({ trials: [], calls: 0, costUsd: 0, stopReason: undefined });
  });

  it('asks equal questions once and shares the answer', async () => {
    const ran = await run(planOf(10, { same: true, repeats: 2 }), { reply: echo });
    expect(ran).toMatchObject({ calls: 20, reused: 20 });
    expect(ran.trials.every((trial) => trial.score?.value === 1)).toBe(true);
  });

  it('keeps at most so many questions under way, and at least so many while there are enough', async () => {
    const ran = await run(planOf(50), { reply: echo, latencyMs: () => 100 }, { concurrency: 7 });
    expect(ran.model.mostAtOnce()).toBe(7);
  });

  it('comes to the same whatever order the answers arrive in', async () => {
    const outcomes = [];
    for (const seed of ['a', 'b', 'c', 'd']) {
      const stream = randomStream(seed, 'latency');
      const reply = (request: ModelRequest): Answer => (request.messages[0]!.content.endsWith('3') ? answer('wrong') : echo(request));
      outcomes.push(scores(await run(planOf(40), { reply, latencyMs: () => stream.uniform() * 1_000 }, { concurrency: 16 })));
    }
    for (const each of outcomes) expect(each).toEqual(outcomes[0]);
  });

  it('tells its progress trial by trial', async () => {
    const seen: object[] = [];
    await run(planOf(2), { reply: echo }, { concurrency: 1, onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual(
      [1, 2, 3, 4].map((done) => ({ done, total: 4, failed: 0, calls: done, costUsd: expect.closeTo(0.012 * done, 12) })),
    );
  });

  it('never scores a failure, and never fails an answer', async () => {
    const reply = (request: ModelRequest) => (request.messages[0]!.content.endsWith('e1') ? failure('rejected') : echo(request));
    const ran = await run(planOf(10), { reply });
    expect(ran.trials.filter(({ outcome }) => outcome.kind === 'failure').map(({ exampleId, score }) => [exampleId, score])).toEqual([
      ['e1', undefined],
      ['e1', undefined],
    ]);
    expect(ran.stopReason).toBeUndefined();
  });

  it('gives up on a call that takes too long and asks again', async () => {
    const latencyMs = (_: ModelRequest, count: number): number => (count === 5 ? 1e9 : 10);
    const ran = await run(planOf(5), { reply: echo, latencyMs }, { timeoutMs: 30_000 });
    expect(ran.trials.every((trial) => trial.score?.value === 1)).toBe(true);
    expect(ran.calls).toBe(11);
    expect(ran.elapsedMs).toBeGreaterThan(30_000);
    expect(ran.elapsedMs).toBeLessThan(31_000);
  });

  it('waits as long as a limited server says', async () => {
    const reply = (request: ModelRequest, count: number) =>
      count === 4 ? failure('rate-limited', { retryAfterMs: 20_000 }) : echo(request);
    const ran = await run(planOf(5), { reply });
    expect(ran.elapsedMs).toBeGreaterThanOrEqual(20_000);
    expect(ran.stopReason).toBeUndefined();
  });
});

describe('the probe', () => {
  it.each<[Failure['reason'], string]>([
    ['unauthorized', 'bad-input'],
    ['not-found', 'bad-input'],
    ['rejected', 'bad-input'],
    ['quota', 'provider-dead'],
  ])('stops a run whose first question is answered by %s as %s', async (reason, expected) => {
    const ran = await run(planOf(50), { reply: () => failure(reason) });
    expect(ran.stopped).toEqual({ reason: expected, sentence: `It failed: ${reason}.` });
    expect(ran.calls).toBeLessThanOrEqual(3);
    expect(new Set(reasons(ran))).toEqual(new Set([reason, 'cancelled']));
  });

  it.each([
    ['refuses connections', 0],
    ['swallows packets until the connection times out', 3_000],
    ['hangs up after a while', 1_900],
  ])('reports a server that %s in under 10 s', async (_, latencyMs) => {
    const ran = await run(planOf(50), { reply: () => failure('unreachable'), latencyMs: () => latencyMs });
    expect(ran.stopReason).toBe('provider-dead');
    expect(ran.elapsedMs).toBeGreaterThan(2_500);
    expect(ran.elapsedMs).toBeLessThan(10_000);
    expect(ran.calls).toBe(0);
  });

  it('does not take the runs of one rejected example for several', async () => {
    const plan = planOf(10, { repeats: 3 });
    const rejected = [...plan][0]!.exampleId;
    const reply = (request: ModelRequest) => (request.messages[0]!.content.endsWith(`: ${rejected}`) ? failure('rejected') : echo(request));
    const ran = await run(plan, { reply });
    expect(ran.stopReason).toBeUndefined();
    expect(reasons(ran).filter((reason) => reason !== 'answer')).toEqual(Array.from({ length: 6 }, () => 'rejected'));
  });

  it('does not take one rejected example for a rejected prompt', async () => {
    const reply = (request: ModelRequest, count: number) => (count === 0 ? failure('rejected') : echo(request));
    const ran = await run(planOf(10), { reply });
    expect(ran.stopReason).toBeUndefined();
    expect(reasons(ran).filter((reason) => reason !== 'answer')).toEqual(['rejected']);
  });

  it('asks each model before the rest of the plan', async () => {
    const ran = await run(planOf(20, { head: { model: 'n' } }), {
      reply: ({ model }) => (model === 'n' ? failure('not-found') : answer('x')),
    });
    expect(ran.stopReason).toBe('bad-input');
    expect(ran.model.asked.map(({ model }) => model).sort()).toEqual(ran.model.asked.length === 2 ? ['m', 'n'] : ['n']);
  });
});

describe('a refused parameter', () => {
  /** A server whose model `n` refuses temperatures, from its `from`-th request on. */
  function refusing(from = 0): ModelScript {
    let refused: readonly string[] = [];
    const temperatures = (request: ModelRequest): number | undefined => (refused.length > 0 ? undefined : request.params.temperature);
    return {
      refused: () => refused,
      reply: (request, count) => {
        if (request.model !== 'n' || count < from || refused.length > 0) return answer(`temperature ${temperatures(request)}`);
        refused = ['temperature'];
        return failure('parameter');
      },
    };
  }

  it.each([
    ['at the probe', 0],
    ['in the middle of the run', 21],
  ])('%s is withheld from both sides: what was answered with it is asked again', async (_, from) => {
    const params = { temperature: 0, maxOutputTokens: 50 };
    const plan = planOf(20, { base: { params }, head: { params, model: 'n' } });
    const ran = await run(plan, refusing(from));
    expect(ran.trials.map(({ outcome }) => outcome.kind === 'answer' && outcome.text)).toEqual(
      [...plan].map(() => 'temperature undefined'),
    );
  });

  it('does not ask again what never carried it', async () => {
    const plan = planOf(20, { head: { params: { temperature: 0, maxOutputTokens: 50 }, model: 'n' } });
    const ran = await run(plan, refusing());
    expect(ran.calls).toBe(plan.length + 1);
  });
});

describe('a provider that dies', () => {
  it('after a while stops the run instead of failing every question slowly', async () => {
    const reply = (request: ModelRequest, count: number) => (count < 20 ? echo(request) : failure('server-error'));
    const ran = await run(planOf(200), { reply });
    expect(ran.stopped).toEqual({ reason: 'provider-dead', sentence: 'The last 12 questions all failed. It failed: server-error.' });
    expect(reasons(ran).filter((reason) => reason === 'answer')).toHaveLength(20);
    expect(reasons(ran)).toContain('cancelled');
  });

  it('for lack of money stops it at once', async () => {
    const reply = (request: ModelRequest, count: number) => (count < 20 ? echo(request) : failure('quota'));
    const ran = await run(planOf(200), { reply });
    expect(ran.stopReason).toBe('provider-dead');
    expect(ran.calls).toBeLessThanOrEqual(24);
  });

  it('for a while only is outlived', async () => {
    const clock = fakeClock();
    const reply = (request: ModelRequest) => (clock.now() > 1_000 && clock.now() < 12_000 ? failure('server-error') : echo(request));
    const ran = await run(planOf(100), { reply, clock, latencyMs: () => 100 }, { clock });
    expect(ran.trials.every((trial) => trial.score?.value === 1)).toBe(true);
  });
});

describe('caps', () => {
  it('too low for one call a question stop the run before the first call', async () => {
    const ran = await run(planOf(10), { reply: echo }, { caps: { calls: 19 } });
    expect(ran.stopped).toEqual({
      reason: 'budget',
      sentence: 'The cap of 19 calls is too low: 20 calls would be needed.',
      cap: 'calls',
      allowed: 19,
      needed: 20,
    });
    expect(ran).toMatchObject({ calls: 0, costUsd: 0 });
    expect(new Set(reasons(ran))).toEqual(new Set(['budget']));
  });

  it('just high enough do not', async () => {
    expect(await run(planOf(10), { reply: echo }, { caps: { calls: 20 } })).toMatchObject({ calls: 20, stopReason: undefined });
  });

  it('are reached by retries too', async () => {
    const reply = (request: ModelRequest, count: number) => (count % 2 === 1 ? failure('server-error') : echo(request));
    const ran = await run(planOf(10), { reply }, { caps: { calls: 25 } });
    expect(ran).toMatchObject({ calls: 25, stopReason: 'budget' });
    expect(ran.stopped).toMatchObject({ needed: 25 + reasons(ran).filter((reason) => reason !== 'answer').length });
  });

  it('on minutes end the run at that time, whatever is under way, and say how long all would take', async () => {
    const ran = await run(planOf(100), { reply: echo, latencyMs: () => 9_000 }, { caps: { minutes: 1 }, concurrency: 2 });
    expect(ran.elapsedMs).toBe(60_000);
    // The first goes alone, the others by twos: 11 of 200 are back by then, and two are under way.
    expect(ran.stopped).toMatchObject({ reason: 'budget', cap: 'minutes', allowed: 1, needed: expect.closeTo(200 / 11, 9) });
    expect(ran.calls).toBe(13);
    expect(reasons(ran).filter((reason) => reason === 'answer')).toHaveLength(11);
  });

  it('on minutes leave no timer behind', async () => {
    const ran = await run(planOf(2), { reply: echo }, { caps: { minutes: 60 } });
    expect(ran.elapsedMs).toBeLessThan(60_000);
    expect(ran.stopped).toBeUndefined();
  });

  it('stop at a reply that is longer than was asked for, and name it', async () => {
    const reply = (_: ModelRequest, count: number): Answer =>
      answer('x', { usage: { inputTokens: 10, outputTokens: count === 5 ? 51 : 2 } });
    const ran = await run(planOf(10), { reply }, { caps: { outputTokens: 5_000 }, concurrency: 1 });
    expect(ran.stopped).toMatchObject({
      reason: 'budget',
      sentence: 'A reply of "m" used 51 output tokens where at most 50 were asked for, so no cap can be kept with this server.',
      breach: { model: 'm', amount: 'outputTokens', reserved: 50, used: 51 },
    });
    expect(ran.calls).toBe(6);
  });

  it('in USD are bad input with a server that takes no limit on answers, before anything is paid', async () => {
    const refused: string[] = [];
    const reply = () => {
      refused.push('max_tokens');
      return failure('parameter');
    };
    const ran = await run(planOf(10), { reply, refused: () => refused }, { caps: { costUsd: 100 } });
    expect(ran.stopped).toEqual({ reason: 'bad-input', sentence: expect.stringContaining('takes no limit on the answers of "m"') });
    expect(ran).toMatchObject({ calls: 1, costUsd: 0 });
  });

  it('in USD without a price are bad input, before the first call', async () => {
    const ran = await run(planOf(10), { reply: echo }, { caps: { costUsd: 1 }, prices: {} });
    expect(ran.stopped).toEqual({ reason: 'bad-input', sentence: expect.stringContaining('prices: { "m"') });
    expect(ran.calls).toBe(0);
  });
});

describe('a cancelled run', () => {
  it('returns what is known at once and says what is not', async () => {
    const stop = new AbortController();
    const reply = (request: ModelRequest, count: number) => {
      if (count === 30) stop.abort();
      return echo(request);
    };
    const ran = await run(planOf(50), { reply, latencyMs: () => 1_000 }, { signal: stop.signal });
    const done = reasons(ran).filter((reason) => reason === 'answer').length;
    expect(ran.stopped).toEqual({ reason: 'cancelled', sentence: `The run was cancelled with ${done} of 100 trials done.` });
    expect(new Set(reasons(ran))).toEqual(new Set(['answer', 'cancelled']));
    expect(ran.model.asked.length).toBeLessThanOrEqual(34);
  });

  it('does not wait for a model that does not listen', async () => {
    const stop = new AbortController();
    const deaf: ModelScript = { reply: echo };
    const model = { ...scriptedModel(deaf), ask: () => new Promise<never>(() => stop.abort()) };
    const ran = await run(planOf(5), deaf, { signal: stop.signal, model });
    expect(new Set(reasons(ran))).toEqual(new Set(['cancelled']));
    expect(ran.elapsedMs).toBe(1_000);
  });

  it('keeps the answers that come within a second, which are likely paid for, and sends nothing more', async () => {
    const stop = new AbortController();
    const reply = (request: ModelRequest, count: number) => {
      if (count === 20) stop.abort();
      return count === 22 ? failure('server-error') : echo(request);
    };
    const kept: string[] = [];
    const answers = { has: () => false, find: () => undefined, keep: (key: string) => void kept.push(key) };
    const ran = await run(planOf(50), { reply, latencyMs: (_, count) => (count === 23 ? 5_000 : 500) }, { signal: stop.signal, answers });
    expect(ran.elapsedMs).toBeLessThanOrEqual(21 * 500 + 1_000);
    expect(ran.calls).toBe(ran.model.asked.length);
    expect([kept.length, reasons(ran).filter((reason) => reason === 'answer').length]).toEqual([ran.calls - 2, ran.calls - 2]);
    // What nobody knows the fate of is settled in full: each answer has 2 tokens of at most 50.
    expect(ran.outputTokens).toBe(2 * (ran.calls - 2) + 50);
  });

  it('before it began asks nothing', async () => {
    const ran = await run(planOf(5), { reply: echo }, { signal: AbortSignal.abort() });
    expect(ran).toMatchObject({ calls: 0, stopReason: 'cancelled' });
  });
});
