import fc from 'fast-check';
import { alphaOfLook, nextLook, SEARCH_ALPHA } from '../../src/search/looks.ts';

const first = { text: 'one', rows: 'r' };

describe('looks at the confirm rows', () => {
  it('spend 0.08, 0.016, 0.0032, … of an alpha of 0.10', () => {
    expect([1, 2, 3].map((number) => alphaOfLook(number))).toEqual([0.08, 0.016, 0.0032].map((alpha) => expect.closeTo(alpha, 12)));
  });

  it('never spend more than alpha, however many there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.001, max: 0.4, noNaN: true }), (looks, alpha) => {
        const spent = Array.from({ length: looks }, (_, at) => alphaOfLook(at + 1, alpha)).reduce((sum, one) => sum + one, 0);
        expect(spent).toBeLessThanOrEqual(alpha * (1 + 1e-12));
      }),
    );
  });

  it('count every text on every set of rows, whatever became of it', () => {
    expect(nextLook([first, { text: 'two', rows: 'r' }], { text: 'three', rows: 'r' })).toEqual({
      number: 3,
      alpha: alphaOfLook(3, SEARCH_ALPHA),
    });
    expect(nextLook([first], { text: 'one', rows: 'other' }).number).toBe(2);
  });

  it('do not count the same text on the same rows again', () => {
    expect(nextLook([first, { text: 'two', rows: 'r' }], first)).toEqual({ number: 1, alpha: expect.closeTo(0.08, 12) });
  });

  it('can verify nothing where nobody knows how many there were', () => {
    expect(nextLook('unreadable', first).alpha).toBe(0);
  });
});
