import { amountOf } from '../../src/report/budget.ts';
import { counted, duration, percent, points, range, rate, score, signed, usd, width } from '../../src/report/numbers.ts';

describe('Figures for readers', () => {
  it.each([
    ['a fraction as percent', percent(0.8204), '82.0 %'],
    ['all', percent(1), '100.0 %'],
    ['a rate without needless decimals', rate(0.9), '90 %'],
    ['a rate with those it has', rate(0.975), '97.5 %'],
    ['a rate with rounding noise', rate(1 - 2 * 0.05), '90 %'],
    ['a drop, with a real minus sign', points(-0.11), '−11.0 pp'],
    ['a gain', points(0.0442), '+4.4 pp'],
    ['no change', points(0), '0.0 pp'],
    ['a drop too small to see, still as a drop', signed(-0.0001), '−0.0'],
    ['a gain too small to see, still as a gain', signed(0.0001), '+0.0'],
    ['a tolerated drop, without a sign', width(0.05), '5.0 pp'],
    ['an interval', range({ lower: -0.182, upper: -0.041 }), '−18.2 … −4.1'],
    ['one thing', counted(1, 'example'), '1 example'],
    ['none', counted(0, 'example'), '0 examples'],
    ['many things', counted(1234567, 'call'), '1,234,567 calls'],
    ['a whole score', score(1), '1'],
    ['a mean of scores', score(1 / 3), '0.333'],
    ['dollars', usd(12.4), '12.40 USD'],
    ['a part of a cent', usd(0.0042), '0.0042 USD'],
    ['nothing spent', usd(0), '0.00 USD'],
    ['milliseconds', duration(849.6), '850 ms'],
    ['seconds', duration(41_300), '41.3 s'],
    ['minutes', duration(725_000), '12 min 5 s'],
    ['a cap of minutes', amountOf('minutes', 30), '30 min'],
    ['what would be needed, upwards', amountOf('minutes', 12.1), '13 min'],
    ['a few minutes', amountOf('minutes', 2.25), '2.3 min'],
    ['a part of a minute, never as none', amountOf('minutes', 0.001), '0.001 min'],
    ['just under a minute', duration(59_999), '60.0 s'],
  ])('show %s', (_, shown, expected) => {
    expect(shown).toBe(expected);
  });
});
