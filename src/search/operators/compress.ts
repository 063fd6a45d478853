import { editRequest } from '../proposer/messages.ts';
import type { Operator } from './operator.ts';

/** Prompts below this have nothing to save that anyone would notice. */
const SHORTEST = 150;
const MOST_EDITS = 8;

/** Asks for the same in fewer words. */
export const compress: Operator = {
  name: 'compress',
  needsProposer: true,
  quotesRows: false,
  propose: ({ parent, countTokens }) => {
    if (countTokens(parent) < SHORTEST) return undefined;
    const messages = editRequest(parent, {
      aim: 'Every request pays for the length of the prompt below. Make it shorter without changing what it asks for: drop what is said twice, what says nothing, and words that no reader would miss. Keep every rule, name, number and example.',
      exhibits: [],
      mostEdits: MOST_EDITS,
    });
    return { kind: 'ask', messages, base: parent, mostEdits: MOST_EDITS };
  },
};
