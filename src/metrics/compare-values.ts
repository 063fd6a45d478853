import { similarity } from './edit-distance.ts';
import { isWithin, type Tolerance } from './numeric.ts';
import { type DayOrder, parseDate } from './parse-date.ts';
import { type NumberRule, parseNumber } from './parse-number.ts';
import { singleSpaced } from './spaces.ts';

/** How a single value is held against the right one. */
export type ValueComparator =
  /** The same JSON value; a list in the same order, an object whatever the order of its keys. */
  | { readonly kind: 'exact' }
  /** The same text up to case, spacing and Unicode form (NFKC), and punctuation if `punctuation` is `ignored`. */
  | { readonly kind: 'text'; readonly punctuation?: 'kept' | 'ignored' }
  /** The same number within a tolerance; a text is read as the only number in it. */
  | { readonly kind: 'number'; readonly tolerance?: Tolerance; readonly reading?: Partial<NumberRule> }
  /** The same calendar date, however it is written. */
  | { readonly kind: 'date'; readonly order?: DayOrder }
  /** The same set of texts as `text` compares them, whatever the order; a value that is no list is a list of one. All or nothing. */
  | { readonly kind: 'set'; readonly punctuation?: 'kept' | 'ignored' }
  /** Texts whose similarity after `text` normalisation is at least this, in (0, 1]. Texts too long to compare must be equal. */
  | { readonly kind: 'fuzzy'; readonly atLeast: number };

/** Whether the predicted value is as good as the right one. Both are some value: see `isEmpty`. */
export type Same = (right: unknown, predicted: unknown) => boolean;

/** Levels that are compared of two nested values; deeper ones differ. */
const DEEPEST = 200;

/** Nothing was given: missing, null, a blank text, an empty list or an empty object. All of these are one and the same. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return !beginsVisibly(value) && value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object') {
    for (const key in value) if (Object.hasOwn(value, key)) return false;
    return true;
  }
  return false;
}

/** Most texts begin with a character that no white space is, and need no trimming to be known for filled. */
function beginsVisibly(text: string): boolean {
  const first = text.charCodeAt(0);
  return first > 0x20 && first < 0x7f;
}

/** About how many steps of the machine two values take to be held against each other, as far as that depends on their length. */
export function costOf(comparator: ValueComparator, right: unknown, predicted: unknown): number {
  const [one, other] = [lengthOf(right), lengthOf(predicted)];
  return comparator.kind === 'fuzzy' ? one * other + one + other : one + other;
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 1;
}

/** The comparison as a function. RangeError for options out of range. */
export function comparison(comparator: ValueComparator): Same {
  switch (comparator.kind) {
    case 'text':
      return (right, predicted) => sameText(right, predicted, comparator.punctuation === 'ignored');
    case 'number':
      return sameNumber(comparator.tolerance ?? {}, { which: 'only', decimal: '.', percent: 'as-written', ...comparator.reading });
    case 'date':
      return (right, predicted) => sameDate(right, predicted, comparator.order ?? 'unknown');
    case 'set':
      return (right, predicted) => sameSet(right, predicted, comparator.punctuation === 'ignored');
    case 'fuzzy':
      return alike(comparator.atLeast);
    default:
      return (right, predicted) => sameJson(right, predicted, DEEPEST);
  }
}

/** Equal JSON values, to a bounded depth; NaN equals nothing. */
function sameJson(one: unknown, other: unknown, depth: number): boolean {
  if (one === other) return true;
  if (depth === 0 || typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((part, i) => sameJson(part, other[i], depth - 1));
  }
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && sameJson(Reflect.get(one, key), Reflect.get(other, key), depth - 1));
}

/** A text, number or boolean as text; undefined for what is none. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Found in a text exactly where more than its case is to be evened out; most are plain. */
const unevenText = /[^!-~ ]|^ | $| {2}/;

/** NFKC, lower case, single spaces, none at the ends; without punctuation if asked, unless nothing else is left. */
function normalText(text: string, ignorePunctuation: boolean): string {
  if (!ignorePunctuation && !unevenText.test(text)) return text.toLowerCase();
  const folded = text.normalize('NFKC').toLowerCase();
  const bare = ignorePunctuation ? folded.replace(/\p{P}/gu, ' ') : folded;
  return singleSpaced(bare.trim() === '' ? folded : bare).trim();
}

function sameText(right: unknown, predicted: unknown, ignorePunctuation: boolean): boolean {
  if (right === predicted) return true;
  const [one, other] = [textOf(right), textOf(predicted)];
  if (one === undefined || other === undefined) return false;
  return one === other || normalText(one, ignorePunctuation) === normalText(other, ignorePunctuation);
}

function sameNumber(tolerance: Tolerance, rule: NumberRule): Same {
  isWithin(0, 0, tolerance);
  const read = (value: unknown) => {
    if (typeof value === 'number') return value;
    const reading = typeof value === 'string' ? parseNumber(value, rule) : undefined;
    return reading?.kind === 'number' ? reading.value : Number.NaN;
  };
  return (right, predicted) => isWithin(read(right), read(predicted), tolerance);
}

/** Dates that cannot be read are the same only as texts. */
function sameDate(right: unknown, predicted: unknown, order: DayOrder): boolean {
  if (right === predicted) return true;
  const [one, other] = [textOf(right), textOf(predicted)];
  if (one === undefined || other === undefined) return false;
  const [first, second] = [parseDate(one, order), parseDate(other, order)];
  if (first.kind === 'date' && second.kind === 'date') return first.iso === second.iso;
  return sameText(one, other, false);
}

function sameSet(right: unknown, predicted: unknown, ignorePunctuation: boolean): boolean {
  const [one, other] = [setOf(right, ignorePunctuation), setOf(predicted, ignorePunctuation)];
  return one !== undefined && other !== undefined && one.size === other.size && [...one].every((text) => other.has(text));
}

/** Undefined where one of them is no text. */
function setOf(value: unknown, ignorePunctuation: boolean): ReadonlySet<string> | undefined {
  const texts = new Set<string>();
  for (const part of Array.isArray(value) ? value : [value]) {
    if (isEmpty(part)) continue;
    const text = textOf(part);
    if (text === undefined) return undefined;
    texts.add(normalText(text, ignorePunctuation));
  }
  return texts;
}

function alike(atLeast: number): Same {
  if (!(atLeast > 0 && atLeast <= 1)) throw new RangeError(`a similarity must lie above 0 and up to 1; it is ${atLeast}`);
  return (right, predicted) => {
    if (right === predicted) return true;
    const [one, other] = [textOf(right), textOf(predicted)];
    if (one === undefined || other === undefined) return false;
    const [first, second] = [normalText(one, false), normalText(other, false)];
    return first === second || (similarity(first, second) ?? 0) >= atLeast;
  };
}
