import fc from 'fast-check';
import type { Answer, Arm, ModelRequest } from '../../src/domain/trial.ts';
import type { Grade, GradeTrial } from '../../src/evaluate/grading.ts';
import { planTrials, type Subject, type SubjectTrial } from '../../src/evaluate/plan.ts';
import { type RunOptions, type RunOutcome, runTrials } from '../../src/evaluate/run.ts';
import { pairTrials } from '../../src/gate/pairs.ts';
import { randomStream } from '../../src/stats/random.ts';
import { fakeClock } from '../support/clock.ts';
import { answer, failure, type ModelScript, type ScriptedModel, scriptedModel } from '../support/scripted-model.ts';

const ask = (content: string, model = 'm', params: ModelRequest['params'] = { maxOutputTokens: 50 }): ModelRequest => ({
  model,
  params,
  messages: [{ role: 'user', content }],
});

function subject(examples: number, { repeats = 1, same = false, params = {} } = {}): Subject {
  const requests = (id: string): Record<Arm, ModelRequest> => ({
    base: ask(`${same ? 'both' : 'base'} ${id}`, 'm', { maxOutputTokens: 50, ...params }),
    head: ask(`${same ? 'both' : 'head'} ${id}`, 'm', { maxOutputTokens: 50, ...params }),
  });
  return {
    name: 'a',
    seed: 'digest',
    repeats,
    examples: Array.from({ length: examples }, (_, i) => ({ exampleId: `e${i}`, requests: requests(`e${i}`) })),
  };
}

/** A judge is asked about each answer; what it replies is the score, and what is no number cannot be graded. */
const judged: GradeTrial = async ({ exampleId }, { text }, consult) => {
  const reply = await consult(ask(`${exampleId}: ${text}`, 'judge', { maxOutputTokens: 5, temperature: 0 }));
  if (reply.kind === 'failure') return reply;
  const value = Number(reply.text);
  if (Number.isNaN(value)) return failure('bad-reply');
  return { value, pass: value === 1, reason: 'judged' };
};

const isJudge = ({ model }: ModelRequest): boolean => model === 'judge';
const content = ({ messages }: ModelRequest): string => messages[0]!.content;

/** The model repeats what it is asked; the judge passes what the base was asked. */
const honest = (request: ModelRequest): Answer =>
  isJudge(request) ? answer(content(request).includes('base') ? '1' : '0') : answer(content(request));

interface Ran extends Omit<RunOutcome, 'trials'> {
  readonly trials: readonly SubjectTrial[];
  readonly model: ScriptedModel;
  readonly elapsedMs: number;
}

async function run(of: Subject, script: Partial<ModelScript> = {}, options: Partial<RunOptions> = {}): Promise<Ran> {
  const clock = fakeClock();
  const model = scriptedModel({ clock, reply: honest, ...script });
  const signal = new AbortController().signal;
  const price = { inputPer1M: 1_000, outputPer1M: 1_000 };
  const common = { model, grade: judged, concurrency: 4, timeoutMs: 60_000, caps: {}, prices: { m: price, judge: price }, clock, signal };
  const outcome = await runTrials(planTrials([of]), { ...common, ...options });
  return { ...outcome, trials: [...outcome.trials], model, elapsedMs: clock.now() };
}

const values = ({ trials }: Pick<Ran, 'trials'>) =>
  trials.map(({ arm, exampleId, repeat, score }) => [arm, exampleId, repeat, score?.value]);
const judgements = ({ model }: Ran): number => model.asked.filter(isJudge).length;

describe('an answer that a model grades', () => {
  it('is scored as that model says, paid from the same ledger and counted apart', async () => {
    const ran = await run(subject(10));
    expect(ran.trials.every(({ arm, score }) => score?.value === (arm === 'base' ? 1 : 0))).toBe(true);
    expect(ran).toMatchObject({ calls: 40, inputTokens: 400, consulted: { calls: 20, inputTokens: 200, outputTokens: 40 } });
    expect(ran.costUsd).toBeCloseTo(2 * ran.consulted!.costUsd!, 12);
  });

  it('is graded once where both sides asked and got the same', async () => {
    const ran = await run(subject(10, { same: true, repeats: 2 }));
    expect([ran.calls, ran.reused, judgements(ran)]).toEqual([40, 20, 20]);
  });

  it('is graded once where different questions got the same answer', async () => {
    const reply = (request: ModelRequest) => (isJudge(request) ? answer('1') : answer('yes'));
    expect(judgements(await run(subject(10), { reply }))).toBe(10);
  });

  it('is graded anew at each repeat, and as often as the grader wants', async () => {
    const twice: GradeTrial = async ({ exampleId }, _answer, consult) => {
      const replies = [await consult(ask(exampleId, 'judge'), 0), await consult(ask(exampleId, 'judge'), 1)];
      return { value: replies.filter(({ kind }) => kind === 'answer').length / 2, pass: true, reason: '' };
    };
    const ran = await run(subject(5, { repeats: 3 }), {}, { grade: twice });
    expect([judgements(ran), ran.trials.every(({ score }) => score?.value === 1)]).toEqual([30, true]);
  });

  it('is graded again after a hiccup of the one who grades', async () => {
    const reply = (request: ModelRequest, count: number) =>
      isJudge(request) && count % 5 === 2 ? failure('server-error') : honest(request);
    expect(values(await run(subject(20), { reply }))).toEqual(values(await run(subject(20))));
  });
});

