import type { IncomingHttpHeaders } from 'node:http';
import type { RateLimit, RateLimits } from '../../domain/ports.ts';
import { timeUntil } from './waits.ts';

/**
 * What a reply's headers tell of the server's limits; undefined where they tell nothing.
 * OpenAI: https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers
 * Azure: https://learn.microsoft.com/azure/ai-services/openai/how-to/quota
 * Anthropic: https://docs.anthropic.com/en/api/rate-limits#response-headers
 */
export function rateLimits(headers: IncomingHttpHeaders): RateLimits | undefined {
  if (!Object.keys(headers).some((name) => name.includes('ratelimit'))) return undefined;
  const requests = limitOf(headers, ofRequests);
  const tokens = limitOf(headers, ofTokens);
  return requests || tokens ? { ...(requests && { requests }), ...(tokens && { tokens }) } : undefined;
}

type Part = 'remaining' | 'limit' | 'reset';
type Names = Readonly<Record<Part, string>>;

const namesOf = (spell: (part: Part) => string): Names => ({
  remaining: spell('remaining'),
  limit: spell('limit'),
  reset: spell('reset'),
});

const spelled = (name: string): Names[] => [
  namesOf((part) => `x-ratelimit-${part}-${name}`),
  namesOf((part) => `anthropic-ratelimit-${name}-${part}`),
];

const ofRequests = spelled('requests');
const ofTokens = ['tokens', 'input-tokens', 'output-tokens'].flatMap(spelled);

/** The tightest of the limits under these names. */
function limitOf(headers: IncomingHttpHeaders, names: readonly Names[]): RateLimit | undefined {
  let tightest: RateLimit | undefined;
  for (const each of names) {
    const limit = readLimit(each, headers);
    if (limit !== undefined && (tightest === undefined || limit.remaining < tightest.remaining)) tightest = limit;
  }
  return tightest;
}

/** Azure does not say when a limit is whole again; it counts in windows of ten seconds at least. */
const usualResetMs = 10_000;

function readLimit(names: Names, headers: IncomingHttpHeaders): RateLimit | undefined {
  const remaining = count(headers[names.remaining]);
  if (remaining === undefined) return undefined;
  const limit = count(headers[names.limit]);
  const resetMs = timeUntil(single(headers[names.reset]), headers) ?? usualResetMs;
  return { remaining, resetMs, ...(limit !== undefined && { limit }) };
}

/** A whole number; servers without a limit say -1. */
function count(value: string | string[] | undefined): number | undefined {
  const text = single(value);
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
