import type { Arm } from '../../src/domain/trial.ts';
import type { ScoredRun } from '../../src/metrics/gather.ts';
import { kindsIn } from '../../src/metrics/kinds.ts';
import { labelMeter } from '../../src/metrics/meters/labels.ts';

const meter = labelMeter(['a', 'b', 'c']);
const run = (arm: Arm, example: number, right: number, named: number): ScoredRun => ({
  arm,
  example,
  score: { value: 0, pass: false, reason: `of ${example}`, observed: { [meter.id]: [right, named] } },
});

/** What was seen on both sides of each example, as pairs of right and named. */
const runsOf = (seen: readonly (readonly [base: readonly [number, number], head: readonly [number, number]])[]): ScoredRun[] =>
  seen.flatMap(([base, head], example) => [run('base', example, ...base), run('head', example, ...head)]);

const find = (runs: readonly ScoredRun[], examples: number, most: number, originOf?: readonly number[]) => {
  const found = kindsIn(runs, { examples, originOf, meters: [meter] }, most);
  return found && { places: [...found.places], times: [...found.times] };
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

describe('kinds of examples', () => {
  it('are one of each kind, where the same was seen on both sides, whatever else differs', () => {
    expect(find(few, 5, 3)).toEqual({ places: [0, 1, 3], times: [2, 2, 1] });
  });

  it('are found in whatever order the sides come', () => {
    expect(find(few.toReversed(), 5, 3)).toEqual({ places: [0, 1, 3], times: [2, 2, 1] });
  });

  it('are one of each kind and origin', () => {
    expect(find(few, 5, 5, [0, 0, 0, 1, 1])).toEqual({ places: [0, 1, 3, 4], times: [2, 1, 1, 1] });
  });

  it('tell repeats apart, and examples of which less was seen', () => {
    const again = [...few, run('head', 0, 0, 2), run('head', 2, 0, 2), run('base', 1, 1, 2)];
    expect(find([...again, { ...run('head', 4, 0, 0), score: { value: 0, pass: false, reason: '' } }], 5, 5)).toEqual({
      places: [0, 1, 3, 4],
      times: [2, 1, 1, 1],
    });
  });

  it('are none where there are more kinds than are wanted', () => {
    expect(find(few, 5, 2)).toBeUndefined();
    const many = Array.from({ length: 100 }, (_, example) => run('base', example, example, example));
    expect(find(many, 100, 4)).toBeUndefined();
  });
});
