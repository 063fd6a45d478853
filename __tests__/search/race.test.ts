import fc from 'fast-check';
import { informativeOrder } from '../../src/search/order.ts';
import { barriers, betterHalf, firstSlice, isFutile, type Standing } from '../../src/search/race.ts';
import { randomStream } from '../../src/stats/random.ts';

const standing = (id: number, gain: number, tokens = 10, lead = gain): Standing => ({ id, gain, lead, tokens });

describe('a race', () => {
  it('decides after 6 to 8 rows, then after twice as many each time, then after all', () => {
    expect([4, 20, 40, 100].map(barriers)).toEqual([[4], [6, 12, 20], [8, 16, 32, 40], [8, 16, 32, 64, 100]]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), (rows) => {
        const at = barriers(rows);
        expect(at[0]).toBe(firstSlice(rows));
        expect(at.at(-1)).toBe(rows);
        expect(at.every((reach, index) => index === 0 || reach > at[index - 1]!)).toBe(true);
      }),
    );
  });

  it('goes on with the better half, of equals with the shorter one', () => {
    const kept = betterHalf([standing(1, 0.1), standing(2, 0.3), standing(3, 0.1, 8), standing(4, -0.2), standing(5, 0)]);
    expect(kept.map(({ id }) => id)).toEqual([2, 3, 1]);
    expect(betterHalf([standing(1, -0.5)])).toHaveLength(1);
  });

  it('is futile once nobody is level with what it was made from', () => {
    expect(isFutile([standing(1, 0.2, 10, -0.01), standing(2, -0.1)])).toBe(true);
    expect(isFutile([standing(1, -0.2, 10, 0), standing(2, -0.1)])).toBe(false);
  });
});

describe('the order of rows', () => {
  const order = (rows: Parameters<typeof informativeOrder>[0], name = 'x') => informativeOrder(rows, randomStream('order', name));
  const row = (id: string, incumbent: number, ...scores: number[]) => ({ id, incumbent, scores });

  it('begins with rows that about half of the versions on record pass', () => {
    const rows = [row('all', 1, 1, 1, 1), row('half', 1, 0, 1, 0), row('few', 0, 0, 0, 1), row('none', 0, 0, 0, 0)];
    expect(order(rows).slice(0, 2)).toEqual(['half', 'few']);
  });

  it('prefers a row that nobody knows to one that everybody passes', () => {
    expect(order([row('dull', 1, 1, 1), row('unknown', 1)])).toEqual(['unknown', 'dull']);
  });

  it('takes failures and passes in turn where nothing is on record', () => {
    const rows = Array.from({ length: 20 }, (_, at) => row(`${at}`, at < 8 ? 0 : 1));
    const fails = order(rows).map((id) => Number(id) < 8);
    expect(fails.slice(0, 16)).toEqual(Array.from({ length: 16 }, (_, at) => at % 2 === 0));
  });

  it('holds every row once, in an order that the stream decides and nothing else', () => {
    const known = fc.array(fc.record({ incumbent: fc.constantFrom(0, 1), scores: fc.array(fc.constantFrom(0, 1), { maxLength: 4 }) }));
    fc.assert(
      fc.property(known, (some) => {
        const rows = some.map((one, at) => ({ id: `${at}`, ...one }));
        expect(order(rows).toSorted()).toEqual(rows.map(({ id }) => id).sort());
        expect(order(rows)).toEqual(order(rows));
      }),
    );
  });
});
