import { type Candidate, type CandidateRule, candidatesIn } from './number-candidates.ts';
import { numeralPattern } from './numeral.ts';

/** Which of several numbers is meant. */
type WhichNumber =
  /** The only one; more than one is refused. */
  | 'only'
  | 'first'
  | 'last'
  /** The first one after the last time these words occur, upper and lower case being the same: `{ after: 'Total' }`. */
  | { readonly after: string };

/** How numbers are read out of prose. */
export interface NumberRule extends CandidateRule {
  readonly which: WhichNumber;
}

/** A number, none, or why the text does not say which. Never a guess. */
export type NumberReading = Candidate | { readonly kind: 'none' };

/**
 * Reads a number out of prose: thousands separators (1,234.56, 1.234,56, 1 234,56, 1'234.56), signs, percent, scientific notation, currency, units
 * and magnitudes ($2.5M, 3 million). ASCII digits only; words such as `five` are no numbers, nor are digits inside names (GPT-4, H2O) or
 * ordinals (3rd). A number with two readings is refused with the reason if it is the one meant: a fraction, range, date or time, `1,234` with an
 * unknown decimal mark, `12 500`, `5M` without a currency. Linear in the text. RangeError for an empty label.
 */
export function parseNumber(text: string, rule: NumberRule): NumberReading {
  if (rule.which === 'last') return lastCandidate(text, rule) ?? { kind: 'none' };
  const from = typeof rule.which === 'object' ? behindLabel(text, rule.which.after) : 0;
  if (from === undefined) return { kind: 'none' };
  let only: Candidate | undefined;
  for (const { candidate } of candidatesIn(text, { floor: from, from, until: text.length }, rule)) {
    if (rule.which !== 'only') return candidate;
    if (only !== undefined)
      return { kind: 'ambiguous', written: `${only.written} … ${candidate.written}`, why: 'there is more than one number' };
    only = candidate;
  }
  return only ?? { kind: 'none' };
}

/** Numerals looked at together on the way back from the end of a text. */
const BLOCK = 64;
/** Numerals read before a block, so that an exponent at its beginning is seen as one. */
const RUN_UP = 4;

/** The last candidate, found from the end: looking at the neighbours of every number of a huge text would take long. */
function lastCandidate(text: string, rule: NumberRule): Candidate | undefined {
  const starts = Array.from(text.matchAll(new RegExp(numeralPattern, 'g')), ({ index }) => index);
  for (let end = starts.length; end > 0; end -= BLOCK) {
    const block = Math.max(0, end - BLOCK);
    const stretch = { floor: 0, from: starts[Math.max(0, block - RUN_UP)]!, until: starts[end] ?? text.length };
    let last: Candidate | undefined;
    for (const { at, candidate } of candidatesIn(text, stretch, rule)) if (at >= starts[block]!) last = candidate;
    if (last !== undefined) return last;
  }
  return undefined;
}

/** Where the text behind the last occurrence of the label, as whole words, begins. */
function behindLabel(text: string, label: string): number | undefined {
  const words = label.trim();
  if (words === '') throw new RangeError('a label must be a text');
  const start = /^[\p{L}\p{N}_]/u.test(words) ? '(?<![\\p{L}\\p{N}_])' : '';
  const end = /[\p{L}\p{N}_]$/u.test(words) ? '(?![\\p{L}\\p{N}_])' : '';
  const pattern = new RegExp(start + words.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&') + end, 'giu');
  let found: number | undefined;
  for (const match of text.matchAll(pattern)) found = match.index + match[0].length;
  return found;
}
