import { type Drawn, drawnDifferences, meanDifference, type Resampled } from '../../src/gate/metric.ts';

const ALPHA = 0.05;

/** The root of the mean squared error: no mean over examples. */
const rmse = (errors: readonly number[]) => (counts: ArrayLike<number>) => {
  const n = Array.from(counts).reduce((sum, count) => sum + count, 0);
  return Math.sqrt(errors.reduce((sum, error, i) => sum + counts[i]! * error ** 2, 0) / n);
};

const errors = (of: (i: number) => number) => Array.from({ length: 80 }, (_, i) => of(i));
type Metric = (counts: ArrayLike<number>) => number;
const drawn = (base: Metric, head: Metric): Drawn => ({
  pooled: ['rmse'],
  pool: (counts) => ({ base: [base(counts)], head: [head(counts)] }),
});
const both = drawn(rmse(errors((i) => (i % 5) / 5)), rmse(errors((i) => (i % 5) / 5 + 0.2)));
const alone = { examples: 80 };

describe('the difference of a metric that is no mean', () => {
  it('is the metric of head less that of base, inside its interval', () => {
    const { estimate, lower, upper, level } = drawnDifferences(both, alone, ALPHA, 'seed').get('rmse')!;
    // Errors 0, .2, .4, .6, .8 come to √.24 = .4898979; with .2 more each to √.44 = .6633250.
    expect(estimate).toBeCloseTo(0.663325 - 0.4898979, 6);
    expect([lower < estimate, upper > estimate, level]).toEqual([true, true, 0.9]);
  });

  it('has the same interval for the same seed, and another for another', () => {
    const of = (seed: string) => drawnDifferences(both, alone, ALPHA, seed);
    expect(of('one')).toEqual(of('one'));
    expect(of('one')).not.toEqual(of('two'));
  });

  it('draws whole clusters: copies of one example narrow nothing', () => {
    const unlike = drawn(rmse(errors(() => 0.5)), rmse(errors((i) => (i % 4) / 4)));
    const width = (of: Resampled) => {
      const { lower, upper } = drawnDifferences(unlike, of, ALPHA, 'seed').get('rmse')!;
      return upper - lower;
    };
    const inFour = { ...alone, clusterOf: errors((i) => i % 4) };
    expect(width(inFour)).toBeGreaterThan(2 * width(alone));
  });

  it('does not exist where the metric has no value', () => {
    expect(
      drawnDifferences(
        drawn(
          () => Number.NaN,
          () => 1,
        ),
        alone,
        ALPHA,
        'seed',
      ),
    ).toEqual(new Map());
    expect(drawnDifferences({ pooled: ['rmse'], pool: () => ({ head: [1] }) }, alone, ALPHA, 'seed')).toEqual(new Map());
    expect(drawnDifferences(both, { examples: 0 }, ALPHA, 'seed')).toEqual(new Map());
  });
});

describe('the difference of a metric that is a mean', () => {
  const pairs = errors(() => 0).map((_, i) => ({ exampleId: `e${i}`, base: 0, head: 0, tags: [] }));
  const mean = (base: (i: number) => number, head: (i: number) => number) => ({
    name: 'metric',
    values: { base: Float64Array.from(errors(base)), head: Float64Array.from(errors(head)) },
  });

  it('has the interval that suits its values, in its own unit', () => {
    const passes = mean(
      () => 1,
      (i) => (i % 4 === 0 ? 0 : 1),
    );
    const { estimate, lower, upper, method } = meanDifference(passes, [0, 1], pairs, ALPHA)!;
    expect({ estimate, method }).toEqual({ estimate: -0.25, method: 'tango' });
    const wider = meanDifference(passes, [-1, 3], pairs, ALPHA)!;
    expect(wider).toMatchObject({ estimate: -0.25, method: 'paired-t' });
    expect([lower, upper, wider.lower, wider.upper].every((end) => end > -0.4 && end < -0.1)).toBe(true);
  });

  it('has to be drawn where an example has no value, or the range no end', () => {
    const some = mean(
      () => 1,
      (i) => (i === 3 ? Number.NaN : 1),
    );
    expect(meanDifference(some, [0, 1], pairs, ALPHA)).toBeUndefined();
    expect(
      meanDifference(
        mean(
          () => 1,
          () => 0,
        ),
        [0, Number.POSITIVE_INFINITY],
        pairs,
        ALPHA,
      ),
    ).toBeUndefined();
  });
});
