import { draftsFor } from '../drafts.ts';
import { editRequest } from '../proposer/messages.ts';
import type { Operator } from './operator.ts';

const MOST_EDITS = 4;

/** For a prompt that does not exist yet: the further drafts that its signature makes, then what the proposer makes of the plainest one. */
export const firstDraft: Operator = {
  name: 'first-draft',
  needsProposer: false,
  quotesRows: false,
  propose: ({ parent, signature, attempt }) => {
    if (signature === undefined) return undefined;
    const [plainest, ...drafts] = draftsFor(signature);
    if (parent !== plainest.text) return undefined;
    const draft = drafts[attempt];
    if (draft !== undefined) return { kind: 'text', ...draft };
    if (attempt > drafts.length) return undefined;
    const messages = editRequest(parent, {
      aim: 'The prompt below was put together from the signature of a task. Make a good prompt of it: say what a capable newcomer to the task would need to be told.',
      exhibits: [{ heading: 'The signature', text: JSON.stringify(signature, null, 1) }],
      mostEdits: MOST_EDITS,
    });
    return { kind: 'ask', messages, base: parent, mostEdits: MOST_EDITS };
  },
};
