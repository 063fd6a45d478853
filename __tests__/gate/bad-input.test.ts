import fc from 'fast-check';
import type { Pair } from '../../src/domain/verdict.ts';
import { judge, type Rules } from '../../src/gate/gate.ts';
import { passFail, repeated, runs } from './pairs.ts';

const rules: Rules = { alpha: 0.05, margin: 0.05, slices: true };
const judged = (pairs: readonly Pair[], missing: readonly string[] = []) => judge({ pairs, missing }, [], rules);
const good = passFail(5, 5, 90);

describe('scores that are none', () => {
  it.each([Number.NaN, -0.01, 1.01, Number.POSITIVE_INFINITY])(
    '%d on either side refuses the comparison and names the example',
    (value) => {
      for (const pair of [
        { base: value, head: 1 },
        { base: 1, head: value },
      ]) {
        const { verdict, because, effect } = judged([...good, { exampleId: 'odd', ...pair, tags: [] }]);
        expect([verdict, because, effect]).toEqual(['could-not-measure', [{ rule: 'invalid-scores', exampleIds: ['odd'] }], undefined]);
      }
    },
  );

  it('in one run refuse the comparison too, though the mean is in range', () => {
    const pair = repeated('odd', [2, 0], [1, 1]);
    expect(judged([pair]).because).toEqual([{ rule: 'invalid-scores', exampleIds: ['odd'] }]);
  });
});

describe('repeats that differ', () => {
  it('between the arms are refused by name', () => {
    const pairs = [repeated('a', [1, 1, 1], [1, 1, 1]), repeated('b', [1, 1, 1], [1, 1])];
    expect(judged(pairs)).toMatchObject({ verdict: 'could-not-measure', because: [{ rule: 'uneven-repeats', exampleIds: ['b'] }] });
  });

  it('between examples are refused by name', () => {
    const pairs = [...passFail(1, 0, 0), repeated('b', [1, 1], [1, 0])];
    expect(judged(pairs)).toMatchObject({ verdict: 'could-not-measure', because: [{ rule: 'uneven-repeats', exampleIds: ['01-0'] }] });
  });
});

it('of many examples that cannot be compared the first are named and the others counted', () => {
  const odd = Array.from({ length: 1000 }, (_, i) => ({ exampleId: `odd${i}`, base: 2, head: 1, tags: [] }));
  const exampleIds = odd.slice(0, 200).map(({ exampleId }) => exampleId);
  expect(judged([...good, ...odd]).because).toEqual([{ rule: 'invalid-scores', exampleIds, more: 800 }]);
});

describe('few or uniform pairs come to a defined verdict', () => {
  it.each<[string, readonly Pair[], string]>([
    ['none at all', [], 'could-not-measure'],
    ['one', passFail(0, 1, 0), 'inconclusive'],
    ['two', passFail(0, 2, 0), 'inconclusive'],
    ['all ties', passFail(0, 0, 100), 'no-worse'],
    ['all ties on few', passFail(0, 0, 30), 'inconclusive'],
    ['all losses', passFail(0, 40, 0), 'regressed'],
    ['all wins', passFail(40, 0, 0), 'improved'],
    [
      'a constant graded drop',
      Array.from({ length: 30 }, (_, i) => ({ exampleId: `${i}`, base: 0.75, head: 0.5, tags: ['t'] })),
      'regressed',
    ],
    ['one cluster', passFail(3, 3, 30).map((pair) => ({ ...pair, cluster: 'one' })), 'inconclusive'],
    ['a slice with no change in it', [...passFail(0, 0, 60, ['still']), ...passFail(2, 2, 60, ['moving'])], 'no-worse'],
  ])('%s', (_title, pairs, verdict) => {
    expect(judged(pairs).verdict).toBe(verdict);
  });
});

it('never gives a number that is none, whatever the scores', () => {
  const score = fc.oneof(fc.constantFrom(0, 1, 0.5), fc.double({ min: 0, max: 1, noNaN: true }));
  const pair = fc.record({ base: score, head: score, cluster: fc.constantFrom(undefined, 'a', 'b', 'c'), tag: fc.constantFrom('x', 'y') });
  const k = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 60 }), k, fc.boolean(), (drawn, repeats, withClusters) => {
      const pairs = drawn.map(({ base, head, cluster, tag }, i): Pair => {
        const pair =
          repeats === 1 ? { exampleId: `${i}`, base, head } : repeated(`${i}`, Array(repeats).fill(base), runs(Math.round(head), repeats));
        return { ...pair, tags: [tag], ...(withClusters && cluster !== undefined && { cluster }) };
      });
      const { effect, outlook, slices } = judge({ pairs, missing: [] }, [], { ...rules, protected: [{ slice: 'x' }] });
      const numbers = [effect, outlook, ...slices.map((slice) => slice.effect)]
        .flatMap((each) => Object.values(each ?? {}))
        .filter((value) => typeof value === 'number');
      expect(numbers.every(Number.isFinite)).toBe(true);
      for (const each of [effect!, ...slices.map((slice) => slice.effect)]) {
        expect(each.lower).toBeLessThanOrEqual(each.estimate + 1e-12);
        expect(each.upper).toBeGreaterThanOrEqual(each.estimate - 1e-12);
      }
    }),
    { numRuns: 300 },
  );
});

it('swapping the arms turns improved into regressed and negates the interval', () => {
  const flips = fc.record({
    wins: fc.integer({ min: 0, max: 40 }),
    losses: fc.integer({ min: 0, max: 40 }),
    ties: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(
    fc.property(flips, ({ wins, losses, ties }) => {
      const [one, other] = [judged(passFail(wins, losses, ties)), judged(passFail(losses, wins, ties))];
      expect(one.effect!.lower).toBeCloseTo(-other.effect!.upper, 9);
      if (one.verdict === 'improved') expect(['regressed', 'no-worse']).toContain(other.verdict);
    }),
  );
});

it('a tie turned into a loss never makes the verdict better', () => {
  const rank = { improved: 3, 'no-worse': 2, inconclusive: 1, regressed: 0 } as Record<string, number>;
  const flips = fc.record({
    wins: fc.integer({ min: 0, max: 40 }),
    losses: fc.integer({ min: 0, max: 40 }),
    ties: fc.integer({ min: 1, max: 200 }),
  });
  fc.assert(
    fc.property(flips, ({ wins, losses, ties }) => {
      const [before, after] = [judged(passFail(wins, losses, ties)), judged(passFail(wins, losses + 1, ties - 1))];
      expect(rank[after.verdict]!).toBeLessThanOrEqual(rank[before.verdict]!);
    }),
  );
});
