import type { Arm } from '../../src/domain/trial.ts';
import type { ScoredRun } from '../../src/metrics/gather.ts';
import { labelMeter } from '../../src/metrics/meters/labels.ts';
import { standInsFor } from '../../src/metrics/stand-ins.ts';
import { randomStream } from '../../src/stats/random.ts';

const meter = labelMeter(['a', 'b', 'c']);
const run = (arm: Arm, example: number, right: number, named: number): ScoredRun => ({
  arm,
  example,
  score: { value: 0, pass: false, reason: `of ${example}`, observed: { [meter.id]: [right, named] } },
});

/** What was seen on both sides of each example, as pairs of right and named. */
const runsOf = (seen: readonly (readonly [base: readonly [number, number], head: readonly [number, number]])[]): ScoredRun[] =>
  seen.flatMap(([base, head], example) => [run('base', example, ...base), run('head', example, ...head)]);

const find = (runs: readonly ScoredRun[], examples: number, most: number, origins?: readonly number[], seed = 'seed') => {
  const of = origins && { of: origins, count: new Set(origins).size };
  const found = standInsFor(runs, { examples, origins: of, meters: [meter] }, most, randomStream(seed, 'sample'));
  return found && { places: [...found.places], times: [...found.times], isSample: found.isSample };
};

const few = runsOf([
  [
    [0, 0],
    [0, 1],
  ],
  [
    [1, 1],
    [1, 1],
  ],
  [
    [0, 0],
    [0, 1],
  ],
  [
    [0, 1],
    [0, 0],
  ],
  [
    [1, 1],
    [1, 1],
  ],
]);

describe('examples that stand for all', () => {
  it('are one of each kind, where the same was seen on both sides, whatever else differs', () => {
    expect(find(few, 5, 3)).toEqual({ places: [0, 1, 3], times: [2, 2, 1], isSample: false });
  });

  it('are found in whatever order the sides come', () => {
    expect(find(few.toReversed(), 5, 3)).toEqual({ places: [0, 1, 3], times: [2, 2, 1], isSample: false });
  });

  it('are one of each kind and origin', () => {
    expect(find(few, 5, 5, [0, 0, 0, 1, 1])).toEqual({ places: [0, 1, 3, 4], times: [2, 1, 1, 1], isSample: false });
  });

  it('tell repeats apart, and examples of which less was seen', () => {
    const again = [...few, run('head', 0, 0, 2), run('head', 2, 0, 2), run('base', 1, 1, 2)];
    expect(find([...again, { ...run('head', 4, 0, 0), score: { value: 0, pass: false, reason: '' } }], 5, 5)).toEqual({
      places: [0, 1, 3, 4],
      times: [2, 1, 1, 1],
      isSample: false,
    });
  });

  it('are a sample where there are more kinds, the same for the same seed', () => {
    const sample = find(few, 5, 2)!;
    expect([sample.isSample, sample.places.length, sample.times]).toEqual([true, 2, [1, 1]]);
    expect(sample.places).toEqual(sample.places.toSorted((one, other) => one - other));
    expect(find(few, 5, 2)).toEqual(sample);
    const others = new Set(Array.from({ length: 30 }, (_, seed) => String(find(few, 5, 2, undefined, String(seed))!.places)));
    expect(others.size).toBeGreaterThan(3);
  });

  it('are whole origins then, or none where these would be too few', () => {
    const n = 2000;
    const runs = Array.from({ length: n }, (_, example) => run('base', example, example % 3, 0));
    const inThrees = Array.from({ length: n }, (_, example) => Math.floor(example / 3));
    const sample = find(runs, n, 610, inThrees)!;
    expect([sample.isSample, sample.places.length > 600, sample.places.length <= 610]).toEqual([true, true, true]);
    const taken = new Set(sample.places);
    expect(sample.places.every((place) => inThrees.every((origin, at) => origin !== inThrees[place] || taken.has(at)))).toBe(true);
    expect(find(runs, n, 500, inThrees)).toBeUndefined();
  });
});
