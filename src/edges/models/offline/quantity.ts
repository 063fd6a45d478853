import type { Numeral } from './numerals.ts';
import { sentencesOf } from './text.ts';
import { areAlike, isUnit } from './units.ts';
import { stemsOf } from './words.ts';

/** Which number a prompt asks for. */
export interface Quantity {
  /** Stems of the words that ask for it, and of the words it says the number stands beside. */
  readonly asked: ReadonlySet<string>;
  /** Stems of what it is said not to be. */
  readonly refused: ReadonlySet<string>;
  readonly unit?: string;
}

const asks = /\?|\b(?:number|figure|quantity|amount|how (?:many|much)|find|read|state|take|give|report|want|mean|means)\b/i;
const asksForNumber =
  /\bhow (?:many|much)\b|\b(?:which|what|give|state|report|find|read) (?:is )?(?:the |a )?(?:number|figure|amount|quantity)\b|\b(?:the|a) (?:number|figure)\b.{0,20}\b(?:only|alone)\b|\bonly (?:the|a) (?:number|figure)\b/i;
const refusals = /\b(?:not|never|without|excluding|except|rather than|instead of|ignore)\b((?:(?!\bbut\b)[^.;:!?]){1,120})/gi;

/** The quantity that the prompt's sentences ask for; words behind a "not" say what it is not. */
export function readQuantity(instructions: string): Quantity | undefined {
  if (!asksForNumber.test(instructions)) return undefined;
  const sentences = sentencesOf(instructions).filter((sentence) => asks.test(sentence) || /["“]/.test(sentence));
  const refused = sentences.flatMap((sentence) => [...sentence.matchAll(refusals)].flatMap(([, what]) => stemsOf(what!)));
  const asked = sentences.flatMap((sentence) => stemsOf(sentence.replace(refusals, ' ')));
  const unit = unitIn(instructions);
  return { asked: new Set(asked), refused: new Set(refused.filter((stem) => !asked.includes(stem))), ...(unit && { unit }) };
}

/** `in kilograms`, `in kg`. */
function unitIn(instructions: string): string | undefined {
  return [...instructions.matchAll(/\bin (\p{L}{1,12})\b/gu)].map(([, name]) => name!).find(isUnit);
}

/** The number whose surroundings use the most of the words asked for; of equals the first. Undefined where none has the kind of unit asked for. */
export function bestNumeral(text: string, numerals: readonly Numeral[], { asked, refused, unit }: Quantity): Numeral | undefined {
  const fitting = unit === undefined ? numerals : numerals.filter((each) => each.unit === undefined || areAlike(each.unit, unit));
  const measured = fitting.filter((each) => each.unit !== undefined);
  const candidates = unit !== undefined && measured.length > 0 ? measured : fitting;
  let best: { readonly numeral: Numeral; readonly value: number } | undefined;
  for (const numeral of candidates) {
    const around = new Set(stemsOf(clauseOf(text, numeral, numerals)));
    const value = [...around].reduce((sum, stem) => sum + (asked.has(stem) ? 1 : 0) - (refused.has(stem) ? 1 : 0), 0);
    if (best === undefined || value > best.value) best = { numeral, value };
  }
  return best?.numeral;
}

const reach = 120;
const clauseEnd = /[,;.!?()\n](?=\s|$)|\n|\s[–-]\s|\b(?:and|but|of which|plus)\b/gi;

/** What stands around a number up to the ends of its clause, other numbers left out. */
function clauseOf(text: string, numeral: Numeral, numerals: readonly Numeral[]): string {
  const before = text.slice(Math.max(0, numeral.at - reach), numeral.at);
  const after = text.slice(numeral.end, numeral.end + reach);
  const lastEnd = [...before.matchAll(clauseEnd)].at(-1);
  const firstEnd = [...after.matchAll(clauseEnd)][0];
  const next = numerals[numerals.indexOf(numeral) + 1];
  const ownEnd = Math.min(firstEnd?.index ?? reach, (next?.at ?? Number.POSITIVE_INFINITY) - numeral.end);
  return `${before.slice(lastEnd ? lastEnd.index + lastEnd[0].length : 0)} ${after.slice(0, ownEnd)}`;
}
