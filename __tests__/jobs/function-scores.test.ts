import type { EvalSet } from '../../src/domain/evalset.ts';
import type { FunctionRequest, ScorerFunction } from '../../src/domain/function.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { AnswerStore, CallFunction } from '../../src/domain/ports.ts';
import type { Answer } from '../../src/domain/trial.ts';
import { remembered } from '../../src/jobs/function-scores.ts';
import { failure } from '../support/scripted-model.ts';

const fn: ScorerFunction = {
  name: 'mine.mjs',
  program: { kind: 'module', path: 'mine.mjs', exported: 'default' },
  timeoutMs: 1000,
  concurrency: 1,
};
const request: FunctionRequest = { answer: 'yes', finish: 'stop', example: { id: 'e1', input: 'Is it?', tags: [] } };

const evalSet = (hash = '0'.repeat(64)): EvalSet => ({
  path: 'evals/a.yml',
  examples: [],
  digest: 'd',
  scorers: [],
  slices: [],
  thresholds: {},
  skipped: 0,
  constraints: [],
  functionFiles: [{ path: 'mine.mjs', hash }],
});

/** A store, and a program that says these things in turn. */
function stage(...replies: readonly (JsonObject | 'fails')[]) {
  const kept = new Map<string, Answer>();
  const store: AnswerStore = { has: (key) => kept.has(key), find: (key) => kept.get(key), keep: (key, answer) => kept.set(key, answer) };
  let calls = 0;
  const call: CallFunction = async () => {
    const reply = replies[calls++ % replies.length]!;
    return reply === 'fails' ? failure('function') : { reply };
  };
  const run = (of = evalSet()): CallFunction => remembered(call, of, store);
  return { kept, calls: () => calls, run, ask: (of = evalSet(), by = fn, about = request) => run(of)(by, about) };
}

const score = { score: 0.5, reason: 'half of it' };

it('what a function said of an answer is not asked again', async () => {
  const { ask, calls } = stage(score);
  expect([await ask(), await ask(), calls()]).toEqual([{ reply: score }, { reply: score }, 1]);
  // How long it may take says nothing about the score.
  await ask(evalSet(), { ...fn, timeoutMs: 5, concurrency: 8 });
  expect(calls()).toBe(1);
});

it('is asked once where several want the same at the same time, and again after a failure', async () => {
  const { run, calls } = stage('fails', score);
  const ask = (
    (call) => () =>
      call(fn, request)
  )(run());
  const failed = await Promise.all([ask(), ask(), ask()]);
  expect([failed.map((one) => 'kind' in one), calls()]).toEqual([[true, true, true], 1]);
  expect([await Promise.all([ask(), ask()]), calls()]).toEqual([[{ reply: score }, { reply: score }], 2]);
});

it.each<[string, Parameters<ReturnType<typeof stage>['ask']>]>([
  ['a file it runs', [evalSet('1'.repeat(64))]],
  ['the export', [evalSet(), { ...fn, program: { kind: 'module', path: 'mine.mjs', exported: 'strict' } }]],
  ['the program', [evalSet(), { ...fn, program: { kind: 'command', argv: ['mine.mjs', 'default'] } }]],
  ['the answer', [evalSet(), fn, { ...request, answer: 'no' }]],
  ['how the answer ended', [evalSet(), fn, { ...request, finish: 'length' }]],
  ['the example', [evalSet(), fn, { ...request, example: { id: 'e1', input: 'Is it?', tags: ['hard'] } }]],
])('where %s has changed it is called again', async (_title, changed) => {
  const { ask, calls } = stage(score);
  await ask();
  await ask(...changed);
  expect(calls()).toBe(2);
});

it.each<[string, JsonObject | 'fails']>([
  ['a failure', 'fails'],
  ['an error it reports', { error: 'no weights' }],
  ['an error beside a score', { score: 1, error: 'no weights' }],
  ['a score out of range', { score: 2 }],
  ['no score', {}],
])('%s is never kept', async (_title, said) => {
  const { ask, calls, kept } = stage(said, score);
  await ask();
  expect(kept.size).toBe(0);
  expect([await ask(), await ask(), calls()]).toEqual([{ reply: score }, { reply: score }, 2]);
});

it('a store that holds something else under its key is not believed', async () => {
  for (const text of ['', 'null', '{"score":7}', '{"error":"x"}']) {
    const { ask, calls, kept } = stage(score);
    await ask();
    for (const [key, answer] of kept) kept.set(key, { ...answer, text });
    expect([await ask(), calls()]).toEqual([{ reply: score }, 2]);
  }
});
