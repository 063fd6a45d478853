import fc from 'fast-check';
import type { Pair } from '../../src/domain/verdict.ts';
import { clustersOf, evidenceOf } from '../../src/gate/evidence.ts';
import { judge } from '../../src/gate/gate.ts';
import { designEffect, imaginarySize } from '../../src/gate/shared-origins.ts';

const pairsOf = (clusters: number, size: number, score: (cluster: number, member: number) => [number, number]): Pair[] =>
  Array.from({ length: clusters * size }, (_, i) => {
    const [base, head] = score(i % clusters, Math.floor(i / clusters));
    return { exampleId: `e${i}`, base, head, tags: [], cluster: `c${i % clusters}` };
  });

const sizeOf = (pairs: readonly Pair[]) => {
  const evidence = evidenceOf(pairs);
  return imaginarySize(evidence, evidence.clusters!);
};

describe('an imaginary cluster holds', () => {
  it('as many examples as a real one where its members stand or fall together', () => {
    expect(sizeOf(pairsOf(20, 5, (cluster) => [cluster % 4 === 0 ? 0 : 1, 1]))).toBe(5);
  });

  it('one example where members share nothing', () => {
    // In every cluster exactly one of five fails: the clusters' sums do not differ at all.
    expect(sizeOf(pairsOf(20, 5, (cluster, member) => [member === cluster % 5 ? 0 : 1, member === cluster % 5 ? 0 : 1]))).toBe(1);
  });

  it('the mean cluster size where nothing varies, so that nothing tells', () => {
    expect(sizeOf(pairsOf(12, 6, () => [1, 1]))).toBe(6);
  });

  it('between one and the mean cluster size, whatever the scores', () => {
    const score = fc.tuple(fc.constantFrom(0, 0.5, 1), fc.constantFrom(0, 0.5, 1));
    fc.assert(
      fc.property(fc.array(score, { minLength: 24, maxLength: 24 }), (scores) => {
        const size = sizeOf(pairsOf(8, 3, (cluster, member) => scores[cluster + 8 * member]!));
        expect(size).toBeGreaterThanOrEqual(1);
        expect(size).toBeLessThanOrEqual(3);
      }),
    );
  });
});

it('ten conversations without a single failure are ten observations, and clear nothing', () => {
  expect(judge({ pairs: pairsOf(10, 10, () => [1, 1]), missing: [] }, [], { alpha: 0.05, margin: 0.05 }).verdict).toBe('inconclusive');
});

it('the design effect of identical members is their number, with the factor C/(C − 1) of few clusters', () => {
  const pairs = pairsOf(20, 5, (cluster) => [cluster % 2, 1]);
  const { clusters } = evidenceOf(pairs);
  const values = Float64Array.from(pairs, ({ base }) => base);
  // Clustered variance / naive variance = m · (n − 1)/n · C/(C − 1), with m = 5, n = 100, C = 20.
  expect(designEffect(values, clusters!)).toBeCloseTo(5 * (99 / 100) * (20 / 19), 9);
});

it('examples that name no cluster come after all that do, each in one of its own', () => {
  const named = ['b', undefined, 'a', 'b', undefined].map((cluster) => ({ cluster }));
  expect(clustersOf(named)).toEqual({ of: Uint32Array.of(0, 2, 1, 0, 3), count: 4 });
  expect(clustersOf(Array.from({ length: 3000 }, (_, i) => ({ cluster: `c${i}` })))).toBeUndefined();
  const twice = clustersOf(Array.from({ length: 6000 }, (_, i) => ({ cluster: `c${i % 3000}` })))!;
  expect([twice.count, twice.of[2999], twice.of[5999]]).toEqual([3000, 2999, 2999]);
});
