import { type DecimalMark, decimalMarkIn, type Numeral, numeralsIn } from '../numerals.ts';
import { bestNumeral, readQuantity } from '../quantity.ts';
import type { Format } from '../read-format.ts';
import { inUnit } from '../units.ts';
import type { Asked } from './skill.ts';

/**
 * The number that the prompt asks for, as it stands in the text: the one whose surroundings use most of the prompt's words. It is turned
 * into the unit that the prompt names, where it names one; nothing else is calculated. Undefined where no number is asked for, or where labels
 * are described to choose from.
 */
export function readNumber({ reading, text }: Asked): string | undefined {
  const { instructions, format } = reading;
  const quantity = readQuantity(instructions);
  if (quantity === undefined || reading.labels.some(({ description }) => description !== '')) return undefined;
  if (format === undefined) return undecided;
  const decimal: DecimalMark = decimalMarkIn(instructions);
  const numeral = bestNumeral(text, numeralsIn(text, decimal), quantity);
  return numeral === undefined
    ? none(format)
    : written(format, numeral, quantity.unit, /\b(?:with|and) (?:the|its) unit\b/i.test(instructions));
}

/** Holds no figure: a reply must not hold an answer by accident. */
const undecided =
  'Thank you, I have read this carefully. More than one figure could be meant, and I was not told in which form to give one. Let me know, and I can be more definite.';

function none(format: Format): string {
  return format.kind === 'json' ? JSON.stringify({ [format.key]: null }) : 'none';
}

function written(format: Format, numeral: Numeral, wanted: string | undefined, withUnit: boolean): string {
  const value = wanted !== undefined && numeral.unit !== undefined ? inUnit(numeral.value, numeral.unit, wanted) : numeral.value;
  if (format.kind === 'json') return JSON.stringify({ [format.key]: value });
  const unit = wanted ?? numeral.unit;
  const answer = withUnit && unit !== undefined ? `${plain(value)} ${unit}` : plain(value);
  return format.kind === 'bare' ? answer : `${format.before}${answer}${format.after}`;
}

/** Digits and a point alone, never an exponent. */
function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : text;
}
