import type { Json } from '../../domain/json.ts';
import type { Seen } from './operator.ts';

const MOST_LABELS = 20;
const LONGEST_LABEL = 60;
const ROWS_PER_LABEL = 2;

/** The labels that the rows expect, sorted; undefined where answers are no labels: too many, too long, or hardly any twice. */
export function labelsOf(seen: readonly Seen[]): readonly string[] | undefined {
  const expected = seen.flatMap(({ example: { expected } }) => (typeof expected === 'string' && isLabel(expected) ? [expected] : []));
  if (expected.length < seen.length) return undefined;
  const labels = [...new Set(expected)].sort();
  const areLabels = labels.length >= 2 && labels.length <= MOST_LABELS && seen.length >= ROWS_PER_LABEL * labels.length;
  return areLabels ? labels : undefined;
}

function isLabel(answer: string): boolean {
  return answer.trim() !== '' && answer.length <= LONGEST_LABEL && !/[\n\r]|\{\{/.test(answer);
}

/** A sentence that leaves no choice of form, made from what the rows expect; undefined where they share none. */
export function formSentence(seen: readonly Seen[]): string | undefined {
  const labels = labelsOf(seen);
  if (labels !== undefined) return `Reply with exactly one of these and nothing else: ${labels.join(', ')}.`;
  const expected = seen.flatMap(({ example }) => example.expected ?? []);
  if (expected.length === 0) return undefined;
  if (expected.every((answer) => typeof answer === 'number')) return 'Reply with the number alone: digits, no unit and no other text.';
  if (expected.every((answer) => typeof answer === 'boolean')) return 'Reply with true or false and nothing else.';
  const keys = sharedKeys(expected);
  return keys.length === 0
    ? undefined
    : `Reply with one JSON object and nothing else. Its keys: ${keys.map((key) => JSON.stringify(key)).join(', ')}.`;
}

/** Keys that every expected object has, sorted; none where one is no object. */
function sharedKeys(expected: readonly Json[]): readonly string[] {
  const [first = [], ...others] = expected.map((answer) =>
    typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? Object.keys(answer) : [],
  );
  return first.filter((key) => others.every((keys) => keys.includes(key))).sort();
}
