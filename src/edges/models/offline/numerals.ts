import { daysIn } from './calendar.ts';
import { isUnit } from './units.ts';

/** A number that is written somewhere in a text. */
export interface Numeral {
  readonly value: number;
  /** The unit that stands right behind it, as the text has it. */
  readonly unit?: string;
  readonly at: number;
  /** Where it ends, its unit included. */
  readonly end: number;
}

export type DecimalMark = '.' | ',';

/** A number by itself: no part of a code such as F-20418, of a time, or of an ordinal. */
const numeral =
  /(?<![\p{L}\p{N}.,:/-]|\p{L}[-_#])[-−]?(?:\d{1,3}(?:[,.'’ \u{a0}\u{202f}]\d{3})+|\d{1,15})(?:[.,]\d{1,15})?(?!\p{N}|[-/:.,]\d|[-/]\p{L}|(?:st|nd|rd|th)(?!\p{L}))/gu;

/** More numbers than any text that is asked about has; keeps a hostile text's cost linear. */
const mostNumerals = 5_000;

/** The numbers in the text, in its order, at most 5,000; the parts of days are none. */
export function numeralsIn(text: string, decimal: DecimalMark = '.'): readonly Numeral[] {
  const numerals: Numeral[] = [];
  for (const found of withoutDays(text).matchAll(numeral)) {
    if (numerals.length === mostNumerals) break;
    const end = found.index + found[0].length;
    const unit = unitAt(text, end);
    numerals.push({ value: readValue(found[0], decimal), ...(unit && { unit: unit.name }), at: found.index, end: unit?.end ?? end });
  }
  return numerals;
}

/** The same text, each day in it as long a run of letters. */
function withoutDays(text: string): string {
  let plain = '';
  for (const { at, end } of daysIn(text)) if (at >= plain.length) plain += `${text.slice(plain.length, at)}${'x'.repeat(end - at)}`;
  return plain + text.slice(plain.length);
}

function unitAt(text: string, at: number): { readonly name: string; readonly end: number } | undefined {
  const tail = /^[ \u{a0}\u{202f}]?(\p{L}{1,12})(?!\p{L})/u.exec(text.slice(at, at + 16));
  return tail && isUnit(tail[1]!) ? { name: tail[1]!, end: at + tail[0].length } : undefined;
}

/**
 * Of two different marks the last one is the decimal mark; one that comes twice groups thousands. A mark that comes once before exactly three
 * digits could be either: the prompt's decimal mark decides.
 */
function readValue(text: string, decimal: DecimalMark): number {
  const plain = text.replace(/[\s'’]/g, '').replace('−', '-');
  const marks = [...plain.matchAll(/[.,]/g)];
  const last = marks.at(-1);
  if (last === undefined) return Number(plain);
  const repeated = marks.length > 1 && marks.every(([mark]) => mark === last[0]);
  const single = marks.length === 1 && plain.length - last.index === 4;
  const groups = repeated || (single && last[0] !== decimal);
  if (groups) return Number(plain.replace(/[.,]/g, ''));
  return Number(`${plain.slice(0, last.index).replace(/[.,]/g, '')}.${plain.slice(last.index + 1)}`);
}

/** The mark that a prompt names as the decimal one; the point where it names none. */
export function decimalMarkIn(instructions: string): DecimalMark {
  return /\bdecimal comma\b|\bcommas? (?:(?:is|are|as|for) )?(?:the )?decimals?\b/i.test(instructions) ? ',' : '.';
}
