import { INCUMBENT } from './candidate.ts';
import { expectedGain, expectedLead } from './expected.ts';
import { areMerged, commonAncestor } from './lineage.ts';
import type { SearchState } from './state.ts';

/** Two versions that can be merged, the better one first, and the newest one that both were made from. */
export interface Mates {
  readonly one: number;
  readonly other: number;
  readonly base: number;
}

/**
 * Pairs of versions that were neither made from each other nor merged yet, by what their union is expected to gain. Whoever is expected to be ahead
 * of what it was made from takes part, whether it won its race or not: of four good edits a race lets two go on.
 */
export function matesIn(state: SearchState): readonly Mates[] {
  const able = state.candidates
    .map(({ id }) => id)
    .filter((id) => id !== INCUMBENT && state.outcomes[id]!.size > 0 && expectedLead(state, id) > 0)
    .sort((one, other) => expectedGain(state, other) - expectedGain(state, one) || one - other);
  const pairs = able.flatMap((one, at) =>
    able.slice(at + 1).flatMap((other) => {
      const base = commonAncestor(state, one, other);
      return base === undefined || areMerged(state, one, other) ? [] : [{ one, other, base }];
    }),
  );
  return pairs
    .map((mates) => ({ mates, promise: promiseOf(state, mates) }))
    .sort((first, second) => second.promise - first.promise)
    .map(({ mates }) => mates);
}

function promiseOf(state: SearchState, { one, other, base }: Mates): number {
  return expectedGain(state, one) + expectedGain(state, other) - expectedGain(state, base);
}
