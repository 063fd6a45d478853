import fc from 'fast-check';
import { acceleration, bcaBootstrap, jackknife } from '../../src/stats/bca.ts';
import { bootstrapDraws, type CountedMetric, pairedBootstrap, resample, sampleQuantile } from '../../src/stats/bootstrap.ts';
import { maxT } from '../../src/stats/max-t.ts';
import { mcnemarExact } from '../../src/stats/mcnemar.ts';
import { meanOf, varianceOf } from '../../src/stats/moments.ts';
import { randomStream } from '../../src/stats/random.ts';
import { signFlip } from '../../src/stats/sign-flip.ts';
import { flips, quarterDifferences } from './differences.ts';
import { expectWithin } from './within.ts';

function random(name: string, draws = 2000) {
  return { draws, stream: randomStream('resampling', name) };
}

function meanMetric(values: readonly number[]): CountedMetric {
  return (counts) => {
    let sum = 0;
    let n = 0;
    for (let i = 0; i < values.length; i++) {
      sum += counts[i]! * values[i]!;
      n += counts[i]!;
    }
    return sum / n;
  };
}

/** Reference section 6, scipy `permutation_test(permutation_type='samples')`. */
const ten = [0.05, -0.05, 0.05, 0.2, 0, 0.15, 0, 0.15, -0.05, 0.05];

/** Reference section 6, R `boot`, asserted in scipy test_resampling.py. */
const sixteen = [10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213];

describe('the sign-flip permutation test', () => {
  it('counts every sign pattern of few differences', () => {
    expect(signFlip(ten, random('exact'))).toEqual({ harm: expect.any(Number), improvement: 0.0625, twoSided: 0.125 });
  });

  it("is McNemar's exact test on pass/fail", () => {
    for (const [wins, losses] of [
      [5, 1],
      [3, 3],
      [0, 7],
      [9, 7],
    ] as const) {
      const { harm, improvement, twoSided } = mcnemarExact(wins, losses);
      const flipped = signFlip(flips(wins, losses, 30), random('exact'));
      expect(flipped.harm).toBeCloseTo(harm, 12);
      expect(flipped.improvement).toBeCloseTo(improvement, 12);
      expect(flipped.twoSided).toBeCloseTo(twoSided, 12);
    }
  });

  it('comes close to the exact answer when it draws patterns', () => {
    const { harm, twoSided } = signFlip(flips(9, 21, 40), random('drawn', 20_000));
    expectWithin(0.004, harm, mcnemarExact(9, 21).harm);
    expectWithin(0.006, twoSided, mcnemarExact(9, 21).twoSided);
  });

  it('never says a drawn p-value is 0, and repeats itself under the same stream', () => {
    const differences = Array.from({ length: 60 }, () => -1);
    expect(signFlip(differences, random('floor', 99)).harm).toBe(0.01);
    const mixed = flips(12, 20, 60);
    expect(signFlip(mixed, random('same'))).toEqual(signFlip(mixed, random('same')));
  });

  it('does not let rounding break ties', () => {
    fc.assert(
      fc.property(quarterDifferences(0, 12), (quarters) => {
        const inThirds = quarters.map((d) => (d * 4) / 30);
        const one = signFlip(quarters, random('ties'));
        const other = signFlip(inThirds, random('ties'));
        expect(other).toEqual(one);
      }),
      { seed: 31 },
    );
  });

  it('finds nothing in nothing', () => {
    expect(signFlip([], random('none'))).toEqual({ harm: 1, improvement: 1, twoSided: 1 });
    expect(signFlip([0, 0], random('none'))).toEqual({ harm: 1, improvement: 1, twoSided: 1 });
    expect(() => signFlip([0.5, Number.NaN], random('none'))).toThrow(/finite/);
  });
});

describe('the max-T correction', () => {
  const columns = [
    [1, 1, 0, 1, 0, 1, -1, 1],
    [0, 1, 1, 1, 0, 1, 0, 1],
  ];

  it('matches exact enumeration', () => {
    // Reference section 6.
    expect(maxT(columns, random('exact'))).toEqual([0.1171875, 0.0390625]);
    expect(columns.map((column) => signFlip(column, random('raw')).improvement)).toEqual([0.109375, 0.03125]);
  });

  it('is the plain sign-flip test for one column and changes nothing for equal ones', () => {
    const [column] = columns;
    expect(maxT([column!], random('one'))).toEqual([0.109375]);
    expect(maxT([column!, column!, column!], random('equal'))).toEqual([0.109375, 0.109375, 0.109375]);
  });

  it('draws patterns for many rows', () => {
    const tall = columns.map((column) => [...column, ...column, ...column]);
    const [first, second] = maxT(tall, random('drawn', 4000));
    const raw = signFlip(tall[0]!, random('raw')).improvement;
    expect(first).toBeGreaterThanOrEqual(raw - 0.01);
    expect(second).toBeLessThanOrEqual(first!);
  });

  it('is defined without columns and refuses ragged ones', () => {
    expect(maxT([], random('none'))).toEqual([]);
    expect(maxT([[]], random('none'))).toEqual([1]);
    expect(() => maxT([[1], [1, 0]], random('none'))).toThrow(RangeError);
    expect(() => maxT([[Number.NaN]], random('none'))).toThrow(/finite/);
  });
});

