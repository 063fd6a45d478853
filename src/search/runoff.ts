import { INCUMBENT } from './candidate.ts';
import type { SearchEvent } from './events.ts';
import { expectedGain, standingOf } from './expected.ts';
import { RACE_ROWS, ranked } from './race.ts';
import { type Budget, covers, type Spend, times } from './spend.ts';
import { scoredRows } from './standings.ts';
import type { Round, SearchState } from './state.ts';

/** Versions that the last race begins with. */
const CONTENDERS = 8;
/** Share of them that goes on each time: it has what is left, and the better of two good ones is harder to tell than a good one of two. */
const KEPT = 0.6;

/** After how many rows the last race decides: where other races end, twice as many rows as they have, and so on, then all. */
export function runoffBarriers(rows: number): readonly number[] {
  const at: number[] = [];
  for (let reach = 2 * RACE_ROWS; reach < rows; reach *= 2) at.push(reach);
  return [...at, rows];
}

/** The versions of which the most is expected, as far as that is a gain. */
function contendersOf(state: SearchState): readonly number[] {
  const gaining = state.candidates.filter(({ id }) => id !== INCUMBENT && scoredRows(state, id).length > 0 && expectedGain(state, id) > 0);
  return bestOf(
    state,
    gaining.map(({ id }) => id),
    CONTENDERS,
  );
}

function bestOf(state: SearchState, ids: readonly number[], count: number): readonly number[] {
  return ranked(ids.map((id) => standingOf(state, id)))
    .slice(0, count)
    .map(({ id }) => id);
}

/** Whether there is anything for a last race to find out: rows that a contender has not met. */
export function needsRunoff(state: SearchState): boolean {
  const rows = state.planned!.search;
  return contendersOf(state).some((id) => rows.some((row) => !state.outcomes[id]!.has(row)));
}

/**
 * Where the last race goes from here. What the search has left once no further round makes sense goes to its best versions, on the rows that the
 * races passed over: the choice between them is what the claim is made of.
 */
export function afterRunoffSlice(state: SearchState, round: Round, available: Budget, each: Spend): SearchEvent {
  const { order, reach, racing } = round;
  const kept = reach === 0 ? contendersOf(state) : bestOf(state, racing, Math.ceil(KEPT * racing.length));
  const next = runoffBarriers(order.length).find((barrier) => barrier > reach);
  if (next !== undefined && (reach === 0 || kept.length > 1)) {
    for (let count = kept.length; count > 0; count--) {
      const some = kept.slice(0, count);
      if (covers(available, times(each, missingIn(state, some, order.slice(0, next))))) return { kind: 'cut', kept: some, reach: next };
    }
  }
  return { kind: 'closed', accepted: contendersOf(state).filter((id) => !state.front.includes(id) && isSeen(state, id, order.length)) };
}

function missingIn({ outcomes }: SearchState, ids: readonly number[], rows: readonly string[]): number {
  return ids.reduce((sum, id) => sum + rows.filter((row) => !outcomes[id]!.has(row)).length, 0);
}

/** Whether a version has been through what every race goes through. */
function isSeen(state: SearchState, id: number, rows: number): boolean {
  return scoredRows(state, id).length >= Math.min(RACE_ROWS, rows);
}
