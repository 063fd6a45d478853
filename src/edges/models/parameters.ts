import type { ModelRequest } from '../../domain/trial.ts';
import { type ResponseFormat, responseFormat } from './response-format.ts';

const parameters = ['temperature', 'top_p', 'stop', 'response_format', 'logprobs', 'max_completion_tokens', 'max_tokens'] as const;

/** The parameters of a chat completion that some servers refuse, by their names on the wire. */
export type Parameter = (typeof parameters)[number];

/** The two names of the limit on an answer's tokens; the second is the older. */
export type LimitName = 'max_completion_tokens' | 'max_tokens';

/** A chat completion as it goes over the wire. */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly temperature?: number;
  readonly top_p?: number;
  readonly stop?: readonly string[];
  readonly response_format?: ResponseFormat;
  readonly logprobs?: boolean;
  readonly max_completion_tokens?: number;
  readonly max_tokens?: number;
}

/** The request without what was `refused`, its token limit under the name that its model takes. */
export function chatBody(request: ModelRequest, refused: ReadonlySet<string>, limit: LimitName): ChatBody {
  const { model, messages, params, output, logprobs } = request;
  const format = output === undefined ? undefined : responseFormat(output);
  const optional: Partial<Record<Parameter, unknown>> = {
    temperature: params.temperature,
    top_p: params.topP,
    stop: params.stopSequences?.length === 0 ? undefined : params.stopSequences,
    response_format: format,
    logprobs,
    [limit]: params.maxOutputTokens,
  };
  const sent = Object.entries(optional).filter(([name, value]) => value !== undefined && !refused.has(name));
  return { model, messages: messages.map(({ role, content }) => ({ role, content })), ...Object.fromEntries(sent) };
}

/** What an error says, whatever envelope it came in. */
export interface ServerError {
  readonly status: number;
  readonly code: string;
  readonly param: string;
  readonly message: string;
}

const refusalCodes = /^(unsupported_(parameter|value)|unknown_parameter|unrecognized_parameter|extra_forbidden)$/i;
const refusalWords =
  /unsupported|unrecogni[sz]ed|unknown|unexpected|deprecated|unavailable|extra inputs|extra_forbidden|(not|n't|cannot|no longer)( be| been| currently| yet)? (support|allow|permit|accept|use|available|recogni[sz]e|implement)/i;

/** How messages speak of each parameter. `stop` is a common word, so only in quotes. */
const spokenOf: Readonly<Record<Parameter, RegExp>> = {
  max_completion_tokens: /max_completion_tokens/,
  max_tokens: /max_tokens/,
  temperature: /temperature/i,
  top_p: /top_?p\b/i,
  stop: /['"`]stop['"`]|stop[ _]sequences/i,
  logprobs: /log ?prob/i,
  response_format: /response[ _]format|json_(schema|object)|json (mode|schema)|structured outputs?/i,
};

/**
 * The parameter of `body` that the server will not have at all, or undefined where the error is about something else:
 * a value out of range and a broken schema are mistakes in the prompt, and dropping those would hide them.
 */
export function refusedParameter({ status, code, param, message }: ServerError, body: ChatBody): Parameter | undefined {
  if (status !== 400 && status !== 422) return undefined;
  if (/invalid[ _](json[ _])?schema/i.test(`${code} ${message}`)) return undefined;
  if (!refusalCodes.test(code) && !refusalWords.test(message)) return undefined;
  const sent = parameters.filter((name) => body[name] !== undefined);
  const named = param.replace(/[.[].*$/s, '');
  return named === '' ? sent.find((name) => spokenOf[name].test(message)) : sent.find((name) => name === named);
}
