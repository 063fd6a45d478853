import type { Answer } from '../../src/domain/trial.ts';
import { openAiModel } from '../../src/edges/models/openai.ts';
import { planTrials, type TrialPlace } from '../../src/evaluate/plan.ts';
import { type RunOptions, type RunOutcome, runTrials } from '../../src/evaluate/run.ts';
import { randomStream } from '../../src/stats/random.ts';
import { hurriedClock } from '../support/clock.ts';
import { apiError, type Reply, type Script, startModelServer } from '../support/model-server.ts';

const examples = 120;
const plan = planTrials([
  {
    name: 'prompts/double.md',
    seed: 'digest',
    repeats: 1,
    examples: Array.from({ length: examples }, (_, index) => ({
      exampleId: String(index),
      requests: {
        base: { model: 'm', params: { temperature: 0, maxOutputTokens: 50 }, messages: [{ role: 'user', content: `twice ${index}` }] },
        head: { model: 'm', params: { temperature: 0, maxOutputTokens: 50 }, messages: [{ role: 'user', content: `double ${index}` }] },
      },
    })),
  },
]);

const grade = ({ exampleId }: TrialPlace, { text }: Answer) => {
  const pass = text === String(2 * Number(exampleId));
  return { value: pass ? 1 : 0, pass, reason: text };
};

/** Right to "double", and to two in three of "twice". */
const rightly: Script = ({ body }) => {
  const [verb, number] = body.messages[0]!.content.split(' ');
  return { content: verb === 'twice' && Number(number) % 3 === 0 ? 'three' : String(2 * Number(number)) };
};

const faults: readonly Reply[] = [
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

/** On a clock a hundred times as fast, where a server that never answered is soon given up on: a hanging server takes the 100 s that a call may, one second of ours. */
async function run(script: Script, caps: RunOptions['caps'] = {}, timeoutMs = 100_000): Promise<RunOutcome & { readonly counted: number }> {
  await using server = await startModelServer(script);
  const model = openAiModel({ baseUrl: server.url, apiKey: 'sk-1', headers: {}, timeoutMs: 600_000 });
  const signal = new AbortController().signal;
  const prices = { m: { inputPer1M: 1, outputPer1M: 4 } };
  const clock = hurriedClock(100);
  const outcome = await runTrials(plan, { model, grade, concurrency: 16, timeoutMs, caps, prices, clock, signal });
  await model.close();
  return { ...outcome, counted: server.seen.length };
}

const scores = ({ trials }: RunOutcome) => [...trials].map(({ arm, exampleId, score }) => `${arm} ${exampleId} ${score?.value}`);

describe('a server that fails one request in five', () => {
  it('in every known way changes no score, and the ledger counts no fewer calls than the server', async () => {
    // However busy this computer is, no call takes a minute of ours.
    const clean = await run(rightly, {}, 6_000_000);
    const stream = randomStream('faults', 'server');
    const broken = await run((seen, count) =>
      count > 0 && stream.uniform() < 0.2 ? faults[stream.below(faults.length)]! : rightly(seen, count),
    );
    expect(clean).toMatchObject({ calls: 2 * examples, counted: 2 * examples });
    expect(scores(broken)).toEqual(scores(clean));
    expect(broken.calls).toBeGreaterThan(2 * examples);
    expect(broken.counted).toBeLessThanOrEqual(broken.calls);
    expect(broken.stopped).toBeUndefined();
  }, 60_000);

  it('never receives more calls than the cap', async () => {
    const stream = randomStream('faults', 'capped server');
    const capped = await run((seen, count) => (count > 0 && stream.uniform() < 0.2 ? faults[stream.below(5)]! : rightly(seen, count)), {
      calls: 250,
    });
    expect(capped.stopped).toMatchObject({ reason: 'budget', cap: 'calls', allowed: 250 });
    expect(capped.counted).toBeLessThanOrEqual(250);
    expect(capped.calls).toBe(250);
  }, 60_000);
});

describe('a wrong key', () => {
  it('stops the run after one call with a sentence that does not hold it', async () => {
    const { stopped, counted } = await run(() => apiError(401, { message: 'Incorrect API key provided: sk-1.', code: 'invalid_api_key' }));
    expect(stopped).toEqual({ reason: 'bad-input', sentence: expect.stringContaining('refused the API key') });
    expect(stopped?.sentence).not.toContain('sk-1');
    expect(counted).toBe(1);
  });
});
