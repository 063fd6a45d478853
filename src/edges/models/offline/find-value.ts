import { daysIn } from './calendar.ts';
import type { WantedField } from './field-form.ts';
import { labelledParts } from './labelled-parts.ts';
import { type DecimalMark, numeralsIn } from './numerals.ts';

/** A value as JSON has it. */
export type Found = string | number;

/**
 * The value of a field in a text, by the first of these that there is: a part that carries one of its names as a label; what stands next to
 * one of its names in a sentence; the only day, or the only address, in the text, where none of the `others` wants one too.
 */
export function findValue(text: string, field: WantedField, others: readonly WantedField[], decimal: DecimalMark): Found | undefined {
  const labelled = labelledParts(text)
    .flatMap(({ label, value }, at) => field.names.map((name, rank) => ({ value, rank, at, fit: fitOf(label, name) })))
    .filter((part) => part.fit > 0)
    .sort((a, b) => b.fit - a.fit || a.rank - b.rank || a.at - b.at);
  for (const { value } of labelled) {
    const found = field.kind === 'text' ? cleaned(value) : firstOfKind(value, field.kind, decimal)?.value;
    if (found !== undefined && found !== '') return found;
  }
  const beside = besideName(text, field, decimal);
  return beside === undefined && !others.some(({ kind }) => kind === field.kind) ? onlyOne(text, field, decimal) : beside;
}

/** 2: the label is the name; 1: the label holds it, as "Total incl. VAT" holds "total". */
function fitOf(label: string, name: string): 0 | 1 | 2 {
  const [said, wanted] = [words(label), words(name)];
  if (said === wanted) return 2;
  return wanted !== '' && ` ${said} `.includes(` ${wanted} `) ? 1 : 0;
}

const words = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');

function cleaned(value: string): string {
  return value
    .trim()
    .replace(/^[*_"“'`]+|[*_"”'`]+$/g, '')
    .replace(/[.,;]+$/, '')
    .trim();
}

interface Placed {
  readonly value: Found;
  readonly at: number;
  readonly end: number;
}

function allOfKind(text: string, kind: WantedField['kind'], decimal: DecimalMark): readonly Placed[] {
  if (kind === 'date') return daysIn(text).map(({ iso, at, end }) => ({ value: iso, at, end }));
  if (kind === 'number') return numeralsIn(text, decimal);
  const pattern = kind === 'email' ? address : proper;
  return [...text.matchAll(pattern)].map((found) => ({ value: cleaned(found[0]), at: found.index, end: found.index + found[0].length }));
}

const firstOfKind = (text: string, kind: WantedField['kind'], decimal: DecimalMark) => allOfKind(text, kind, decimal)[0];

const address = /[\p{L}\p{N}._+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu;

/** What can be told from other words by its look alone: a quotation, a code with digits in it, or names in capitals. */
const proper =
  /["“]([^"”\n]{1,80})["”]|\p{Lu}{0,6}[-/]?\d[\p{L}\p{N}]*(?:[-/.][\p{L}\p{N}]+)*|\p{Lu}[\p{L}'’-]+(?:(?: &| of| de| van| und)? \p{Lu}[\p{L}'’.-]*){0,5}/gu;

const reach = 40;

/** Behind the name within the sentence, else right before it: "the total is 99.00", "99.00 in total". */
function besideName(text: string, { names, kind }: WantedField, decimal: DecimalMark): Found | undefined {
  for (const name of names) {
    for (const at of places(text, name)) {
      const after = upToSentenceEnd(text.slice(at + name.length, at + name.length + reach + 80));
      const behind = firstOfKind(after, kind, decimal);
      if (behind && behind.at <= (kind === 'text' ? 12 : reach)) return behind.value;
      if (kind === 'text') continue;
      const before = allOfKind(sinceLineStart(text.slice(Math.max(0, at - reach), at)), kind, decimal).at(-1);
      if (before) return before.value;
    }
  }
  return undefined;
}

/** Where the name stands as whole words; the first few, for hostile texts. */
function places(text: string, name: string): readonly number[] {
  const folded = text.toLowerCase();
  const found: number[] = [];
  for (let at = folded.indexOf(name.toLowerCase()); at >= 0 && found.length < 8; at = folded.indexOf(name.toLowerCase(), at + 1)) {
    const around = `${folded.charAt(at - 1)} ${folded.charAt(at + name.length)}`;
    if (!/[\p{L}\p{N}]/u.test(around)) found.push(at);
  }
  return found;
}

const upToSentenceEnd = (text: string): string => /^[\s\S]*?(?=[.!?]\s+\p{Lu}|\n\s*\n|$)/u.exec(text)?.[0] ?? text;

const sinceLineStart = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);

function onlyOne(text: string, { kind }: WantedField, decimal: DecimalMark): Found | undefined {
  const all = kind === 'date' || kind === 'email' ? allOfKind(text, kind, decimal) : [];
  return all.length === 1 ? all[0]!.value : undefined;
}
