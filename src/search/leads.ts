import { INCUMBENT } from './candidate.ts';
import type { Outcomes, SearchState } from './state.ts';

/** How a version was seen to do against the incumbent. */
export interface Lead {
  /** Mean difference as it would be over all search rows; 0 where none was asked. */
  readonly mean: number;
  /** By row that both have a score for, how much it tells; 1 on average over the search rows. */
  readonly weights: ReadonlyMap<string, number>;
}

/**
 * By version. Rows that tell much are asked first, and differences are large there: a lead on them counts as what it is of rows like all. As in
 * a Rasch model about its middle, a row's difference is taken to be in proportion to the variance of a pass.
 */
export function leadsOf(state: SearchState): readonly Lead[] {
  const weights = weightsOf(state);
  const incumbent = state.outcomes[INCUMBENT]!;
  return state.outcomes.map((outcomes, id) =>
    id === INCUMBENT ? leadOn(new Map(), outcomes, incumbent) : leadOn(weights, outcomes, incumbent),
  );
}

/** How much rows tell together. */
export function weightOf(weights: Iterable<number>): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
}

function leadOn(weights: ReadonlyMap<string, number>, outcomes: Outcomes, incumbent: Outcomes): Lead {
  const shared = new Map<string, number>();
  let sum = 0;
  for (const [row, weight] of weights) {
    const [before, after] = [incumbent.get(row), outcomes.get(row)];
    if (before === undefined || after === undefined) continue;
    shared.set(row, weight);
    sum += after.score - before.score;
  }
  return { mean: shared.size === 0 ? 0 : sum / weightOf(shared.values()), weights: shared };
}

function weightsOf({ planned, spreads }: SearchState): ReadonlyMap<string, number> {
  const rows = planned?.search ?? [];
  const mean = rows.reduce((sum, row) => sum + spreads.get(row)!, 0) / Math.max(1, rows.length);
  return new Map(rows.map((row) => [row, spreads.get(row)! / mean]));
}