describe('the paired bootstrap', () => {
  const metric = meanMetric(sixteen);
  const resampling = (name: string) => ({ examples: sixteen.length, ...random(name, 400_000) });

  it('has the percentile interval of R', () => {
    const { estimate, lower, upper, undefinedDraws } = pairedBootstrap(metric, resampling('percentile'), 0.025);
    expect(estimate).toBeCloseTo(meanOf(sixteen), 10);
    expectWithin(0.005 * 28.86, lower, 28.86);
    expectWithin(0.005 * 84.21, upper, 84.21);
    // R's basic interval is the same one mirrored about the estimate.
    expectWithin(0.005 * 84.21, 2 * estimate - upper, 23.77);
    expectWithin(0.005 * 79.12, 2 * estimate - lower, 79.12);
    expect(undefinedDraws).toBe(0);
  });

  it('spreads by the standard error of the mean', () => {
    const draws = bootstrapDraws(metric, resampling('spread'));
    expectWithin(0.1, Math.sqrt(varianceOf(draws, meanOf(draws))), 14.236769);
  });

  it('draws as many examples as there are, each equally often', () => {
    const totals = new Float64Array(7);
    const sizes = new Set<number>();
    resample({ examples: 7, ...random('counts', 5000) }, (counts) => {
      sizes.add(counts.reduce((sum, count) => sum + count, 0));
      for (const [i, count] of counts.entries()) totals[i]! += count;
    });
    expect([...sizes]).toEqual([7]);
    for (const total of totals) expectWithin(350, total, 5000);
  });

  it('draws clusters whole', () => {
    const clusterOf = [0, 0, 1, 2, 2, 2];
    let draws = 0;
    resample({ examples: 6, clusterOf, ...random('clusters', 300) }, (counts) => {
      draws += 1;
      expect(counts[1]).toBe(counts[0]);
      expect([counts[4], counts[5]]).toEqual([counts[3], counts[3]]);
      expect(counts[0]! + counts[2]! + counts[3]!).toBe(3);
    });
    expect(draws).toBe(300);
  });

  it('repeats itself under the same stream and differs under another', () => {
    const interval = (name: string) => pairedBootstrap(metric, { examples: 16, ...random(name) }, 0.05);
    expect(interval('a')).toEqual(interval('a'));
    expect(interval('a')).not.toEqual(interval('b'));
  });

  it('leaves out draws on which the metric has no value, and counts them', () => {
    const onlyWithFirst: CountedMetric = (counts) => (counts[0] === 0 ? Number.NaN : counts[0]!);
    const { lower, undefinedDraws } = pairedBootstrap(onlyWithFirst, { examples: 10, ...random('undefined') }, 0.05);
    expect(lower).toBe(1);
    expectWithin(100, undefinedDraws, 2000 * 0.9 ** 10);
  });

  it('is defined for one example', () => {
    expect(pairedBootstrap(meanMetric([0.25]), { examples: 1, ...random('one') }, 0.05)).toEqual({
      estimate: 0.25,
      lower: 0.25,
      upper: 0.25,
      undefinedDraws: 0,
    });
  });

  it('refuses what has no interval', () => {
    expect(() => pairedBootstrap(metric, { examples: 0, ...random('none') }, 0.05)).toThrow(/at least one/);
    expect(() => pairedBootstrap(() => Number.NaN, { examples: 3, ...random('none') }, 0.05)).toThrow(/no value/);
    expect(() => pairedBootstrap(() => 0, { examples: 3, clusterOf: [0, 1], ...random('none') }, 0.05)).toThrow(/cluster/);
    expect(() => pairedBootstrap(() => 0, { examples: 3, clusterOf: [0, 2, 2], ...random('none') }, 0.05)).toThrow(/gaps/);
    const onlyWhole: CountedMetric = (counts) => (counts.every((count) => count === 1) ? 1 : Number.NaN);
    expect(() => pairedBootstrap(onlyWhole, { examples: 40, ...random('none') }, 0.05)).toThrow(/no value/);
  });

  it('interpolates quantiles between neighbours', () => {
    expect([0, 0.25, 0.5, 0.9, 1].map((p) => sampleQuantile([1, 2, 4], p))).toEqual([1, 1.5, 2, 3.6, 4]);
  });
});

describe('the BCa bootstrap', () => {
  it('has the published acceleration of the mean', () => {
    expectWithin(1e-7, acceleration(jackknife(meanMetric(sixteen), 16)), 0.0615289);
  });

  it('has the published acceleration of a difference between two samples', () => {
    // scipy test_BCa_acceleration_against_reference: mean(z) - mean(y).
    const y = jackknife((counts) => -meanMetric([10, 27, 31, 40, 46, 50, 52, 104, 146])(counts), 9);
    const z = jackknife(meanMetric([16, 23, 38, 94, 99, 141, 197]), 7);
    expectWithin(1e-12, acceleration(z, y), 0.011008228344026734);
  });

  it('has the interval of R', () => {
    const { lower, upper } = bcaBootstrap(meanMetric(sixteen), { examples: 16, ...random('bca', 200_000) }, 0.025);
    expectWithin(0.005 * 32.31, lower, 32.31);
    expectWithin(0.005 * 91.43, upper, 91.43);
  });

  it('is defined for constant scores and refuses a lone example or clusters', () => {
    expect(bcaBootstrap(meanMetric([1, 1, 1]), { examples: 3, ...random('constant') }, 0.05)).toEqual({
      estimate: 1,
      lower: 1,
      upper: 1,
      undefinedDraws: 0,
    });
    expect(() => bcaBootstrap(meanMetric([1]), { examples: 1, ...random('lone') }, 0.05)).toThrow(/at least two/);
    expect(() => bcaBootstrap(meanMetric([1, 0]), { examples: 2, clusterOf: [0, 1], ...random('clusters') }, 0.05)).toThrow(/clusters/);
  });
});
