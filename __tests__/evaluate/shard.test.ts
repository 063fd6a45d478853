import fc from 'fast-check';
import type { Caps } from '../../src/domain/policy.ts';
import { capsOfShard, shardOf } from '../../src/evaluate/shard.ts';

describe('the shard of an example', () => {
  it('is one of them, and depends on its id and their number alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 256 }), (id, count) => {
        const shard = shardOf(id, count);
        expect(shard).toBeGreaterThanOrEqual(1);
        expect(shard).toBeLessThanOrEqual(count);
        expect(shardOf(id, count)).toBe(shard);
      }),
    );
  });

  it('is what it was: caches of shards are found by it', () => {
    expect(['q0', 'q1', 'q2', 'q3', 'T-001', 'é'].map((id) => shardOf(id, 4))).toEqual([4, 4, 1, 2, 4, 4]);
  });

  // The chi-squared statistic of even shares exceeds these at 1 in 100,000: 25.9 with 3 degrees of freedom, 51.0 with 15.
  it.each([
    [4, 25.9],
    [16, 51.0],
  ])('of %i takes an even share, numbered ids or not', (count, limit) => {
    for (const idOf of [(nth: number) => `q${nth}`, (nth: number) => String(1_000_000 + 16 * nth)]) {
      const sizes = Array.from({ length: count }, () => 0);
      for (let nth = 0; nth < 8_000; nth++) sizes[shardOf(idOf(nth), count) - 1]! += 1;
      const even = 8_000 / count;
      expect(sizes.reduce((sum, size) => sum + (size - even) ** 2 / even, 0)).toBeLessThan(limit);
    }
  });
});

const amounts = fc.record({
  calls: fc.nat(10_000),
  inputTokens: fc.nat(1e9),
  outputTokens: fc.nat(1e9),
  costUsd: fc.double({ min: 0, max: 1_000, noNaN: true }),
});

describe('a shard’s part of a cap', () => {
  const parts = (caps: Caps, most: Parameters<typeof capsOfShard>[2]) =>
    most.map((_, nth) => capsOfShard(caps, { index: nth + 1, count: most.length }, most));

  it('is never negative, and all parts sum to the cap, to the last call, token and millionth of a millionth of a dollar', () => {
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 1, maxLength: 16 }), amounts, (most, caps) => {
        const all = parts(caps, most);
        const sum = (read: (own: (typeof all)[number]) => number | undefined) => all.reduce((total, own) => total + BigInt(read(own)!), 0n);
        expect(sum(({ calls }) => calls)).toBe(BigInt(caps.calls));
        expect(sum(({ inputTokens }) => inputTokens)).toBe(BigInt(caps.inputTokens));
        expect(sum(({ costUsd }) => Math.round(costUsd! * 1e12))).toBe(BigInt(Math.round(caps.costUsd * 1e12)));
        for (const own of all) expect(Math.min(...Object.values(own))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is enough for each where the cap is enough for all', () => {
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 1, maxLength: 16 }), fc.nat(1_000), (most, more) => {
        const calls = most.reduce((sum, own) => sum + own.calls, more);
        for (const [nth, own] of parts({ calls }, most).entries()) expect(own.calls).toBeGreaterThanOrEqual(most[nth]!.calls);
      }),
    );
  });

  it.each([
    ['in proportion to what each takes', { calls: 100 }, [30, 10, 10], [60, 20, 20]],
    ['with the remainder where it falls', { calls: 10 }, [1, 1, 1], [3, 3, 4]],
    ['equal where none takes anything', { calls: 10 }, [0, 0], [5, 5]],
  ])('is %s', (_, caps, calls, expected) => {
    const most = calls.map((own) => ({ calls: own, inputTokens: 0 }));
    expect(parts(caps, most).map((own) => own.calls)).toEqual(expected);
  });

  it('is equal where nobody knows what a shard takes', () => {
    expect(
      parts({ costUsd: 3 }, [
        { calls: 1, inputTokens: 1 },
        { calls: 2, inputTokens: 1, costUsd: 1 },
      ]),
    ).toEqual([{ costUsd: 1.5 }, { costUsd: 1.5 }]);
  });

  it('leaves minutes and caps on single trials as they are', () => {
    const caps = { minutes: 30, outputTokensPerTrial: 512, calls: 4 };
    expect(
      capsOfShard(caps, { index: 1, count: 2 }, [
        { calls: 1, inputTokens: 1 },
        { calls: 1, inputTokens: 1 },
      ]),
    ).toEqual({ ...caps, calls: 2 });
  });
});
