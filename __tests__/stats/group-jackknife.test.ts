import { groupJackknives } from '../../src/stats/group-jackknife.ts';
import { criticalT } from '../../src/stats/student-t.ts';
import { expectWithin } from './within.ts';

const mean = (values: readonly number[]) => (counts: Uint32Array) => {
  const n = counts.reduce((sum, count) => sum + count, 0);
  return values.reduce((sum, value, i) => sum + counts[i]! * value, 0) / n;
};

/** Reference section 6 of the statistics, the data of R's `boot`. */
const sixteen = [10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213];
const alone = { groupOf: sixteen.map((_, i) => i), groups: 16 };

describe('the jackknife over groups', () => {
  it('is the t interval for a mean, each example a group of its own', () => {
    const [interval] = groupJackknives((counts) => [mean(sixteen)(counts)], 1, alone, 0.05);
    const center = sixteen.reduce((sum, value) => sum + value, 0) / 16;
    const standardError = Math.sqrt(sixteen.reduce((sum, value) => sum + (value - center) ** 2, 0) / (15 * 16));
    expectWithin(1e-9, interval!.estimate, center);
    expectWithin(1e-9, interval!.upper - center, criticalT(0.05, 15) * standardError);
    expectWithin(1e-9, center - interval!.lower, criticalT(0.05, 15) * standardError);
  });

  it('leaves whole groups out: copies of one example narrow nothing', () => {
    const copies = sixteen.flatMap((value) => [value, value, value]);
    const groupOf = copies.map((_, i) => Math.floor(i / 3));
    const [once] = groupJackknives((counts) => [mean(sixteen)(counts)], 1, alone, 0.05);
    const [thrice] = groupJackknives((counts) => [mean(copies)(counts)], 1, { groupOf, groups: 16 }, 0.05);
    expectWithin(1e-9, thrice!.lower, once!.lower);
    expectWithin(1e-9, thrice!.upper, once!.upper);
  });

  it('is not there for a metric that has no value without one of the groups, and stands for the others', () => {
    const onlyWithFirst = (counts: Uint32Array) => [counts[0] === 0 ? Number.NaN : 1, mean(sixteen)(counts)];
    const [missing, there] = groupJackknives(onlyWithFirst, 2, alone, 0.05);
    expect([missing, there === undefined]).toEqual([undefined, false]);
    expect(() => groupJackknives(onlyWithFirst, 2, { ...alone, groups: 1 }, 0.05)).toThrow(/two groups/);
  });
});
