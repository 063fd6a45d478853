import type { IncomingHttpHeaders } from 'node:http';
import type { Answer, Failure, FailureReason } from '../../domain/trial.ts';
import type { ServerError } from './parameters.ts';
import { aborted, maxReplyBytes, notHttp, TransportError, tooLarge } from './transport.ts';
import { timeUntil } from './waits.ts';

/** What a failure's sentence may name: where the request went, for which model, and how to make a server's text fit to show. */
export interface Asked {
  /** The endpoint's address without credentials. */
  readonly url: string;
  readonly model: string;
  /** Whether credentials were sent. */
  readonly hasKey: boolean;
  readonly clean: (text: string) => string;
}

/** A response with an error status. `headers` tells how long to wait. */
export function statusFailure(error: ServerError, headers: IncomingHttpHeaders, asked: Asked): Answer | Failure {
  const { status, message } = error;
  const said = `${asked.url} answered ${status}${message === '' ? '' : `: "${asked.clean(message)}"`}`;
  const fail = (reason: FailureReason, sentence: string, more: Partial<Failure> = {}): Failure => ({
    kind: 'failure',
    reason,
    sentence,
    retryable: false,
    ...more,
  });
  const again = { retryable: true, ...retryAfter(headers) };

  if (isContentFilter(error)) return { kind: 'answer', text: '', finish: 'content-filter', latencyMs: 0 };
  if (isUnknownModel(error)) return fail('not-found', `The model server does not know the model "${asked.clean(asked.model)}"; ${said}.`);
  if (status === 401)
    return fail('unauthorized', `The model server ${asked.hasKey ? 'refused the API key' : 'wants an API key and none is set'}; ${said}.`);
  if (status === 403) return fail('unauthorized', `The API key may not use the model "${asked.clean(asked.model)}"; ${said}.`);
  if (status === 404) return fail('not-found', `There are no chat completions at this address; ${said}. Check the base URL.`);
  if (status === 402 || isQuota(error)) return fail('quota', `The account at the model server has nothing left to spend; ${said}.`);
  if (status === 429) return fail('rate-limited', `The model server limits the rate of requests; ${said}.`, again);
  if (status === 408) return fail('timeout', `The model server gave up waiting; ${said}.`, { ...again, mayHaveCost: true });
  // Gateways answer these when the server behind them may have gone on.
  if (status === 502 || status === 504 || status === 524) return fail('server-error', `${said}.`, { ...again, mayHaveCost: true });
  if (status >= 500 || status === 409) return fail('server-error', `${said}.`, again);
  if (status < 400) return fail('rejected', `${said}, a redirect, which is not followed. Use the final address as base URL.`);
  return fail('rejected', `The model server rejected the request; ${said}.`);
}

/** Azure answers 400 where the prompt itself trips its filter. https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter */
const isContentFilter = ({ status, code }: ServerError): boolean =>
  status === 400 && /^content_filter$|ResponsibleAIPolicyViolation/.test(code);

const isUnknownModel = ({ status, code, message }: ServerError): boolean =>
  (status === 400 || status === 403 || status === 404) &&
  (/^(model_not_found|DeploymentNotFound|invalid_model)$/i.test(code) ||
    /\b(model|deployment)\b.{0,100}(not found|not exist|not have access)|(invalid|unknown|no such) model/is.test(message));

const isQuota = ({ status, code }: ServerError): boolean => status === 429 && /^(insufficient_quota|billing_)/.test(code);

/** `retry-after-ms`, or `Retry-After` in seconds or as a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function retryAfter(headers: IncomingHttpHeaders): { readonly retryAfterMs?: number } {
  const ms = headers['retry-after-ms'];
  if (ms !== undefined && Number(ms) >= 0) return { retryAfterMs: Number(ms) };
  const retryAfterMs = timeUntil(headers['retry-after'], headers);
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}

const unsent: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name could not be resolved',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  EADDRNOTAVAIL: 'no route to the host',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
};

/** An attempt without a whole response: no connection, a dropped one, one that took too long, or a flood. */
export function connectionFailure(error: unknown, asked: Asked): Failure {
  const code = error instanceof TransportError ? error.code : '';
  const fail = (reason: FailureReason, sentence: string, more: Partial<Failure> = { mayHaveCost: true }): Failure => ({
    kind: 'failure',
    reason,
    sentence,
    retryable: true,
    ...more,
  });
  const unreachable = `Cannot reach the model server at ${asked.url}`;
  const why = unsent[code];
  if (why !== undefined) return fail('unreachable', `${unreachable}: ${why}.`, {});
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(code))
    return fail('unreachable', `${unreachable}: it does not speak TLS there. Try http:// in the base URL.`, { retryable: false });
  if (/CERT|TLS|SSL/.test(code))
    return fail('unreachable', `${unreachable}: its TLS certificate is not trusted (${code}).`, { retryable: false });
  if (code === tooLarge) return fail('bad-reply', `The model server answered with more than ${maxReplyBytes / 1024 / 1024} MB.`);
  if (code === aborted) return fail('timeout', `${asked.url} did not answer in time.`);
  if (code === notHttp) return fail('bad-reply', `${asked.url} does not speak HTTP.`);
  return fail('unreachable', `${unreachable}: the connection was dropped.`);
}
