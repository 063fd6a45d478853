import { type RandomStream, shuffled } from '../stats/random.ts';

/** What is known of a row: how the incumbent scored on it, and every version on record. */
export interface KnownRow {
  readonly id: string;
  readonly incumbent: number;
  readonly scores: readonly number[];
}

/**
 * Rows in the order in which they tell candidates apart: those first on which about half of the versions on record pass, as estimated by
 * Krichevsky & Trofimov's (s + 1/2) / (n + 1), so that a row that nobody knows is not taken for a dull one. Among equals a failure of the incumbent
 * and a pass take turns, never failures only: on those every change looks like a gain. What is still equal is shuffled.
 */
export function informativeOrder(rows: readonly KnownRow[], stream: RandomStream): readonly string[] {
  const known = shuffled(rows, stream).map((row) => ({ ...row, spread: spreadOf(row) }));
  const turns = new Map<string, number>();
  const keyed = known.map(({ id, incumbent, spread }) => {
    const side = `${spread} ${incumbent >= 0.5}`;
    const turn = turns.get(side) ?? 0;
    turns.set(side, turn + 1);
    return { id, spread, turn, fails: incumbent < 0.5 };
  });
  return keyed
    .sort((one, other) => other.spread - one.spread || one.turn - other.turn || Number(other.fails) - Number(one.fails))
    .map(({ id }) => id);
}

/** How far a row can tell versions apart: the variance of a pass with the estimated rate, rounded so that equal counts are equal. */
export function spreadOf({ incumbent, scores }: Omit<KnownRow, 'id'>): number {
  const sum = scores.reduce((total, score) => total + score, incumbent);
  const rate = (sum + 0.5) / (scores.length + 2);
  return Number((rate * (1 - rate)).toFixed(9));
}
