import { isObject, type Json } from '../../../domain/json.ts';

/** Whether lists and objects are nested in one another more than `most` deep. Uses no stack, so that no nesting can exhaust it. */
export function isDeeper(value: Json, most: number): boolean {
  const open: { readonly value: Json; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    const depth = next.depth + 1;
    if (depth > most) return true;
    for (const value of Object.values(next.value)) if (typeof value === 'object' && value !== null) open.push({ value, depth });
  }
  return false;
}

/** Equal texts for values that JSON Schema calls equal: the order of an object's keys does not count. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

/** Whether the number is a multiple of the other one, exactly, as both are written in decimals. */
export function isMultiple(number: number, of: number): boolean {
  const [one, other] = [decimal(number), decimal(of)];
  const places = Math.max(one.places, other.places);
  return scaled(one, places) % scaled(other, places) === 0n;
}

interface Decimal {
  readonly digits: bigint;
  /** digits × 10^-places. */
  readonly places: number;
}

function decimal(number: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(number).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), places: fraction.length - Number(exponent) };
}

function scaled({ digits, places }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - places);
}

/** Code points; a lone surrogate is one. */
export function lengthOf(text: string): number {
  let pairs = 0;
  for (let at = 0; at < text.length - 1; at++) {
    if (isBetween(text.charCodeAt(at), 0xd800, 0xdbff) && isBetween(text.charCodeAt(at + 1), 0xdc00, 0xdfff)) {
      pairs++;
      at++;
    }
  }
  return text.length - pairs;
}

function isBetween(code: number, low: number, high: number): boolean {
  return code >= low && code <= high;
}
