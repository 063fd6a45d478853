/** Candidates of a round. */
export const BREADTH = 4;
/** Search rows that a race goes over, the most informative ones: more candidates tell more than more rows for each. */
export const RACE_ROWS = 12;

/** Rows of the first slice, where there are enough to go on. */
const SLICE = 8;
const SHORT_SLICE = 6;
/** Rows from which the longer first slice is used. */
const ENOUGH = 32;

/** Rows that a race's candidates have in common when it first decides. */
export function firstSlice(rows: number): number {
  return Math.min(rows, rows >= ENOUGH ? SLICE : SHORT_SLICE);
}

/** After how many rows a race decides: the first slice, then twice as many each time, then all. */
export function barriers(rows: number): readonly number[] {
  const at: number[] = [];
  for (let reach = firstSlice(rows); reach < rows; reach *= 2) at.push(reach);
  return [...at, rows];
}

/** How a candidate stands after the rows that all have answered. */
export interface Standing {
  readonly id: number;
  /** What it can be expected to gain over the incumbent. */
  readonly gain: number;
  /** And over what it was made from. */
  readonly lead: number;
  readonly tokens: number;
}

/**
 * Successive halving (Jamieson & Talwalkar, AISTATS 2016): the better half goes on, best first. Equal gains go to fewer tokens, then to the earlier one.
 */
export function betterHalf(standings: readonly Standing[]): readonly Standing[] {
  return ranked(standings).slice(0, Math.ceil(standings.length / 2));
}

export function ranked(standings: readonly Standing[]): readonly Standing[] {
  return standings.toSorted((one, other) => other.gain - one.gain || one.tokens - other.tokens || one.id - other.id);
}

/** Whether going on is futile: not one of them is level with its parent. */
export function isFutile(standings: readonly Standing[]): boolean {
  return standings.every(({ lead }) => lead < 0);
}
