import { INCUMBENT } from './candidate.ts';
import type { SearchState } from './state.ts';

/** Rows that both versions have a score for, with the first one's lead. */
export interface Shared {
  readonly rows: number;
  /** Mean of the differences; 0 for no rows. */
  readonly lead: number;
}

/** How `one` does against `other` on those of `rows` that both have a score for. */
export function compare({ outcomes }: SearchState, one: number, other: number, rows: Iterable<string>): Shared {
  let [count, sum] = [0, 0];
  for (const row of rows) {
    const [mine, theirs] = [outcomes[one]!.get(row), outcomes[other]!.get(row)];
    if (mine === undefined || theirs === undefined) continue;
    count += 1;
    sum += mine.score - theirs.score;
  }
  return { rows: count, lead: count === 0 ? 0 : sum / count };
}

/** Search rows that a version has a score for, in the plan's order. */
export function scoredRows({ outcomes, planned }: SearchState, id: number): readonly string[] {
  return planned!.search.filter((row) => outcomes[id]!.get(row) !== undefined);
}

/** Mean gain over the incumbent on all search rows that a version has a score for. */
export function searchGain(state: SearchState, id: number): Shared {
  return compare(state, id, INCUMBENT, scoredRows(state, id));
}
