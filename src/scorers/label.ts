import * as z from 'zod';
import { labelMeter, labelMetrics } from '../metrics/meters/labels.ts';
import { defineScorer } from './definition.ts';
import { expectedText } from './expected.ts';
import { normalize } from './normalize.ts';
import { commonOptions, plain } from './options.ts';
import { quote } from './quote.ts';
import { answerReader } from './reply.ts';
import { isWholeWordAt } from './words.ts';

const longestLabel = 200;

const labelList = z
  .array(plain)
  .min(1)
  .max(1_000)
  .superRefine((labels, context) => {
    const seen = new Set<string>();
    for (const name of labels.map(String)) {
      if (seen.has(fold(name))) context.addIssue({ code: 'custom', message: `the label ${quote(name)} is there twice` });
      if (name.length > longestLabel) context.addIssue({ code: 'custom', message: `the label ${quote(name)} is too long` });
      if (name.trim() === '') context.addIssue({ code: 'custom', message: 'a label is empty' });
      seen.add(fold(name));
    }
  });

export const label = defineScorer({
  kind: 'label',
  summary: 'Passes if the answer names exactly one of `labels`, as a whole word in any case, and it is `expected`.',
  metrics: labelMetrics,
  schema: z.strictObject({
    ...commonOptions,
    labels: labelList.describe('All labels there are. Where one is part of another, the longer one counts.'),
  }),
  bind(options) {
    const read = answerReader(options);
    const even = (text: string) => fold(normalize(text, options.normalize));
    const labels = new Map(options.labels.map((name) => [even(String(name)), String(name)]));
    labels.delete('');
    const meter = labelMeter([...labels.values()]);
    const indexOf = new Map([...labels.keys()].map((name, index) => [name, index]));
    const namedIn = labelFinder([...labels.keys()]);
    const namesOf = (named: readonly string[]) => named.map((name) => quote(labels.get(name) ?? name));
    return {
      requires(example) {
        const expected = expectedText(example);
        if (expected === undefined) return example.expected === undefined ? 'it has no "expected"' : '"expected" must be one of the labels';
        return labels.has(even(expected)) ? undefined : `"expected" is ${quote(expected)}, which is not one of the labels`;
      },
      score({ text }, example) {
        const answer = read(text);
        const named = namedIn(fold(answer));
        const expected = expectedText(example) ?? '';
        const [right, given] = [indexOf.get(even(expected))!, named.length === 1 ? indexOf.get(named[0]!)! : labels.size];
        const pass = given === right;
        const observed = { [meter.id]: [right, given] };
        return { value: pass ? 1 : 0, pass, reason: reason(pass, quote(expected), namesOf(named), answer), observed };
      },
      meters: [meter],
    };
  },
});

function reason(pass: boolean, expected: string, named: readonly string[], answer: string): string {
  if (named.length === 0) return `names none of the labels, expected ${expected}: ${quote(answer)}`;
  if (named.length > 1) return `names several labels (${named.slice(0, 5).join(', ')}), expected ${expected}`;
  return pass ? `names ${expected}` : `expected ${expected}, got ${named[0]}`;
}

function fold(text: string): string {
  return text.toLowerCase();
}

/** Which of the labels a text names outside the longer labels that contain them; labels and text in one case. */
function labelFinder(labels: readonly string[]): (text: string) => readonly string[] {
  const finders = labels.map((name) => ({ name, longer: labels.flatMap((other) => (other === name ? [] : placesOf(name, other))) }));
  return (text) => finders.filter(({ name, longer }) => isNamed(text, name, longer)).map(({ name }) => name);
}

interface Place {
  readonly longer: string;
  readonly offset: number;
}

function placesOf(name: string, longer: string): readonly Place[] {
  const places: Place[] = [];
  for (let offset = longer.indexOf(name); offset >= 0; offset = longer.indexOf(name, offset + 1)) places.push({ longer, offset });
  return places;
}

function isNamed(text: string, name: string, places: readonly Place[]): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const insideLonger = () => places.some(({ longer, offset }) => isWholeWordAt(text, longer, at - offset));
    if (isWholeWordAt(text, name, at) && !insideLonger()) return true;
  }
  return false;
}
