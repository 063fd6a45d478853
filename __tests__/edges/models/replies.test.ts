import type { Answer, Failure } from '../../../src/domain/trial.ts';
import { openAiModel } from '../../../src/edges/models/openai.ts';
import { type Reply, startModelServer } from '../../support/model-server.ts';

async function outcomeOf(reply: Reply): Promise<Answer | Failure> {
  await using server = await startModelServer(() => reply);
  const model = openAiModel({ baseUrl: server.url, headers: {}, timeoutMs: 10_000 });
  try {
    return await model.ask({ model: 'm', params: {}, messages: [{ role: 'user', content: 'Hello' }] }, new AbortController().signal);
  } finally {
    await model.close();
  }
}

const ok = (body: unknown): Reply => ({ status: 200, body: typeof body === 'string' ? body : JSON.stringify(body) });
const choice = (one: object): Reply => ok({ choices: [one] });

describe('a reply with status 200', () => {
  it.each<[string, Reply, Partial<Answer>]>([
    ['that ran into the limit is an answer cut off', { content: 'so far', finish: 'length' }, { text: 'so far', finish: 'length' }],
    ['that spent the limit on thinking is an empty answer cut off', { content: null, finish: 'length' }, { text: '', finish: 'length' }],
    ['stopped by the content filter is an answer', { content: null, finish: 'content_filter' }, { text: '', finish: 'content-filter' }],
    [
      'that refuses is an answer with the words of the refusal',
      { content: null, refusal: 'I will not.' },
      { text: 'I will not.', finish: 'refusal' },
    ],
    ['with nothing to say is an empty answer', { content: null }, { text: '', finish: 'stop' }],
    [
      'in parts is their text',
      choice({
        finish_reason: 'stop',
        message: {
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      }),
      { text: 'ab', finish: 'stop' },
    ],
    ['without a finish reason is an answer', choice({ message: { content: 'x' } }), { text: 'x', finish: 'stop' }],
    [
      'sent as plain text is read all the same',
      { status: 200, body: '{"choices":[{"message":{"content":"x"}}]}', headers: { 'content-type': 'text/plain' } },
      { text: 'x' },
    ],
  ])('%s', async (_, reply, expected) => {
    expect(await outcomeOf(reply)).toMatchObject({ kind: 'answer', ...expected });
  });

  it('tells how likely each token was, and where it ends, characters that several tokens share included', async () => {
    const utf8 = [...Buffer.from('🙂')];
    const content = [
      { token: 'Hi', logprob: -0.25, bytes: [72, 105] },
      { token: '\\xf0\\x9f', logprob: -1.5, bytes: utf8.slice(0, 2) },
      { token: '\\x99\\x82', logprob: 1e-9, bytes: utf8.slice(2) },
    ];
    const reply = choice({ finish_reason: 'stop', message: { content: 'Hi🙂' }, logprobs: { content } });
    expect(await outcomeOf(reply)).toMatchObject({ text: 'Hi🙂', logprobs: { ends: [2, 2, 4], values: [-0.25, -1.5, 0] } });
    const plain = content.slice(0, 1).map(({ token, logprob }) => ({ token, logprob }));
    const whole = choice({ message: { content: 'Hi' }, logprobs: { content: plain } });
    expect(await outcomeOf(whole)).toMatchObject({ logprobs: { ends: [2], values: [-0.25] } });
  });

  it.each([
    ['null', null],
    ['empty', { content: [] }],
    ['of other text', { content: [{ token: 'no', logprob: -1 }] }],
    ['of another shape', { tokens: ['x'], token_logprobs: [-1] }],
    ['no numbers', { content: [{ token: 'x', logprob: null }] }],
    ['no bytes', { content: [{ token: 'x', logprob: -1, bytes: [300] }] }],
  ])('keeps its answer without chances where they are %s', async (_, logprobs) => {
    const outcome = await outcomeOf(choice({ message: { content: 'x' }, logprobs }));
    expect(outcome).toMatchObject({ kind: 'answer', text: 'x' });
    expect(outcome).not.toHaveProperty('logprobs');
  });

  it.each<[string, Reply]>([
    ['absent', { content: 'x', usage: null }],
    ['broken', { content: 'x', usage: { prompt_tokens: -1, completion_tokens: 'two' } }],
  ])('keeps its answer where usage is %s', async (_, reply) => {
    const outcome = await outcomeOf(reply);
    expect(outcome).toMatchObject({ kind: 'answer', text: 'x' });
    expect(outcome).not.toHaveProperty('usage');
  });

  it.each<[string, Reply, string]>([
    ['an empty body', ok(''), 'an empty body'],
    ['an empty object', ok({}), 'no chat completion'],
    ['null', ok('null'), 'no chat completion'],
    ['no choice', ok({ choices: [] }), 'no chat completion'],
    ['HTML', { status: 200, body: '<html><body>Sign in</body></html>', headers: { 'content-type': 'text/html' } }, 'not JSON: "<html>'],
    ['half of a completion', 'truncate', 'not JSON'],
    ['a message without content', choice({ finish_reason: 'stop', message: {} }), 'without content'],
    ['a tool call', choice({ finish_reason: 'tool_calls', message: { content: null, tool_calls: [{}] } }), 'tool call'],
    ['an answer that broke off', choice({ finish_reason: 'error', message: { content: 'x' } }), 'ends in an error'],
    ['an error in disguise', ok({ error: { message: 'upstream overloaded' } }), 'upstream overloaded'],
    ['20 MB', { content: 'x'.repeat(20_000_000) }, 'more than 16 MB'],
  ])('that is %s is a failure worth asking again, which may have cost', async (_, reply, says) => {
    expect(await outcomeOf(reply)).toEqual({
      kind: 'failure',
      reason: 'bad-reply',
      sentence: expect.stringContaining(says),
      retryable: true,
      mayHaveCost: true,
    });
  });
});
