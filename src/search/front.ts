import { INCUMBENT } from './candidate.ts';
import { scoredRows, searchGain } from './standings.ts';
import type { SearchState } from './state.ts';

/** A member of the front, and on how many search rows no other does better. */
export interface Member {
  readonly id: number;
  readonly led: number;
}

/**
 * The per-row Pareto front of GEPA (arXiv 2507.19457, algorithm 2): versions that are best on some row, without those whose rows another
 * leads as well. A version that is best for some inputs alone stays in play, where the best mean would forget it.
 */
export function paretoFront(state: SearchState): readonly Member[] {
  const led = ledRows(state);
  const better = (one: number, other: number) => {
    const [mine, theirs] = [led.get(one)!, led.get(other)!];
    const holdsAll = [...theirs].every((row) => mine.has(row));
    return holdsAll && (mine.size > theirs.size || isAhead(state, one, other));
  };
  return state.front
    .filter((id) => led.get(id)!.size > 0 && !state.front.some((other) => other !== id && better(other, id)))
    .map((id) => ({ id, led: led.get(id)!.size }));
}

/** For equals: the higher mean, then the newer version. */
function isAhead(state: SearchState, one: number, other: number): boolean {
  const [mine, theirs] = [searchGain(state, one).lead, searchGain(state, other).lead];
  return mine > theirs || (mine === theirs && one > other);
}

function ledRows(state: SearchState): ReadonlyMap<number, ReadonlySet<string>> {
  const led = new Map(state.front.map((id) => [id, new Set<string>()]));
  for (const row of scoredRows(state, INCUMBENT)) {
    const scores = state.front.flatMap((id) => {
      const outcome = state.outcomes[id]!.get(row);
      return outcome === undefined ? [] : [{ id, score: outcome.score }];
    });
    const best = Math.max(...scores.map(({ score }) => score));
    for (const { id, score } of scores) if (score === best) led.get(id)!.add(row);
  }
  return led;
}
