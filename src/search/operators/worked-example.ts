import { wordsOf } from './distinctive.ts';
import { failuresOf } from './failures.ts';
import type { Operator } from './operator.ts';
import { exampleText, likeness, type WorkedExample, workedExampleOf } from './shown-example.ts';

/** Shows one failure with its right answer: the one that most other failures resemble, then the next. Needs no model. */
export const workedExample: Operator = {
  name: 'worked-example',
  needsProposer: false,
  quotesRows: true,
  propose: ({ parent, seen, attempt }) => {
    const failures = failuresOf(seen).flatMap((failure) => workedExampleOf(failure) ?? []);
    const chosen = byCoverage(failures).filter(({ input }) => !parent.includes(input))[attempt];
    if (chosen === undefined) return undefined;
    return { kind: 'edits', edits: [{ find: '', replace: exampleText(chosen) }], why: 'An example like several that fail.' };
  },
};

function byCoverage(failures: readonly WorkedExample[]): readonly WorkedExample[] {
  const words = failures.map(({ input }) => wordsOf(input));
  return failures
    .map((failure, at) => ({ failure, coverage: words.reduce((sum, other) => sum + likeness(words[at]!, other), 0) }))
    .sort((one, other) => other.coverage - one.coverage)
    .map(({ failure }) => failure);
}
