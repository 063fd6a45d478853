import type { Answer } from '../../src/domain/trial.ts';
import { openAiModel } from '../../src/edges/models/openai.ts';
import { type Plan, planTrials, type TrialPlace } from '../../src/evaluate/plan.ts';
import { type RunOptions, type RunOutcome, runTrials } from '../../src/evaluate/run.ts';
import { randomStream } from '../../src/stats/random.ts';
import { hurriedClock } from './clock.ts';
import { type Reply, type Script, startModelServer } from './model-server.ts';

/** So many examples, each asked by both sides: to double a number. */
export function doublings(examples: number): Plan {
  const asking = (verb: string, index: number) => ({
    model: 'm',
    params: { temperature: 0, maxOutputTokens: 50 },
    messages: [{ role: 'user' as const, content: `${verb} ${index}` }],
  });
  return planTrials([
    {
      name: 'prompts/double.md',
      seed: 'digest',
      repeats: 1,
      examples: Array.from({ length: examples }, (_, index) => ({
        exampleId: String(index),
        requests: { base: asking('twice', index), head: asking('double', index) },
      })),
    },
  ]);
}

const grade = ({ exampleId }: TrialPlace, { text }: Answer) => {
  const pass = text === String(2 * Number(exampleId));
  return { value: pass ? 1 : 0, pass, reason: text };
};

/** Right to "double", and to two in three of "twice". */
export const rightly: Script = ({ body }) => {
  const [verb, number] = body.messages[0]!.content.split(' ');
  return { content: verb === 'twice' && Number(number) % 3 === 0 ? 'three' : String(2 * Number(number)) };
};

/** What a run against such a server comes to, trial by trial. */
export const rightScores = (plan: Plan): string[] =>
  Array.from(plan, ({ arm, exampleId }) => `${arm} ${exampleId} ${arm === 'base' && Number(exampleId) % 3 === 0 ? 0 : 1}`);

/** What a server does instead of answering. */
export const faults: readonly Reply[] = [
  { status: 429, headers: { 'retry-after-ms': '20' } },
  { status: 500 },
  { status: 503, body: '<html>busy</html>', headers: { 'content-type': 'text/html' } },
  'drop',
  'hang',
  'truncate',
  { status: 200, body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } },
  { status: 200, body: '' },
  { status: 200, body: '{}' },
];

/** Right, but for one request in five, to which it does one of `which`. */
export function failing(seed: string, which: readonly Reply[] = faults): Script {
  const stream = randomStream('faults', seed);
  return (seen, count) => (count > 0 && stream.uniform() < 0.2 ? which[stream.below(which.length)]! : rightly(seen, count));
}

/** What became of a run, and how many requests the server counted. */
export type Counted = RunOutcome & { readonly counted: number };

/** However busy this computer is, no call of a server that never hangs takes a minute of ours. */
export const withoutTimeout = { timeoutMs: 6_000_000 };

/**
 * On a clock a hundred times as fast, where a server that never answered is soon given up on: a hanging server takes the 100 s that a call may,
 * one second of ours.
 */
export async function runAgainst(
  script: Script,
  plan: Plan,
  { timeoutMs = 100_000, concurrency = 16, ...more }: Partial<RunOptions> = {},
): Promise<Counted> {
  await using server = await startModelServer(script);
  const model = openAiModel({ baseUrl: server.url, apiKey: 'sk-1', headers: {}, timeoutMs: 600_000 });
  const signal = new AbortController().signal;
  const prices = { m: { inputPer1M: 1, outputPer1M: 4 } };
  const options = { model, grade, concurrency, timeoutMs, caps: {}, prices, clock: hurriedClock(100), signal, ...more };
  const outcome = await runTrials(plan, options);
  await model.close();
  return { ...outcome, counted: server.seen.length };
}

export const scoresOf = ({ trials }: RunOutcome): string[] =>
  Array.from(trials, ({ arm, exampleId, score }) => `${arm} ${exampleId} ${score?.value}`);
