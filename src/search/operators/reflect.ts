import { shuffled } from '../../stats/random.ts';
import { editRequest } from '../proposer/messages.ts';
import { failuresOf, passesOf, shown } from './failures.ts';
import type { Operator, Seen } from './operator.ts';

const FAILURES = 3;
const MOST_EDITS = 3;

/** Shows the proposer three failures and one success and asks what would mend the failures: the reflective mutation of GEPA (arXiv 2507.19457), as edits. */
export const reflect: Operator = {
  name: 'reflect',
  needsProposer: true,
  quotesRows: false,
  propose: ({ parent, seen, stream }) => {
    const failures = apart(shuffled(failuresOf(seen), stream)).slice(0, FAILURES);
    if (failures.length === 0) return undefined;
    const passes = shuffled(passesOf(seen), stream).slice(0, 1);
    const messages = editRequest(parent, {
      aim: 'The prompt below fails on some inputs. Find what the failures have in common that the prompt does not say, and mend it.',
      exhibits: [
        { heading: 'Inputs on which it fails', text: failures.map(shown).join('\n\n') },
        ...passes.map((pass) => ({ heading: 'An input on which it succeeds, and must go on to', text: shown(pass) })),
      ],
      mostEdits: MOST_EDITS,
    });
    return { kind: 'ask', messages, base: parent, mostEdits: MOST_EDITS };
  },
};

/** Failures of different kinds first: three of one kind show less than one of each. */
function apart(failures: readonly Seen[]): readonly Seen[] {
  const times = new Map<string, number>();
  const rank = ({ outcome, example }: Seen) => {
    const kind = JSON.stringify([outcome.reason, example.expected ?? null]);
    const earlier = times.get(kind) ?? 0;
    times.set(kind, earlier + 1);
    return earlier;
  };
  return failures
    .map((failure) => ({ failure, rank: rank(failure) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ failure }) => failure);
}
