import { labelsOf } from './answers.ts';
import { wordsOf } from './distinctive.ts';
import type { Operator } from './operator.ts';
import { exampleText, likeness, type WorkedExample, workedExampleOf } from './shown-example.ts';

/** Examples per label, by attempt. */
const PER_LABEL = [1, 2, 3];

/** Shows the most typical rows of every label: those like many of their own label and few of the others. Needs no model. */
export const exampleSelection: Operator = {
  name: 'example-selection',
  needsProposer: false,
  quotesRows: true,
  propose: ({ parent, seen, attempt }) => {
    const count = PER_LABEL[attempt];
    const labels = labelsOf(seen);
    if (count === undefined || labels === undefined) return undefined;
    const fresh = seen.flatMap((one) => workedExampleOf(one) ?? []).filter(({ input }) => !parent.includes(input));
    const chosen = labels.flatMap((label) => typical(fresh, label).slice(0, count));
    if (chosen.length < labels.length) return undefined;
    const text = ['Some examples:', ...chosen.map(exampleText)].join('\n\n');
    return { kind: 'edits', edits: [{ find: '', replace: text }], why: 'The most typical examples of every label.' };
  },
};

function typical(examples: readonly WorkedExample[], label: string): readonly WorkedExample[] {
  const texts = examples.map((example) => ({ example, words: wordsOf(example.input), isMine: example.answer === label }));
  const mine = texts.filter(({ isMine }) => isMine);
  const others = texts.filter(({ isMine }) => !isMine);
  const meanLikeness = (words: ReadonlySet<string>, to: typeof texts) =>
    to.reduce((sum, other) => sum + likeness(words, other.words), 0) / Math.max(1, to.length);
  return mine
    .map(({ example, words }) => ({ example, fit: meanLikeness(words, mine) - meanLikeness(words, others) }))
    .sort((one, other) => other.fit - one.fit)
    .map(({ example }) => example);
}
