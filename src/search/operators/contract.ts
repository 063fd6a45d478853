import { editRequest } from '../proposer/messages.ts';
import { failuresOf, isMisshapen, shown } from './failures.ts';
import type { Operator } from './operator.ts';

const MEMBERS = 4;
const FEWEST = 2;
/** Share of the failures from which the form is worth an edit of its own. */
const SHARE = 0.1;
const MOST_EDITS = 2;

/** Where answers fail by their form, asks for a statement of the form that leaves no choice. */
export const contract: Operator = {
  name: 'contract',
  needsProposer: true,
  quotesRows: false,
  propose: ({ parent, seen }) => {
    const failures = failuresOf(seen);
    const misshapen = failures.filter(isMisshapen);
    if (misshapen.length < FEWEST || misshapen.length < SHARE * failures.length) return undefined;
    const messages = editRequest(parent, {
      aim: 'Answers to the prompt below are lost because of their form: they cannot be read, or break a rule about their form. Make the prompt say exactly what form an answer has, so that nothing is left open.',
      exhibits: [{ heading: 'Answers that were lost', text: misshapen.slice(0, MEMBERS).map(shown).join('\n\n') }],
      mostEdits: MOST_EDITS,
    });
    return { kind: 'ask', messages, base: parent, mostEdits: MOST_EDITS };
  },
};
