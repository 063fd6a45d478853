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
  const requests = limitOf(headers, ['requests']);
  const tokens = limitOf(headers, ['tokens', 'input-tokens', 'output-tokens']);
  return requests || tokens ? { ...(requests && { requests }), ...(tokens && { tokens }) } : undefined;
}

/** The tightest of the limits that have one of these names. */
function limitOf(headers: IncomingHttpHeaders, names: readonly string[]): RateLimit | undefined {
  const spelled = names.flatMap((name) => [
    (part: string) => headers[`x-ratelimit-${part}-${name}`],
    (part: string) => headers[`anthropic-ratelimit-${name}-${part}`],
  ]);
  const found = spelled.flatMap((header) => readLimit(header, headers) ?? []);
  return found.toSorted((a, b) => a.remaining - b.remaining)[0];
}

/** Azure does not say when a limit is whole again; it counts in windows of ten seconds at least. */
const usualResetMs = 10_000;

type Spelling = (part: string) => string | string[] | undefined;

function readLimit(header: Spelling, headers: IncomingHttpHeaders): RateLimit | undefined {
  const remaining = count(header('remaining'));
  if (remaining === undefined) return undefined;
  const limit = count(header('limit'));
  const resetMs = timeUntil(single(header('reset')), headers) ?? usualResetMs;
  return { remaining, resetMs, ...(limit !== undefined && { limit }) };
}

/** A whole number; servers without a limit say -1. */
function count(value: string | string[] | undefined): number | undefined {
  const text = single(value);
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
