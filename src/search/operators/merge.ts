import { mergeTexts } from '../edits/merge.ts';
import { editRequest } from '../proposer/messages.ts';
import type { Operator } from './operator.ts';

const MOST_EDITS = 6;

/** Puts the changes of two versions into one: line by line where they stand apart, by the proposer where they are about the same lines. */
export const merge: Operator = {
  name: 'merge',
  needsProposer: false,
  quotesRows: false,
  propose: ({ mates }) => {
    if (mates === undefined) return undefined;
    const { base, one, other } = mates;
    const text = mergeTexts(base, one, other);
    if (text !== undefined) return text === one || text === other ? undefined : { kind: 'text', text, why: 'Both changes together.' };
    const messages = editRequest(one, {
      aim: 'Two revisions of a prompt each do better on some inputs. The first is the prompt below. Edit it so that it also holds what the second does better, without contradiction and without repeating anything.',
      exhibits: [
        { heading: 'The second revision', text: other },
        { heading: 'What both were made from', text: base },
      ],
      mostEdits: MOST_EDITS,
    });
    return { kind: 'ask', messages, base: one, mostEdits: MOST_EDITS };
  },
};
