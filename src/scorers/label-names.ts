import * as z from 'zod';
import { type Normalization, normalize } from './normalize.ts';
import { plain } from './options.ts';
import { quote } from './quote.ts';
import { isWholeWordAt } from './words.ts';

const longestLabel = 200;

/** All labels there are, as an eval set lists them. */
export const labelList = z
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

/** Labels by number, and how answers name them. */
export interface LabelNames {
  /** As the eval set writes them. */
  readonly names: readonly string[];
  /** The number of a label that this text is, evened out and in any case; undefined where it is none. */
  readonly indexOf: (text: string) => number | undefined;
  /** The numbers of the labels that a text, evened out already, names as whole words outside the longer labels that contain them. */
  readonly namedIn: (text: string) => readonly number[];
}

/** Where labels are sought in a long text: in its end, which is longer than any model's longest reply. */
const longestText = 1_000_000;

/** Names that are alike once evened out are one label; the last spelling stands for them. */
export function labelNames(listed: readonly (string | number | boolean)[], normalization: readonly Normalization[]): LabelNames {
  const even = (text: string) => fold(normalize(text, normalization));
  const byText = new Map(listed.map((name) => [even(String(name)), String(name)]));
  byText.delete('');
  const texts = [...byText.keys()];
  const indexOf = new Map(texts.map((text, index) => [text, index]));
  const find = labelFinder(texts);
  return {
    names: [...byText.values()],
    indexOf: (text) => indexOf.get(even(text)),
    namedIn: (text) => find(fold(text.length > longestText ? text.slice(-longestText) : text)).map((name) => indexOf.get(name)!),
  };
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