describe('an answer that cannot be graded', () => {
  const unsure = (request: ModelRequest) => (isJudge(request) && /e[37]: head/.test(content(request)) ? answer('hm') : honest(request));

  it('is kept, has no score and says why', async () => {
    const ran = await run(subject(20), { reply: unsure });
    const ungraded = ran.trials.filter(({ score }) => score === undefined);
    expect(ungraded.map(({ exampleId, arm }) => `${arm} ${exampleId}`).sort()).toEqual(['head e3', 'head e7']);
    expect(ungraded.every(({ outcome, ungraded: why }) => outcome.kind === 'answer' && why?.reason === 'bad-reply')).toBe(true);
    expect(ran.stopped).toBeUndefined();
  });

  it('leaves its example out of the comparison instead of counting as zero', async () => {
    const { trials } = await run(subject(20), { reply: unsure });
    const examples = Array.from({ length: 20 }, (_, i) => ({
      id: `e${i}`,
      vars: {},
      messages: [],
      tags: [],
      source: { file: '', line: i },
    }));
    const { pairs, missing } = pairTrials(examples, trials);
    expect([pairs.length, [...missing]]).toEqual([18, ['e3', 'e7']]);
  });

  it('counts as failed in the progress', async () => {
    const seen: number[] = [];
    await run(subject(20), { reply: unsure }, { onProgress: ({ failed }) => seen.push(failed) });
    expect(seen.at(-1)).toBe(2);
  });
});

describe('a grader that never answers', () => {
  it.each([
    ['unauthorized', 'bad-input'],
    ['not-found', 'bad-input'],
    ['unreachable', 'provider-dead'],
    ['quota', 'provider-dead'],
  ] as const)('because of %s stops the run as %s before the rest is asked', async (reason, stop) => {
    const ran = await run(subject(50), { reply: (request) => (isJudge(request) ? failure(reason) : honest(request)) });
    expect(ran.stopped).toEqual({ reason: stop, sentence: `It failed: ${reason}.` });
    expect(ran.model.asked.filter((request) => !isJudge(request))).toHaveLength(1);
    expect(ran.elapsedMs).toBeLessThan(10_000);
  });

  it('in its own words only is given three answers to speak of', async () => {
    const ran = await run(subject(50), { reply: (request) => (isJudge(request) ? answer('hm') : honest(request)) });
    expect([ran.stopped?.reason, ran.calls]).toEqual(['provider-dead', 6]);
  });

  it('from the middle of the run on stops it like a provider that dies', async () => {
    const reply = (request: ModelRequest, count: number) => (isJudge(request) && count > 50 ? failure('server-error') : honest(request));
    const ran = await run(subject(200), { reply });
    expect(ran.stopped).toEqual({ reason: 'provider-dead', sentence: 'The last 12 questions all failed. It failed: server-error.' });
  });

  it('is not waited for when the run is cancelled', async () => {
    const stop = new AbortController();
    const deaf = (): Promise<Grade> => new Promise(() => stop.abort());
    const ran = await run(subject(5), {}, { grade: deaf, signal: stop.signal });
    expect(ran.stopped?.reason).toBe('cancelled');
    expect(ran.trials.every(({ score }) => score === undefined)).toBe(true);
  });
});

describe('a parameter that only the grading carries', () => {
  it('and that is refused in the middle of the run is withheld from all of it', async () => {
    let refused: readonly string[] = [];
    const reply = (request: ModelRequest, count: number) => {
      if (isJudge(request) && count > 30 && refused.length === 0) {
        refused = ['temperature'];
        return failure('parameter');
      }
      return isJudge(request) ? answer(refused.length === 0 ? '0' : '1') : honest(request);
    };
    const ran = await run(subject(20), { reply, refused: () => refused });
    expect(ran.trials.map(({ score }) => score?.value)).toEqual(Array.from({ length: 40 }, () => 1));
    expect(ran.model.asked.filter((request) => !isJudge(request))).toHaveLength(40);
  });
});

describe('grading by a model', () => {
  it('changes nothing with the order in which answers and grades arrive, early stop included', async () => {
    const harmed: RunOptions['harmed'] = (_subject, examples, _planned, trials) =>
      examples === 10 && [...trials].every(({ score }) => score !== undefined);
    const seen = (ran: Ran) => [values(ran), ran.ended];
    const orderly = seen(await run(subject(25), {}, { harmed }));
    await fc.assert(
      fc.asyncProperty(fc.string(), async (seed) => {
        const stream = randomStream(seed, 'latency');
        expect(seen(await run(subject(25), { latencyMs: () => stream.below(500) }, { harmed }))).toEqual(orderly);
      }),
      { numRuns: 20 },
    );
  });

  it('never passes a cap: 100 seeded runs', async () => {
    const stops = new Set<string | undefined>();
    for (let seed = 0; seed < 100; seed++) {
      const stream = randomStream(String(seed), 'server');
      const caps = { calls: 10 + stream.below(40) };
      const reply = (request: ModelRequest) => (stream.below(5) === 0 ? failure('server-error') : honest(request));
      const ran = await run(subject(5), { reply, latencyMs: () => stream.below(900) }, { caps, concurrency: 1 + stream.below(8) });
      expect(ran.model.asked.length).toBeLessThanOrEqual(caps.calls);
      expect(ran.calls).toBe(ran.model.asked.length);
      stops.add(ran.stopped?.reason);
    }
    expect([...stops]).toEqual(expect.arrayContaining([undefined, 'budget']));
  });
});
