import type { Edit } from '../edits/edit.ts';
import { askedTexts } from '../texts.ts';
import { labelsOf } from './answers.ts';
import { distinctiveWords, wordsOf } from './distinctive.ts';
import type { Operator, Seen } from './operator.ts';

/** Words per label, by attempt: some, then more, then few. */
const WORDS = [8, 16, 4];

/**
 * Describes each label by the words that tell its rows from the others': on the line that defines the label where the prompt has one, else in a
 * list of its own. Single words only, so that no row is quoted. Needs no model.
 */
export const labelDefinitions: Operator = {
  name: 'label-definitions',
  needsProposer: false,
  quotesRows: false,
  propose: ({ parent, seen, attempt }) => {
    const most = WORDS[attempt];
    const labels = labelsOf(seen);
    if (most === undefined || labels === undefined) return undefined;
    const described = describedLabels(labels, seen, parent, most);
    if (described.length === 0) return undefined;
    const lines = described.map(({ label, words }) => ({ words, label, line: definitionLine(parent, label) }));
    const edits: Edit[] = lines.flatMap(({ line, words }) => (line === undefined ? [] : [{ find: line, replace: extended(line, words) }]));
    const listed = lines.filter(({ line }) => line === undefined).map(({ label, words }) => `- ${label}: ${words.join(', ')}`);
    if (listed.length > 0) edits.push({ find: '', replace: [`What belongs to which:`, '', ...listed].join('\n') });
    return { kind: 'edits', edits, why: 'Words that tell the labels apart in the examples.' };
  },
};

/** Labels with the words that are new to the prompt. A word that speaks for several labels tells none of them from the others. */
function describedLabels(labels: readonly string[], seen: readonly Seen[], parent: string, most: number) {
  const known = wordsOf(parent);
  const texts = seen.map(({ example }) => ({
    label: example.expected,
    words: wordsOf(askedTexts(example).join(' ')),
  }));
  const told = labels.map((label) => {
    const inside = texts.filter((text) => text.label === label).map(({ words }) => words);
    const outside = texts.filter((text) => text.label !== label).map(({ words }) => words);
    return { label, words: distinctiveWords(inside, outside) };
  });
  const shared = told.flatMap(({ words }, index) =>
    words.filter((word) => told.some((other, at) => at > index && other.words.includes(word))),
  );
  const unfit = new Set([...known, ...shared]);
  return told
    .map(({ label, words }) => ({ label, words: words.filter((word) => !unfit.has(word)).slice(0, most) }))
    .filter(({ words }) => words.length > 0);
}

/** The one line that begins with the label and says something of it. */
function definitionLine(prompt: string, label: string): string | undefined {
  const lines = prompt.split('\n').filter((line) => {
    const bare = line
      .replace(/^\s*(?:[-*+•]|\d+[.)])?\s*/, '')
      .replaceAll('**', '')
      .replaceAll('`', '');
    return bare.toLowerCase().startsWith(label.toLowerCase()) && /^\s*(?::|[-–—=])\s*\S/.test(bare.slice(label.length));
  });
  return lines.length === 1 ? lines[0] : undefined;
}

function extended(line: string, words: readonly string[]): string {
  const end = /[.;,]?\s*$/.exec(line)!;
  return `${line.slice(0, end.index)}, ${words.join(', ')}${end[0].trimEnd()}`;
}
