import { metricNamed, metricTable } from '../../src/metrics/table.ts';
import { weightedMean } from '../../src/metrics/weights.ts';

describe('the table of metrics', () => {
  it('names each metric once, in one sentence, with a range that holds something', () => {
    expect(new Set(metricTable.map(({ name }) => name)).size).toBe(metricTable.length);
    for (const { name, summary, range } of metricTable) {
      expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
      expect(summary).toMatch(/^\S.*[^.]\.$/);
      expect(range[0]).toBeLessThan(range[1]);
    }
  });

  it('gates only on what is a mean over examples, and has no interval for what no other run repeats', () => {
    const pooledIn = (family: string) => (family === 'run' ? 'none' : 'paired-bootstrap');
    for (const { name, family, aggregation, interval } of metricTable)
      expect({ name, interval }).toEqual({ name, interval: aggregation === 'mean' ? 'per-example' : pooledIn(family) });
  });

  it('finds a metric by its name, and by no other', () => {
    expect(metricNamed('brier')).toMatchObject({ direction: 'lower', range: [0, 1], family: 'calibration' });
    for (const none of ['', 'Brier', 'constructor', '__proto__']) expect(metricNamed(none)).toBeUndefined();
  });
});

describe('a weighted mean', () => {
  it('counts each value as often as it weighs', () => {
    expect(weightedMean([1, 2, 4])).toBeCloseTo(7 / 3, 12);
    expect(weightedMean([1, 2, 4], [0, 2, 2])).toBe(3);
    expect(weightedMean([], [])).toBeNaN();
    expect(weightedMean([1], [0])).toBeNaN();
    expect(() => weightedMean([Number.NaN], [0])).toThrow(RangeError);
  });
});
