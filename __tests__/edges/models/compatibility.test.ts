import { readFileSync } from 'node:fs';
import { LLMock } from '@copilotkit/aimock';
import type { ModelRequest } from '../../../src/domain/trial.ts';
import { openModel } from '../../../src/edges/models/index.ts';
import { startModelServer } from '../../support/model-server.ts';
import { hasReplay, replayFolder, startReplay } from '../../support/replay.ts';

const signal = new AbortController().signal;
const ask = (content: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'gpt-4o-mini',
  params: { temperature: 0, maxOutputTokens: 32 },
  messages: [{ role: 'user', content }],
  ...more,
});

describe('an opened model', () => {
  it("speaks the protocol as OpenAI's mock server has it: answers, formats, errors", async () => {
    const mock = new LLMock({ port: 0 });
    mock.onMessage('capital of France', { content: 'Paris' });
    mock.onMessage('as JSON', { content: '{"city":"Paris"}' });
    mock.onMessage('too fast', { error: { message: 'Rate limit reached.', type: 'rate_limit_error' }, status: 429 });
    await mock.start();
    try {
      const model = await openModel(['gpt-4o-mini'], () => ({ baseUrl: `${mock.url}/v1`, apiKey: 'sk-1', headers: {}, timeoutMs: 10_000 }));
      const usage = { inputTokens: expect.any(Number), outputTokens: expect.any(Number) };
      expect(await model.ask(ask('What is the capital of France?'), signal)).toMatchObject({ text: 'Paris', finish: 'stop', usage });
      const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
      const formatted = await model.ask(ask('The capital, as JSON', { output: { format: 'json', schema } }), signal);
      expect(formatted).toMatchObject({ text: '{"city":"Paris"}' });
      expect(await model.ask(ask('You are too fast'), signal)).toMatchObject({ reason: 'rate-limited', retryable: true });
      await model.close();
    } finally {
      await mock.stop();
    }
  });

  it('answers "offline" without the endpoint and everything else from it', async () => {
    const settings = { baseUrl: 'http://127.0.0.1:1/v1', headers: {}, timeoutMs: 10_000 };
    const model = await openModel(['offline', 'gpt-4o-mini'], () => settings);
    expect(model.endpoint).toBe('http://127.0.0.1:1/v1');
    expect(await model.ask(ask('Hello', { model: 'offline' }), signal)).toMatchObject({ kind: 'answer' });
    expect(await model.ask(ask('Hello'), signal)).toMatchObject({ reason: 'unreachable' });
    await model.close();
  });

  it('asks the models of a server apart there and nowhere else, and looks up how to reach a server only where one of its models is named', async () => {
    await using usual = await startModelServer(() => ({ content: 'usual' }));
    await using apart = await startModelServer(() => ({ content: 'apart' }));
    const to = (url: string) => () => ({ baseUrl: url, headers: {}, timeoutMs: 10_000 });
    const judges = { models: ['small', 'tiny'], access: to(apart.url) };
    const model = await openModel(['gpt-4o-mini', 'small', 'offline'], to(usual.url), judges);
    const said = await Promise.all(['gpt-4o-mini', 'small', 'tiny'].map((name) => model.ask(ask('Hello', { model: name }), signal)));
    expect([model.endpoint, said]).toMatchObject([usual.url, [{ text: 'usual' }, { text: 'apart' }, { text: 'apart' }]]);
    await model.close();

    const unreachable = () => {
      throw new Error('nobody is to be asked there');
    };
    const judging = await openModel(['small', 'offline'], unreachable, judges);
    expect(judging.endpoint).toBe('offline');
    expect(await judging.ask(ask('Hello'), signal)).toMatchObject({ kind: 'failure', reason: 'rejected' });
    await judging.close();
    await (await openModel(['gpt-4o-mini'], to(usual.url), { ...judges, access: unreachable })).close();
  });

  it('needs no endpoint for "offline" alone, and then asks nobody else', async () => {
    const model = await openModel(['offline'], () => ({ headers: {}, timeoutMs: 10_000 }));
    expect(model.endpoint).toBe('offline');
    expect(await model.ask(ask('Hello'), signal)).toMatchObject({ kind: 'failure', reason: 'rejected' });
    await model.close();
  });

  (hasReplay ? it : it.skip)("reads a real model's recorded answers (skipped where the recordings are absent)", async () => {
    await using server = (await startReplay())!;
    const model = await openModel(['code-davinci-002'], () => ({ baseUrl: server.url, headers: {}, timeoutMs: 10_000 }));
    const rows = readFileSync(`${replayFolder}/navigate.jsonl`, 'utf8').trim().split('\n').slice(0, 5);
    for (const row of rows) {
      const { input, direct }: { readonly input: string; readonly direct: string } = JSON.parse(row);
      const reply = await model.ask(ask(`Q: ${input}\nA:`, { model: 'code-davinci-002' }), signal);
      expect(reply).toMatchObject({ kind: 'answer', text: direct, finish: 'stop' });
    }
    expect(await model.ask(ask('Never recorded'), signal)).toMatchObject({ reason: 'not-found', retryable: false });
    expect(await server.stats()).toMatchObject({ answered: 5, notRecorded: 1 });
    await model.close();
  });
});
