import type { SearchState } from './state.ts';

/** A version and everything it was made from. */
function lineOf({ candidates }: SearchState, id: number): ReadonlySet<number> {
  const line = new Set<number>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (line.has(next)) continue;
    line.add(next);
    open.push(...candidates[next]!.parents);
  }
  return line;
}

/** The newest version that both were made from; undefined where one was made from the other. */
export function commonAncestor(state: SearchState, one: number, other: number): number | undefined {
  const [mine, theirs] = [lineOf(state, one), lineOf(state, other)];
  if (mine.has(other) || theirs.has(one)) return undefined;
  return Math.max(...[...mine].filter((id) => theirs.has(id)));
}

/** Whether these two have been merged already. */
export function areMerged({ candidates }: SearchState, one: number, other: number): boolean {
  return candidates.some(({ parents }) => parents.length === 2 && parents.includes(one) && parents.includes(other));
}
