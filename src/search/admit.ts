import { applyEdits } from './edits/edit.ts';
import type { Admission } from './events.ts';
import { copyFinder } from './filters/copied.ts';
import { fingerprint } from './filters/duplicate.ts';
import type { Ground } from './filters/filter.ts';
import { refusalOf } from './filters/table.ts';
import type { Proposal } from './operators/operator.ts';
import { operatorTable } from './operators/table.ts';
import { readReply } from './proposer/reply.ts';
import { proposalOf } from './rounds.ts';
import type { SearchSetup } from './setup.ts';
import type { SearchState } from './state.ts';

type Draft = { readonly text: string; readonly why: string } | { readonly refused: string };

/** Makes the round's candidates out of proposals and replies, in the order of the slots: of two alike, the first one stays. */
export function admit(setup: SearchSetup, state: SearchState): readonly Admission[] {
  const { number, slots, replies } = state.round!;
  const known = new Set(state.candidates.map(({ text }) => fingerprint(text)));
  const isCopied = copyFinder(setup.rows.map(({ example }) => example));
  const ground: Omit<Ground, 'isCopied'> = {
    path: setup.path,
    incumbent: setup.incumbent,
    countTokens: setup.countTokens,
    protect: setup.protect ?? [],
    known,
  };
  return slots.map((slot, at): Admission => {
    const draft = draftOf(proposalOf(setup, state, number, at, slot), replies.get(at), state.candidates[slot.parent]!.text);
    if ('refused' in draft) return { slot: at, ...draft };
    const before = [setup.incumbent, ...[slot.parent, ...(slot.mate ? [slot.mate.other] : [])].map((id) => state.candidates[id]!.text)];
    const { quotesRows } = operatorTable[slot.operator];
    const refused = refusalOf({ text: draft.text, quotesRows }, { ...ground, isCopied: (text) => isCopied(text, before) });
    if (refused !== undefined) return { slot: at, refused };
    known.add(fingerprint(draft.text));
    return { slot: at, ...draft, tokens: setup.countTokens(draft.text) };
  });
}

function draftOf(proposal: Proposal | undefined, reply: string | null | undefined, parent: string): Draft {
  if (proposal === undefined) return { refused: 'the operator has nothing to offer' };
  if (proposal.kind === 'text') return proposal;
  if (proposal.kind === 'edits') return edited(parent, proposal);
  if (reply === null || reply === undefined) return { refused: 'the proposer did not answer' };
  const read = readReply(reply, proposal.mostEdits);
  return 'refused' in read ? read : edited(proposal.base, read);
}

function edited(base: string, { edits, why }: { readonly edits: Parameters<typeof applyEdits>[1]; readonly why: string }): Draft {
  const applied = applyEdits(base, edits);
  return 'misfit' in applied ? { refused: `edit ${applied.misfit.edit + 1}: ${applied.misfit.what}` } : { text: applied.text, why };
}
