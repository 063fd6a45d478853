import fc from 'fast-check';
import type { Score } from '../../src/domain/score.ts';
import type { Answer, Arm, ModelRequest } from '../../src/domain/trial.ts';
import type { Harmed } from '../../src/evaluate/early-stop.ts';
import { planTrials, type Subject } from '../../src/evaluate/plan.ts';
import { runTrials } from '../../src/evaluate/run.ts';
import { randomStream } from '../../src/stats/random.ts';
import { fakeClock } from '../support/clock.ts';
import { answer, failure, type ModelScript, scriptedModel } from '../support/scripted-model.ts';

const ask = (text: string): ModelRequest => ({ model: 'm', params: { maxOutputTokens: 50 }, messages: [{ role: 'user', content: text }] });

function subject(name: string, examples: number, repeats = 1): Subject {
  const requests = (id: string): Record<Arm, ModelRequest> => ({ base: ask(`${name} base ${id}`), head: ask(`${name} head ${id}`) });
  return {
    name,
    seed: 'digest',
    repeats,
    examples: Array.from({ length: examples }, (_, i) => ({ exampleId: `e${i}`, requests: requests(`e${i}`) })),
  };
}

/** Base always passes, head never. */
const grade = (_trial: unknown, { text }: Answer): Score => {
  const pass = text.includes(' base ');
  return { value: pass ? 1 : 0, pass, reason: '' };
};

const echo = ({ messages }: ModelRequest): Answer => answer(messages[0]!.content);
const afterTen: Harmed = (_subject, examples) => examples === 10;

async function run(subjects: readonly Subject[], harmed: Harmed, script: Partial<ModelScript> = {}) {
  const clock = fakeClock();
  const model = scriptedModel({ clock, reply: echo, ...script });
  const plan = planTrials(subjects);
  const signal = new AbortController().signal;
  const outcome = await runTrials(plan, { model, grade, concurrency: 4, timeoutMs: 60_000, caps: {}, prices: {}, clock, signal, harmed });
  return { ...outcome, trials: [...outcome.trials], plan: [...plan] };
}

const counted = ({ trials }: { trials: readonly { subject: string; outcome: { kind: string } }[] }, name: string) =>
  trials.filter(({ subject, outcome }) => subject === name && outcome.kind === 'answer').length;

describe('a run that watches for harm', () => {
  it('ends after the examples that showed it, and says what it spared', async () => {
    const ran = await run([subject('a', 50)], afterTen);
    expect(ran.ended).toEqual(new Map([['a', 10]]));
    expect(counted(ran, 'a')).toBe(20);
    expect(ran.calls + ran.spared).toBe(100);
    expect(ran.spared).toBeGreaterThan(70);
    expect(ran.stopped).toBeUndefined();
  });

  it('keeps the first examples of the plan, whole with all their repeats', async () => {
    const ran = await run([subject('a', 20, 3)], afterTen);
    const kept = new Set(ran.plan.slice(0, 60).map(({ exampleId }) => exampleId));
    expect(kept.size).toBe(10);
    for (const { exampleId, outcome } of ran.trials)
      expect([exampleId, outcome.kind]).toEqual([exampleId, kept.has(exampleId) ? 'answer' : 'failure']);
  });

  it('asks each subject that was not harmed to its end', async () => {
    const ran = await run([subject('a', 30), subject('b', 30)], (name, examples) => name === 'a' && examples === 10);
    expect([counted(ran, 'a'), counted(ran, 'b'), [...ran.ended]]).toEqual([20, 60, [['a', 10]]]);
  });

  it('looks at every example in turn, and at none twice', async () => {
    const looks: number[] = [];
    await run([subject('a', 12)], (_subject, examples, planned, trials) => {
      expect([planned, trials.length]).toEqual([12, 2 * examples]);
      looks.push(examples);
      return false;
    });
    expect(looks).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
  });

  it('counts the same examples in whatever order answers arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (seed) => {
        const stream = randomStream(seed, 'latency');
        const ran = await run([subject('a', 25), subject('b', 8)], afterTen, { latencyMs: () => stream.below(500) });
        const orderly = await run([subject('a', 25), subject('b', 8)], afterTen);
        expect([ran.trials.map(({ outcome, score: got }) => [outcome.kind, got]), ran.ended]).toEqual([
          orderly.trials.map(({ outcome, score: got }) => [outcome.kind, got]),
          orderly.ended,
        ]);
      }),
      { numRuns: 20 },
    );
  });

  it('goes past an example that got no answer', async () => {
    const reply = (request: ModelRequest) => (request.messages[0]!.content.endsWith('head e3') ? failure('rejected') : echo(request));
    const ran = await run([subject('a', 30)], afterTen, { reply });
    expect(ran.ended).toEqual(new Map([['a', 10]]));
  });
});
