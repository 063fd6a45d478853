import { formSentence } from './answers.ts';
import { failuresOf, isMisshapen } from './failures.ts';
import type { Operator } from './operator.ts';

const FEWEST = 2;

/** Where answers fail by their form, states the form that the rows expect. Needs no model. */
export const formatLine: Operator = {
  name: 'format-line',
  needsProposer: false,
  quotesRows: false,
  propose: ({ parent, seen }) => {
    if (failuresOf(seen).filter(isMisshapen).length < FEWEST) return undefined;
    const sentence = formSentence(seen);
    if (sentence === undefined || parent.includes(sentence)) return undefined;
    return { kind: 'edits', edits: [{ find: '', replace: sentence }], why: 'The answers that were lost had no readable form.' };
  },
};
