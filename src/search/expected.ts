import { INCUMBENT } from './candidate.ts';
import type { Standing } from './race.ts';
import { searchGain } from './standings.ts';
import type { SearchState } from './state.ts';

/** Standard deviation of what one edit changes: half of the gains and losses are larger than 4 points. */
const EDIT_SD = 0.06;
/** What an edit of the incumbent is expected to gain; one of a version that was edited already, nothing. */
const FIRST_GAIN = 0.02;
/** Standard deviation of what two changes together bring beyond their sum. */
const MERGE_SD = 0.03;
/** Variance of a row's difference between two versions: the share of rows that flip, on recorded prompts. */
const ROW_VARIANCE = 0.15;

/**
 * What a version can be expected to gain over the incumbent: the posterior mean of a normal model in which an edit is as likely to help as to harm, and
 * two changes bring about their sum. A version that was lucky on the search rows is not believed at its word, so that a better one made from it
 * need not beat its luck; and a merge is expected to be what its parts promise before a single row is asked.
 */
export function expectedGain(state: SearchState, id: number): number {
  if (id === INCUMBENT) return 0;
  const prior = priorOf(state, id);
  const { rows, lead } = searchGain(state, id);
  const weight = (rows * prior.variance) / (rows * prior.variance + ROW_VARIANCE);
  return prior.mean + weight * (lead - prior.mean);
}

function priorOf(state: SearchState, id: number): { readonly mean: number; readonly variance: number } {
  const { parents, ancestor } = state.candidates[id]!;
  const [one, other] = parents.map((parent) => expectedGain(state, parent));
  if (other === undefined) return { mean: one! + (parents[0] === INCUMBENT ? FIRST_GAIN : 0), variance: EDIT_SD ** 2 };
  return { mean: one! + other - expectedGain(state, ancestor!), variance: MERGE_SD ** 2 };
}

/** How far a version is expected to be ahead of the better of those it was made from. */
export function expectedLead(state: SearchState, id: number): number {
  return expectedGain(state, id) - Math.max(...state.candidates[id]!.parents.map((parent) => expectedGain(state, parent)));
}

export function standingOf(state: SearchState, id: number): Standing {
  return { id, tokens: state.candidates[id]!.tokens, gain: expectedGain(state, id), lead: expectedLead(state, id) };
}
