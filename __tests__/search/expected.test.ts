import { INCUMBENT } from '../../src/search/candidate.ts';
import { expectedGain, expectedLead } from '../../src/search/expected.ts';
import { matesIn } from '../../src/search/mates.ts';
import { setupWith, stateWith as stateIn, type Version } from './versions.ts';

const stateWith = (...versions: readonly Version[]) => stateIn(setupWith(), ...versions);

describe('what a version is expected to gain', () => {
  it('is nothing for the incumbent, and a little for an edit of it that nobody has asked about', () => {
    const state = stateWith({ from: [INCUMBENT] });
    expect(expectedGain(state, INCUMBENT)).toBe(0);
    expect(expectedGain(state, 1)).toBeCloseTo(0.03, 12);
  });

  it('is the posterior mean of a normal model for a version without relatives', () => {
    const [prior, noise, lead] = [0.06 ** 2 + 0.04 ** 2, (0.08 + 0.07) / 20, 0.25];
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

  it('takes what the proposer made of two versions for an edit of the first, since it is not their sum', () => {
    const parts = [
      { from: [0], asked: 20, right: 14 },
      { from: [0], asked: 20, right: 13 },
    ];
    const state = stateWith(...parts, { from: [1, 2], byProposer: true });
    expect(expectedGain(state, 3)).toBeCloseTo(expectedGain(state, 1), 12);
    expect(expectedGain(stateWith(...parts, { from: [1, 2] }), 3)).toBeGreaterThan(expectedGain(state, 3));
  });

  it('takes a lead on rows that tell versions apart for what it is of rows like all', () => {
    const version = { from: [0], asked: 10, right: 8 };
    const telling = setupWith((row) => (row < 10 ? [0, 1] : [1, 1, 1, 1, 1, 1]));
    expect(expectedGain(stateIn(telling, version), 1)).toBeLessThan(expectedGain(stateWith(version), 1));
    // Once all rows are asked there is nothing to make up for.
    const all = { from: [0], asked: 20, right: 14 };
    expect(expectedGain(stateIn(telling, all), 1)).toBeCloseTo(expectedGain(stateWith(all), 1), 12);
  });

  it('learns less from several leads on the same rows than on others: the incumbent may have been lucky there', () => {
    const bad = { from: [0], asked: 5, right: 1 };
    const expected = (first: readonly number[]) => expectedGain(stateWith(...first.map((at) => ({ ...bad, first: at })), { from: [0] }), 4);
    expect(expected([0, 0, 0])).toBeGreaterThan(expected([0, 5, 10]));
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
