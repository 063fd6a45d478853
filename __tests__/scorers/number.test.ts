import type { Json, JsonObject } from '../../src/domain/json.ts';
import { gather } from '../../src/metrics/gather.ts';
import { metersOf, unscorable } from '../../src/scorers/score.ts';
import { answer, example, scorerOf, spec } from './fixtures.ts';

const scored = (reply: string, expected: Json, options: JsonObject = {}) =>
  scorerOf([spec('number', options)])(answer(reply), example(expected));

describe('number', () => {
  it.each<[string, Json, JsonObject, boolean]>([
    ['42', 42, {}, true],
    ['3 boxes of 14 make 42.', 42, {}, true],
    ['The total is $1,234.50', 1234.5, {}, true],
    ['1.234,50 EUR', 1234.5, { decimal: ',' }, true],
    ['about 2.5 million', 2_500_000, {}, true],
    ['1.2e3', 1200, {}, true],
    ['−7', -7, {}, true],
    ['45 %', 45, {}, true],
    ['45 %', 0.45, { percent: 'fraction' }, true],
    ['41', 42, {}, false],
    ['41', 42, { tolerance: { absolute: 1 } }, true],
    ['40', 42, { tolerance: { relative: 0.05 } }, true],
    ['39', 42, { tolerance: { relative: 0.05 } }, false],
    ['42 of 100', 42, { which: 'first' }, true],
    ['42 of 100', 42, { which: 'only' }, false],
    ['Total: 42 (tax 7)', 42, { which: { after: 'total' } }, true],
    ['1500 g', 1.5, { units: { kg: 1, g: 0.001 } }, true],
    ['1500', 1500, { units: { kg: 1, g: 0.001 } }, true],
    ['1500', 1500, { units: { kg: 1, g: 0.001 }, unitRequired: true }, false],
    ['{"total": 42}', 42, { field: 'total' }, true],
    ['forty-two', 42, {}, false],
    ['1e999', 42, {}, false],
    ['NaN', 42, {}, false],
    ['Infinity', 42, {}, false],
    ['', 0, {}, false],
    ['42', '42', {}, true],
    ['42', '42 kg', { units: { kg: 1 } }, true],
  ])('%j against %j with %j passes: %j', (reply, expected, options, pass) => {
    const score = scored(reply, expected, options);
    expect(score).toMatchObject({ pass, value: pass ? 1 : 0 });
  });

  it.each([
    ['42', { scale: 10 }, 1],
    ['37', { scale: 10 }, 0.5],
    ['0', { scale: 10 }, 0],
    ['-1e9', { scale: 10 }, 0],
    ['21', { scale: { relative: 1 } }, 0.5],
    ['no number', { scale: 10 }, 0],
  ])('%j falls with its error on the scale %j: %d', (reply, options, value) => {
    expect(scored(reply, 42, options).value).toBeCloseTo(value, 12);
  });

  it('says what it read, or why it read nothing', () => {
    expect(scored('it is 41.0 kg', 42, { units: { kg: 1 } }).reason).toBe('expected 42, got 41 ("41.0 kg")');
    expect(scored('none', 42).reason).toBe('holds no number, expected 42: "none"');
    expect(scored('1 or 2', 42, { which: 'only' }).reason).toMatch(
      /does not say which number is meant, expected 42: there is more than one/,
    );
  });

  it('needs a number, and one that a relative scale can be a share of', () => {
    const why = (expected?: Json, options: JsonObject = {}) => unscorable({ scorers: [spec('number', options)] }, example(expected));
    expect(why('seven')).toMatch(/"expected" must be a number/);
    expect(why()).toMatch(/has no "expected"/);
    expect(why(0, { scale: { relative: 0.1 } })).toMatch(/is 0, of which the scale is a share/);
    expect(why(0, { scale: 0.1 })).toBeUndefined();
  });

  it('gives the errors of scikit-learn’s documentation, and leaves unread answers out of them, counted', () => {
    const specs = [spec('number', { tolerance: { absolute: 0.5 } })];
    const grade = scorerOf(specs);
    const rows = [
      [3, '2.5'],
      [-0.5, '0.0'],
      [2, '2'],
      [7, '8'],
      [5, 'who knows'],
    ] as const;
    const runs = rows.map(([truth, reply], index) => ({
      arm: 'head' as const,
      example: index,
      score: grade(answer(reply), example(truth)),
    }));
    const { means, pooled, pool } = gather(runs, 5, metersOf({ scorers: specs }));
    const values = new Map(Array.from(pool(new Uint32Array(5).fill(1)).head!, (value, k) => [pooled[k]!, value]));
    expect(values.get('mae')).toBeCloseTo(0.5, 12);
    expect(values.get('rmse')).toBeCloseTo(Math.sqrt(0.375), 12);
    expect(values.get('r2')).toBeCloseTo(0.9486081370449679, 12);
    expect(values.get('mape')).toBeCloseTo((0.5 / 3 + 1 + 0 + 1 / 7) / 4, 12);
    const mean = (name: string) =>
      Array.from(means.find((metric) => metric.name === name)!.values.head!).reduce((sum, value) => sum + value, 0) / 5;
    expect(mean('withinTolerance')).toBe(0.6);
    expect(mean('numberGiven')).toBe(0.8);
    expect(means.find(({ name }) => name === 'scaledScore')!.values.head).toEqual(new Float64Array(5).fill(Number.NaN));
  });
});
