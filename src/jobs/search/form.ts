import type { Json } from '../../domain/json.ts';
import { jsonIn } from '../../domain/parse-json.ts';

const MOST_LABELS = 20;
const LONGEST_LABEL = 60;

/** Whether an answer that scored less than it could has no form that an answer can be read from. */
export type IsMisshapen = (answer: string, expected: Json | undefined) => boolean;

/**
 * Judges the form of answers by what the examples expect, whatever scorer there is: a label where all of them expect one of a few, a number,
 * a truth value or JSON where those are expected. Of other answers nothing is said.
 */
export function formOf(expected: readonly (Json | undefined)[]): IsMisshapen {
  const labels = labelsIn(expected);
  return (answer, wanted) => {
    if (labels !== undefined && typeof wanted === 'string') return isNoLabel(answer, wanted, labels);
    if (typeof wanted === 'number') return !/^\s*[-+−]?[\d.,\s]*\d\s*\S{0,3}\s*$/.test(answer.slice(0, 200));
    if (typeof wanted === 'boolean') return !/^\s*(?:true|false|yes|no)\W*$/i.test(answer.slice(0, 200));
    return typeof wanted === 'object' && wanted !== null && jsonIn(answer) === undefined;
  };
}

function labelsIn(expected: readonly (Json | undefined)[]): readonly string[] | undefined {
  const short = expected.filter((label): label is string => typeof label === 'string' && label.length <= LONGEST_LABEL);
  const labels = new Set(short);
  const areLabels = short.length === expected.length && labels.size >= 2 && labels.size <= MOST_LABELS && short.length >= 2 * labels.size;
  return areLabels ? [...labels] : undefined;
}

/** It names none or several; or the right one, and still it did not count. */
function isNoLabel(answer: string, expected: string, labels: readonly string[]): boolean {
  const folded = answer.toLowerCase();
  const named = labels.filter((label) => folded.includes(label.toLowerCase()));
  return named.length !== 1 || named[0] === expected;
}
