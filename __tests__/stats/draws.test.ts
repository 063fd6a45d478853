import { binomialPmf } from '../../src/stats/binomial.ts';
import { binomialDraw, multinomialDraw } from '../../src/stats/draws.ts';
import { randomStream } from '../../src/stats/random.ts';
import { expectWithin } from './within.ts';

const DRAWS = 40_000;

/** Pearson's X^2 of draws against the exact distribution, over its values that are expected five times or more, the rest together; and how many those are. */
function misfit(n: number, p: number): { readonly chiSquare: number; readonly cells: number } {
  const stream = randomStream('draws', `${n} ${p}`);
  const seen = new Float64Array(n + 1);
  for (let i = 0; i < DRAWS; i++) seen[binomialDraw(n, p, stream)]! += 1;
  let [chiSquare, cells, restSeen, restExpected] = [0, 1, 0, 0];
  for (let k = 0; k <= n; k++) {
    const expected = DRAWS * binomialPmf(k, n, p);
    if (expected < 5) {
      restSeen += seen[k]!;
      restExpected += expected;
    } else {
      chiSquare += (seen[k]! - expected) ** 2 / expected;
      cells += 1;
    }
  }
  return { chiSquare: chiSquare + (restExpected > 0 ? (restSeen - restExpected) ** 2 / restExpected : 0), cells };
}

describe('a binomial draw', () => {
  // X^2 has mean cells - 1 and variance 2 (cells - 1): four standard deviations above it. Means from 0.5 to 2,500, both ways of drawing, both halves of p.
  it.each([
    [5, 0.1],
    [50, 0.15],
    [1000, 0.009],
    [20, 0.5],
    [21, 0.48],
    [40, 0.75],
    [100, 0.1],
    [100, 0.95],
    [1000, 0.011],
    [1000, 0.3],
    [5000, 0.5],
    [100_000, 0.0002],
  ])('from %d trials with %d each has the exact distribution', (n, p) => {
    const { chiSquare, cells } = misfit(n, p);
    expect(chiSquare).toBeLessThan(cells - 1 + 4 * Math.sqrt(2 * (cells - 1)));
  });

  it('from a million trials has their mean and variance', () => {
    const stream = randomStream('draws', 'million');
    const values = Float64Array.from({ length: DRAWS }, () => binomialDraw(1_000_000, 0.37, stream));
    const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS;
    const exact = 1_000_000 * 0.37 * 0.63;
    expectWithin(4 * Math.sqrt(exact / DRAWS), mean, 370_000);
    expectWithin(4 * exact * Math.sqrt(2 / DRAWS), variance, exact);
  });

  it('is certain where there is nothing to draw, and refuses what is no distribution', () => {
    const stream = randomStream('draws', 'certain');
    expect([binomialDraw(0, 0.5, stream), binomialDraw(9, 0, stream), binomialDraw(9, 1, stream)]).toEqual([0, 0, 9]);
    expect(() => binomialDraw(-1, 0.5, stream)).toThrow(/number of trials/);
    expect(() => binomialDraw(1.5, 0.5, stream)).toThrow(/number of trials/);
    expect(() => binomialDraw(3, Number.NaN, stream)).toThrow(/probability/);
  });
});

describe('a multinomial draw', () => {
  it('shares out all of it, each place by its share, and repeats itself under the same stream', () => {
    const shares = [1, 0, 4, 2, 0.5, 0];
    const counts = new Uint32Array(6);
    const [sums, products] = [new Float64Array(6), { zeroTwo: 0 }];
    const stream = randomStream('draws', 'multinomial');
    for (let i = 0; i < DRAWS; i++) {
      multinomialDraw(30, shares, stream, counts);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30);
      for (let k = 0; k < 6; k++) sums[k]! += counts[k]!;
      products.zeroTwo += counts[0]! * counts[2]!;
    }
    for (const [k, share] of shares.entries()) expectWithin(0.06, sums[k]! / DRAWS, (30 * share) / 7.5);
    expect([sums[1], sums[5]]).toEqual([0, 0]);
    // Cov(X_0, X_2) = -n p_0 p_2.
    expectWithin(0.15, products.zeroTwo / DRAWS - (sums[0]! / DRAWS) * (sums[2]! / DRAWS), (-30 * 1 * 4) / 7.5 ** 2);
    const again = new Uint32Array(6);
    multinomialDraw(30, shares, randomStream('draws', 'again'), again);
    multinomialDraw(30, shares, randomStream('draws', 'again'), counts);
    expect(again).toEqual(counts);
  });
});
