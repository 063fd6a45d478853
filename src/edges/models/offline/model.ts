import type { LanguageModel } from '../../../domain/ports.ts';
import type { Answer, ModelRequest } from '../../../domain/trial.ts';
import { noAnswers } from './compose.ts';
import { read } from './reading.ts';
import { skills } from './skills/table.ts';
import { countTokens, firstTokens } from './tokens.ts';

/**
 * A deterministic stand-in for a model without network, for the demo, the documentation and tests. It is no language model: it knows only
 * what the request tells it, and does the four things that `skills` lists. A prompt that does not say what is wanted, or in which form,
 * gets prose that no scorer can take an answer from.
 */
export function offlineModel(): LanguageModel {
  return {
    endpoint: 'offline',
    ask: async (request, signal) =>
      signal.aborted
        ? { kind: 'failure', reason: 'cancelled', sentence: 'The run was stopped before this call.', retryable: false }
        : answer(request),
    refusedParameters: () => [],
    close: async () => {},
  };
}

function answer(request: ModelRequest): Answer {
  const { maxOutputTokens, stopSequences = [] } = request.params;
  const whole = upToStop(reply(request), stopSequences);
  const text = maxOutputTokens === undefined ? whole : firstTokens(whole, maxOutputTokens);
  return {
    kind: 'answer',
    text,
    finish: text.length < whole.length ? 'length' : 'stop',
    usage: { inputTokens: request.messages.reduce((sum, { content }) => sum + countTokens(content), 0), outputTokens: countTokens(text) },
    latencyMs: 0,
  };
}

function reply(request: ModelRequest): string {
  const reading = read(request);
  const asked = { request, reading, text: textAsked(request, reading.question) };
  for (const { answer: tried } of skills) {
    const said = tried(asked);
    if (said !== undefined) return said;
  }
  return noAnswers(reading.question);
}

/** After a system message all of the last user message is the text: its first line may be a field that is asked for. */
function textAsked({ messages }: ModelRequest, question: string): string {
  const last = messages.findLast(({ role }) => role === 'user');
  return last !== undefined && messages.some(({ role }) => role === 'system') ? last.content : question;
}

function upToStop(text: string, stopSequences: readonly string[]): string {
  const stops = stopSequences.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  return stops.length > 0 ? text.slice(0, Math.min(...stops)) : text;
}
