import type { Score } from '../../src/domain/score.ts';
import type { Answer, ModelRequest } from '../../src/domain/trial.ts';
import type { GradeTrial } from '../../src/evaluate/grading.ts';
import { planTrials } from '../../src/evaluate/plan.ts';
import { type RunOptions, runTrials } from '../../src/evaluate/run.ts';
import { answersInMemory } from '../support/answers.ts';
import { fakeClock } from '../support/clock.ts';
import { plainTrial } from '../support/plain-trial.ts';
import { answer, failure, type ModelScript, scriptedModel } from '../support/scripted-model.ts';

const score: Score = { value: 1, pass: true, reason: 'said' };
const params = { temperature: 0, topP: 0.5, stopSequences: ['END'], maxOutputTokens: 50 };

interface Asking {
  readonly head?: string;
  readonly repeats?: number;
  readonly model?: string;
}

function planOf({ head = 'head', repeats = 1, model = 'm' }: Asking = {}) {
  const ask = (text: string): ModelRequest => ({ model, params, messages: [{ role: 'user', content: text }] });
  const examples = Array.from({ length: 10 }, (_, index) => ({
    exampleId: `e${index}`,
    requests: { base: ask(`base: ${index}`), head: ask(`${head}: ${index}`) },
  }));
  return planTrials([{ name: 'a.md', seed: 'digest', repeats, examples }]);
}

const echo = ({ messages }: ModelRequest): Answer => answer(messages[0]!.content);

async function run(plan: ReturnType<typeof planOf>, options: Partial<RunOptions>, script: ModelScript = { reply: echo }) {
  const clock = fakeClock();
  const model = scriptedModel({ clock, ...script });
  const common = { grade: () => score, concurrency: 4, timeoutMs: 60_000, caps: {}, prices: {}, clock };
  const outcome = await runTrials(plan, { ...common, model, signal: new AbortController().signal, ...options });
  return { ...outcome, trials: [...outcome.trials].map(plainTrial), asked: model.asked };
}

const texts = ({ trials }: Awaited<ReturnType<typeof run>>) =>
  trials.map(({ outcome }) => (outcome.kind === 'answer' ? outcome.text : outcome.reason));

describe('what was answered before', () => {
  it('is not asked again, is counted apart, and changes nothing that decides', async () => {
    const answers = answersInMemory();
    const first = await run(planOf(), { answers });
    const again = await run(planOf(), { answers });
    expect([first.calls, first.cached]).toEqual([20, 0]);
    expect([again.calls, again.cached, again.asked]).toEqual([0, 20, []]);
    expect(again.trials).toEqual(first.trials);
  });

  it('is used where a push touches one side only', async () => {
    const answers = answersInMemory();
    await run(planOf(), { answers });
    const pushed = await run(planOf({ head: 'better head' }), { answers });
    expect([pushed.calls, pushed.cached]).toEqual([10, 10]);
    expect(pushed.asked.every(({ messages }) => messages[0]!.content.startsWith('better head'))).toBe(true);
  });

  it('serves the same repeat and no other', async () => {
    const answers = answersInMemory();
    await run(planOf(), { answers });
    expect(await run(planOf({ repeats: 3 }), { answers })).toMatchObject({ calls: 40, cached: 20 });
  });

  it('does not count against a cap on calls', async () => {
    const answers = answersInMemory();
    await run(planOf(), { answers });
    expect(await run(planOf({ head: 'new' }), { answers, caps: { calls: 10 } })).toMatchObject({ calls: 10, cached: 10 });
    const stopped = (await run(planOf({ head: 'newer' }), { answers, caps: { calls: 9 } })).stopped;
    expect(stopped).toMatchObject({ reason: 'budget', needed: 10 });
  });

  it('is never a failure', async () => {
    const answers = answersInMemory();
    const reply = (request: ModelRequest) => (request.messages[0]!.content.endsWith('3') ? failure('rejected') : echo(request));
    await run(planOf(), { answers }, { reply });
    expect(answers.kept.size).toBe(18);
    expect(texts(await run(planOf(), { answers }))).not.toContain('rejected');
  });

  it('does not hide a wrong key: the probe asks what nobody has answered', async () => {
    const answers = answersInMemory();
    await run(planOf(), { answers });
    const pushed = await run(planOf({ head: 'new' }), { answers }, { reply: () => failure('unauthorized') });
    expect([pushed.stopped?.reason, pushed.asked.length]).toEqual(['bad-input', 1]);
  });

  it('is neither looked up nor kept for the embedded model, which costs nothing and changes with this tool', async () => {
    const answers = answersInMemory();
    await run(planOf({ model: 'offline' }), { answers });
    expect(answers.kept.size).toBe(0);
  });
});

describe('a parameter that the server refuses', () => {
  function refusing(parameter: string): ModelScript {
    let refused: readonly string[] = [];
    return {
      refused: () => refused,
      reply: (request) => {
        if (refused.length > 0) return echo(request);
        refused = [parameter];
        return failure('parameter');
      },
    };
  }

  it.each(['temperature', 'top_p', 'stop', 'max_tokens'])(
    '%s is no part of what an answer is known by once it is not sent',
    async (name) => {
      const answers = answersInMemory();
      const first = await run(planOf(), { answers }, refusing(name));
      const accepting = await run(planOf(), { answers });
      const again = await run(planOf({ head: 'new' }), { answers }, refusing(name));
      expect([first.calls, first.cached]).toEqual([21, 0]);
      // A server that takes the parameter now is another question.
      expect([accepting.calls, accepting.cached]).toEqual([20, 0]);
      // Answers with the parameter are found first, and replaced by those without it as soon as it is refused.
      expect(again.calls).toBe(11);
      expect(texts(again).filter((text) => text.startsWith('base'))).toHaveLength(10);
    },
  );
});

describe('whoever is consulted', () => {
  it('is not asked again either', async () => {
    const answers = answersInMemory();
    const judge = (text: string): ModelRequest => ({ model: 'judge', params: {}, messages: [{ role: 'user', content: `judge ${text}` }] });
    const grade: GradeTrial = async (_trial, { text }, consult) => {
      const verdict = await consult(judge(text));
      return verdict.kind === 'answer' ? score : verdict;
    };
    const first = await run(planOf(), { answers, grade });
    const again = await run(planOf(), { answers, grade });
    expect([first.calls, first.consulted?.calls, first.cached]).toEqual([40, 20, 0]);
    expect([again.calls, again.consulted, again.cached]).toEqual([0, undefined, 40]);
    expect(again.trials).toEqual(first.trials);
  });
});
