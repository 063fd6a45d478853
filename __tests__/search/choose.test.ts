import { choose } from '../../src/search/choose.ts';
import { expectedGain } from '../../src/search/expected.ts';
import type { SearchSetup } from '../../src/search/setup.ts';
import { setupWith, stateWith, type Version } from './versions.ts';

/** The incumbent scores 0.5 on each of 20 rows. */
const setup = { ...setupWith(), incumbent: 'ten words that are as many as versions here have' };

function chosenOf(versions: readonly Version[], more: Partial<SearchSetup> = {}) {
  const state = stateWith(setup, ...versions);
  return { state, chosen: choose({ ...setup, ...more }, state) };
}

const won = (right: number, asked = 20, tokens = 10): Version => ({ from: [0], asked, right, tokens });

describe('the version whose claim is put to the confirm rows', () => {
  it('is the one that is expected to gain most', () => {
    expect(chosenOf([won(12), won(15), won(14)]).chosen).toEqual({ kind: 'chosen', candidate: 2, claim: 'better' });
  });

  it('met all search rows, where any did: what fell out promises more than it was seen to do', () => {
    const { state, chosen } = chosenOf([won(14), won(12, 12)]);
    expect(expectedGain(state, 2)).toBeGreaterThan(expectedGain(state, 1));
    expect(chosen).toMatchObject({ candidate: 1, claim: 'better' });
  });

  it('is the most promising one where none met them all', () => {
    expect(chosenOf([won(11, 16), won(12, 12)]).chosen).toMatchObject({ candidate: 2, claim: 'better' });
  });

  it('is the shorter of two that gain alike', () => {
    expect(chosenOf([won(14, 20, 40), won(14, 20, 9)]).chosen).toMatchObject({ candidate: 2 });
  });

  it('is one that keeps the limits, however much another gains', () => {
    expect(chosenOf([won(18, 20, 40), won(13)], { limits: { tokens: 30 } }).chosen).toMatchObject({ candidate: 2 });
  });

  it('is none where none gains', () => {
    expect(chosenOf([won(3), won(5, 12)]).chosen).toEqual({ kind: 'chosen' });
  });
});
