import OpenAI from 'openai';
import type { LanguageModel } from '../../domain/ports.ts';
import type { Answer, Failure, ModelRequest } from '../../domain/trial.ts';
import { cleaner } from './clean.ts';
import { type EndpointSettings, parseEndpoint } from './endpoint.ts';
import { type Asked, connectionFailure, statusFailure } from './failures.ts';
import { type ChatBody, chatBody, type LimitName, type Parameter, refusedParameter } from './parameters.ts';
import { rateLimits } from './rate-limits.ts';
import { readReply } from './reply.ts';
import { readServerError } from './server-error.ts';
import { openTransport, type Post, type Reply } from './transport.ts';

export interface OpenAiSettings extends EndpointSettings {
  /** Longest that one attempt may take; the engine's own limit usually fires first. */
  readonly timeoutMs: number;
}

/**
 * Chat completions of any OpenAI-compatible server, one attempt a call. It remembers what the server refuses: a parameter once refused is
 * not sent to that model any more, whichever side of a comparison asks.
 * UserError for a `baseUrl` that is no URL.
 */
export function openAiModel(settings: OpenAiSettings): LanguageModel {
  const endpoint = parseEndpoint(settings);
  const clean = cleaner(endpoint.secrets);
  const transport = openTransport(endpoint.url, settings.timeoutMs);
  const client = new OpenAI({
    baseURL: endpoint.url,
    // The SDK demands a key even where `headers` withholds it; null keeps it from looking into the environment.
    apiKey: settings.apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    defaultQuery: { ...endpoint.query },
    defaultHeaders: { ...endpoint.headers },
    maxRetries: 0,
    timeout: settings.timeoutMs,
    logLevel: 'off',
  });
  const hasKey = typeof (endpoint.headers['api-key'] ?? endpoint.headers['authorization'] ?? settings.apiKey) === 'string';
  const refused = new Map<string, ReadonlySet<Parameter>>();
  const limitNames = new Map<string, LimitName>();
  const posts = new Map<string, Promise<Post>>();

  return {
    endpoint: endpoint.url,
    ask: async (request, signal, heard) => {
      const asked: Asked = { url: endpoint.url, model: request.model, hasKey, clean };
      const body = chatBody(request, refused.get(request.model) ?? nothing, limitNames.get(request.model) ?? 'max_completion_tokens');
      try {
        const post = await postTo(endpoint.chatPath(request.model));
        const start = performance.now();
        const reply = await post(JSON.stringify(body), signal);
        const limits = rateLimits(reply.headers);
        if (limits !== undefined) heard?.(limits);
        if (reply.status >= 200 && reply.status < 300) return readReply(reply.text, performance.now() - start, clean);
        return failureOf(reply, request, body, asked);
      } catch (error) {
        return signal.aborted ? cancelled : connectionFailure(error, asked);
      }
    },
    refusedParameters: (model) => [...(refused.get(model) ?? nothing)].sort(),
    close: transport.close,
  };

  /** What goes around the body is the same for every question of a model, so the SDK is asked for it once. */
  function postTo(path: string): Promise<Post> {
    const known = posts.get(path);
    if (known !== undefined) return known;
    const post = client
      .buildRequest({ method: 'post', path, body: {} })
      .then(({ url, req: { headers } }) => transport.to(url, Object.fromEntries(headers)));
    posts.set(path, post);
    return post;
  }

  function failureOf(reply: Reply, { model }: ModelRequest, body: ChatBody, asked: Asked): Answer | Failure {
    const serverError = readServerError(reply);
    const parameter = refusedParameter(serverError, body);
    if (parameter === undefined) return statusFailure(serverError, reply.headers, asked);
    if (parameter === 'max_completion_tokens') limitNames.set(model, 'max_tokens');
    else refused.set(model, new Set([...(refused.get(model) ?? nothing), parameter]));
    return {
      kind: 'failure',
      reason: 'parameter',
      sentence: `The model "${clean(model)}" refuses the parameter ${parameter}: "${clean(serverError.message)}".`,
      retryable: true,
    };
  }
}

const nothing: ReadonlySet<Parameter> = new Set();

const cancelled: Failure = {
  kind: 'failure',
  reason: 'cancelled',
  sentence: 'The run was stopped before the model answered.',
  retryable: false,
  mayHaveCost: true,
};
