import { hash } from 'node:crypto';
import type { ModelRequest } from '../domain/trial.ts';

/** One thing to ask the model, and the trials that its answer serves. */
export interface Question {
  readonly request: ModelRequest;
  /** 0-based. */
  readonly repeat: number;
  /** The first example that it is asked about. */
  readonly exampleId: string;
  /** Indices into the plan, ascending. */
  readonly trials: readonly number[];
}

/**
 * Equal keys are the same question: SHA-256 (hex) of everything that is sent, and of the repeat: a number for what a plan asks, a text such
 * as `0.1` (repeat of the trial, then of the consultation) for what its grading asks.
 */
export function requestKey({ model, params, messages, output, logprobs }: ModelRequest, repeat: number | string): string {
  const said = messages.map(({ role, content }) => [role, content]);
  return hash(
    'sha256',
    JSON.stringify([
      model,
      parametersOf(params),
      output?.format ?? null,
      output?.schema ?? null,
      said,
      repeat,
      ...(logprobs ? ['logprobs'] : []),
    ]),
  );
}

/** Requests of one shape differ in their messages only: what the server makes of one, it makes of all. */
export function shapeKey({ model, params, output, logprobs }: ModelRequest): string {
  return JSON.stringify([model, parametersOf(params), output?.format ?? null, output?.schema ?? null, logprobs ?? null]);
}

const parametersOf = ({ temperature, maxOutputTokens, topP, stopSequences }: ModelRequest['params']) =>
  [temperature, maxOutputTokens, topP, stopSequences].map((value) => value ?? null);

/** Whether a request went, or would have gone, without every parameter `refused` by now, given those `withheld` when it was sent. */
export function lacksRefused(request: ModelRequest, withheld: readonly string[], refused: readonly string[]): boolean {
  return refused.every((parameter) => withheld.includes(parameter) || !carries(request, parameter));
}

/** Whether a request carries the parameter that servers know by this name; yes for a name not listed. */
function carries({ params, output, logprobs }: ModelRequest, parameter: string): boolean {
  switch (parameter) {
    case 'temperature':
      return params.temperature !== undefined;
    case 'top_p':
      return params.topP !== undefined;
    case 'stop':
      return params.stopSequences !== undefined;
    case 'max_tokens':
      return params.maxOutputTokens !== undefined;
    case 'response_format':
      return output !== undefined && (output.format === 'json' || output.schema !== undefined);
    case 'logprobs':
      return logprobs !== undefined;
    default:
      return true;
  }
}

/** The request as it goes to a server that refuses these parameters, which it knows by these names. */
export function withoutParameters(request: ModelRequest, refused: readonly string[]): ModelRequest {
  const dropped = refused.filter((parameter) => carries(request, parameter));
  if (dropped.length === 0) return request;
  const { model, messages, params, output, logprobs } = request;
  return {
    model,
    messages,
    params: Object.fromEntries(Object.entries(params).filter(([name]) => !dropped.some((parameter) => wireNames[name] === parameter))),
    ...(output !== undefined && !dropped.includes('response_format') && { output }),
    ...(logprobs && !dropped.includes('logprobs') && { logprobs }),
  };
}

const wireNames: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  topP: 'top_p',
  stopSequences: 'stop',
  maxOutputTokens: 'max_tokens',
};
