import type { ModelRequest } from '../../../src/domain/trial.ts';
import { openAiModel } from '../../../src/edges/models/openai.ts';
import { apiError, type Reply, type SeenRequest, startModelServer } from '../../support/model-server.ts';

const request: ModelRequest = {
  model: 'm',
  params: { temperature: 0, maxOutputTokens: 64, topP: 0.5, stopSequences: ['END'] },
  messages: [{ role: 'user', content: 'Hello' }],
  output: { format: 'json' },
  logprobs: true,
};

/** Asks until there is no refusal any more, at most ten times. */
async function ask(script: (seen: SeenRequest) => Reply, requests: readonly ModelRequest[] = [request]) {
  await using server = await startModelServer(script);
  const model = openAiModel({ baseUrl: server.url, headers: {}, timeoutMs: 10_000 });
  const outcomes = [];
  for (const one of requests) {
    for (let attempt = 0; attempt < 10; attempt++) {
      const outcome = await model.ask(one, new AbortController().signal);
      outcomes.push(outcome);
      if (outcome.kind === 'answer' || !outcome.retryable) break;
    }
  }
  await model.close();
  return {
    outcomes,
    bodies: server.seen.map(({ body }) => body),
    refused: model.refusedParameters('m'),
    refusedByOther: model.refusedParameters('other'),
  };
}

const refuse =
  (name: string, error: Parameters<typeof apiError>[1]) =>
  ({ body }: SeenRequest): Reply =>
    name in body ? apiError(400, error) : { content: '{}' };

describe('a parameter that the server refuses', () => {
  it.each<[string, string, Parameters<typeof apiError>[1]]>([
    [
      'by code and param',
      'temperature',
      { message: "Unsupported value: 'temperature' does not support 0 with this model.", param: 'temperature', code: 'unsupported_value' },
    ],
    ['by its path', 'response_format', { message: 'Not supported.', param: 'response_format.type', code: 'unsupported_value' }],
    ['by message alone', 'top_p', { message: '`temperature` and `top_p` cannot both be specified; top_p is deprecated for this model' }],
    ['as an extra input', 'stop', { message: '[{"type":"extra_forbidden","loc":["body","stop"],"msg":"Extra inputs are not permitted"}]' }],
    ['where a model has none', 'logprobs', { message: 'logprobs are not supported with this model.', param: 'logprobs' }],
    ['in other words', 'response_format', { message: 'This model does not support structured outputs.' }],
  ])('%s is dropped from then on for that model, and named', async (_, name, error) => {
    const other = { ...request, model: 'other' };
    const { outcomes, bodies, refused, refusedByOther } = await ask(
      ({ body, ...seen }) => (body.model === 'm' ? refuse(name, error)({ body, ...seen }) : { content: '{}' }),
      name === 'top_p'
        ? [
            { ...request, params: { topP: 0.5 } },
            { ...other, params: { topP: 0.5 } },
          ]
        : [request, other],
    );
    expect(outcomes).toMatchObject([
      { reason: 'parameter', retryable: true, sentence: expect.stringContaining(name) },
      { kind: 'answer' },
      { kind: 'answer' },
    ]);
    expect(bodies.map((body) => name in body)).toEqual([true, false, true]);
    expect([refused, refusedByOther]).toEqual([[name], []]);
  });

  it('is dropped after another one was, all of them listed in order', async () => {
    const { outcomes, refused } = await ask(({ body }) => {
      const name = ['top_p', 'temperature', 'stop'].find((one) => one in body);
      return name === undefined
        ? { content: '{}' }
        : apiError(400, { message: `Unknown parameter: '${name}'.`, param: name, code: 'unknown_parameter' });
    });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failure', 'failure', 'failure', 'answer']);
    expect(refused).toEqual(['stop', 'temperature', 'top_p']);
  });
});

describe('the limit on tokens', () => {
  const tooNew = { message: 'Unrecognized request argument supplied: max_completion_tokens' };
  const tooOld = { message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead." };

  it('goes out under its older name where the server does not know the newer, remembered per model', async () => {
    const script = ({ body }: SeenRequest): Reply =>
      body.model === 'm' && 'max_completion_tokens' in body ? apiError(400, tooNew) : { content: '{}' };
    const { bodies, refused } = await ask(script, [request, request, { ...request, model: 'other' }]);
    expect(bodies.map((body) => [body.model, body['max_completion_tokens'], body['max_tokens']])).toEqual([
      ['m', 64, undefined],
      ['m', undefined, 64],
      ['m', undefined, 64],
      ['other', 64, undefined],
    ]);
    expect(refused).toEqual([]);
  });

  it('is dropped and named where both names are refused', async () => {
    const script = ({ body }: SeenRequest): Reply => {
      if ('max_completion_tokens' in body) return apiError(400, tooNew);
      return 'max_tokens' in body ? apiError(400, tooOld) : { content: '{}' };
    };
    const { outcomes, refused } = await ask(script);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failure', 'failure', 'answer']);
    expect(refused).toEqual(['max_tokens']);
  });
});

describe('an error that is no refusal', () => {
  it.each<[string, Parameters<typeof apiError>[1]]>([
    [
      'a value out of range',
      { message: "Invalid 'temperature': decimal above maximum value.", param: 'temperature', code: 'decimal_above_max_value' },
    ],
    [
      'a broken schema',
      {
        message: "Invalid schema for response_format 'answer': 'foo' is not supported.",
        param: 'response_format',
        code: 'invalid_json_schema',
      },
    ],
    [
      "a role that the model's template lacks",
      { message: "does not support 'system'", param: 'messages[0].role', code: 'unsupported_value' },
    ],
    ['a parameter that was not sent', { message: 'seed is not supported', param: 'seed', code: 'unsupported_parameter' }],
    ['something else', { message: 'The prompt does not support your stop at the temperature of the sun? No.' }],
  ])('such as %s drops nothing', async (_, error) => {
    const plain = { ...request, params: { temperature: 3 } };
    const { outcomes, refused } = await ask(
      () => apiError(400, error),
      [error.param === undefined ? { ...request, params: { stopSequences: ['END'] } } : plain],
    );
    expect(outcomes).toMatchObject([{ kind: 'failure', reason: 'rejected', retryable: false }]);
    expect(refused).toEqual([]);
  });
});
