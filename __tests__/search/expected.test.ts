import { setupFor } from '../../bench/search/ours.ts';
import { World } from '../../bench/search/world.ts';
import { worlds } from '../../bench/search/worlds.ts';
import { INCUMBENT } from '../../src/search/candidate.ts';
import type { SearchEvent } from '../../src/search/events.ts';
import { expectedGain, expectedLead } from '../../src/search/expected.ts';
import { matesIn } from '../../src/search/mates.ts';
import { fold, initialState, type SearchState } from '../../src/search/state.ts';

const ROWS = 20;
const world = new World(worlds.headroom, 'expected', ROWS);

/** A search in which versions were made from others and came to so many right answers on the first rows. Each: parents, asked, of which right. */
function stateWith(...versions: readonly { from: readonly number[]; base?: number; asked?: number; right?: number }[]): SearchState {
  const setup = setupFor(world, 300);
  const rows = setup.rows.map(({ example, ...row }) => ({ ...row, example, incumbent: { ...row.incumbent, score: 0.5 } }));
  const search = rows.map(({ example }) => example.id);
  const events: SearchEvent[] = [{ kind: 'planned', setup: '', search, confirm: [] }];
  for (const { from, base } of versions) {
    const mate = from.length === 2 && { mate: { other: from[1]!, base: base ?? INCUMBENT } };
    const slot = { operator: mate ? ('merge' as const) : ('reflect' as const), parent: from[0]!, ...mate, attempt: 0 };
    events.push({ kind: 'opened', round: 1, order: search, slots: [slot], cursor: 0 });
    events.push({ kind: 'admitted', admissions: [{ slot: 0, text: `${events.length}`, tokens: 10, why: '' }] });
  }
  for (const [at, { asked = 0, right = 0 }] of versions.entries())
    for (let row = 0; row < asked; row++)
      events.push({
        kind: 'scored',
        candidate: at + 1,
        row: search[row]!,
        spend: { calls: 1, usd: 0 },
        outcome: { score: row < right ? 1 : 0, reason: '', answer: '' },
      });
  return events.reduce(fold, initialState({ ...setup, rows }));
}

describe('what a version is expected to gain', () => {
  it('is nothing for the incumbent, and a little for an edit of it that nobody has asked about', () => {
    const state = stateWith({ from: [INCUMBENT] });
    expect(expectedGain(state, INCUMBENT)).toBe(0);
    expect(expectedGain(state, 1)).toBeCloseTo(0.03, 12);
  });

  it('is the posterior mean of a normal model for a version without relatives', () => {
    const [prior, noise, lead] = [0.06 ** 2 + 0.02 ** 2, (0.08 + 0.07) / 20, 0.25];
    const gain = expectedGain(stateWith({ from: [INCUMBENT], asked: 20, right: 15 }), 1);
    expect(gain).toBeCloseTo(0.03 + (prior / (prior + noise)) * (lead - 0.03), 12);
  });

  it('believes a version the more, the more rows it was seen on', () => {
    const gains = [4, 8, 20].map((asked) => expectedGain(stateWith({ from: [INCUMBENT], asked, right: (3 * asked) / 4 }), 1));
    expect(gains).toEqual(gains.toSorted((one, other) => one - other));
    expect(gains[0]).toBeGreaterThan(0.03);
    expect(gains[2]).toBeLessThan(0.25);
  });

  it('expects of a merge what its parts promise, before a row is asked', () => {
    const state = stateWith({ from: [0], asked: 20, right: 14 }, { from: [0], asked: 20, right: 12 }, { from: [1, 2] });
    expect(expectedGain(state, 3)).toBeCloseTo(expectedGain(state, 1) + expectedGain(state, 2), 12);
    expect(expectedLead(state, 3)).toBeCloseTo(expectedGain(state, 2), 12);
  });

  it('counts what both parts of a merge have in common once', () => {
    const state = stateWith({ from: [0], asked: 20, right: 14 }, { from: [1] }, { from: [1] }, { from: [2, 3], base: 1 });
    expect(expectedGain(state, 4)).toBeCloseTo(expectedGain(state, 1), 12);
  });

  it('holds a version to what became of its children', () => {
    const parent = { from: [0], asked: 8, right: 6 };
    const alone = expectedGain(stateWith(parent), 1);
    const [lost, won] = [2, 18].map((right) => expectedGain(stateWith(parent, { from: [1], asked: 20, right }), 1));
    expect(lost).toBeLessThan(alone);
    expect(won).toBeGreaterThan(alone);
  });

  it('learns from the first edits what an edit is worth here', () => {
    const bad = Array.from({ length: 6 }, () => ({ from: [0], asked: 20, right: 8 }));
    expect(expectedGain(stateWith(...bad, { from: [0] }), 7)).toBeLessThan(0.02);
  });
});

describe('versions to merge', () => {
  it('come by what their union promises, losers of a race included, but not those that were seen to harm', () => {
    const state = stateWith(
      { from: [0], asked: 20, right: 15 },
      { from: [0], asked: 6, right: 4 },
      { from: [0], asked: 20, right: 3 },
      { from: [0], asked: 20, right: 13 },
    );
    expect(matesIn(state).map(({ one, other }) => [one, other])).toEqual([
      [1, 4],
      [1, 2],
      [4, 2],
    ]);
  });

  it('are not made from each other, and not merged again', () => {
    const state = stateWith(
      { from: [0], asked: 20, right: 15 },
      { from: [1], asked: 20, right: 16 },
      { from: [0], asked: 20, right: 15 },
      { from: [1, 3], asked: 4, right: 3 },
    );
    const pairs = matesIn(state).map(({ one, other }) => [one, other].toSorted((a, b) => a - b));
    expect(pairs).toContainEqual([2, 3]);
    expect(pairs).not.toContainEqual([1, 2]);
    expect(pairs).not.toContainEqual([1, 3]);
  });
});
