import type { IncomingHttpHeaders } from 'node:http';

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Milliseconds until a moment that a header names, never negative: seconds (`7`, `1.5`), a duration (`6m0s`, `20ms`), a date, or seconds or
 * milliseconds since 1970. Dates count from the reply's own `Date`, so that this computer's clock may be wrong. Undefined for anything else.
 */
export function timeUntil(text: string | undefined, headers: IncomingHttpHeaders): number | undefined {
  if (text === undefined) return undefined;
  const ms = fromNumber(text.trim(), headers) ?? fromDuration(text.trim()) ?? fromDate(text, headers);
  return ms === undefined ? undefined : Math.max(0, ms);
}

/** More seconds than this are no wait but a date: 1973 in seconds since 1970. */
const longestSeconds = 1e8;

function fromNumber(text: string, headers: IncomingHttpHeaders): number | undefined {
  if (!/^\d+(\.\d+)?$/.test(text)) return undefined;
  const seconds = Number(text);
  if (seconds <= longestSeconds) return seconds * 1_000;
  return (seconds <= 1e3 * longestSeconds ? seconds * 1_000 : seconds) - now(headers);
}

function fromDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(text)) return undefined;
  return [...text.matchAll(/([\d.]+)(ms|[smhd])/g)].reduce((sum, [, number, unit]) => sum + Number(number) * unitsMs[unit!]!, 0);
}

/** Only what begins like a date is taken for one: `Date.parse` makes dates of almost any text. */
function fromDate(text: string, headers: IncomingHttpHeaders): number | undefined {
  const at = /^(\d{4}-\d{2}-\d{2}T|[A-Z][a-z]{2,8}, ?\d)/.test(text.trim()) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at - now(headers);
}

function now({ date }: IncomingHttpHeaders): number {
  const said = Date.parse(date ?? '');
  return Number.isNaN(said) ? Date.now() : said;
}
