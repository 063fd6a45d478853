import fc from 'fast-check';
import type { ModelRequest, Spent } from '../../src/domain/trial.ts';
import { type Amounts, countedAmounts, mostOf } from '../../src/evaluate/bounds.ts';
import { type Fate, openLedger } from '../../src/evaluate/ledger.ts';

const prices = { m: { inputPer1M: 1_000, outputPer1M: 10_000 } };
const request = (maxOutputTokens: number, model = 'm'): ModelRequest => ({ model, params: { maxOutputTokens }, messages: [] });
/** 128 tokens of overhead at $1,000 and 10 of output at $10,000 per million. */
const worst = 0.228;

describe('a ledger', () => {
  it.each<[string, Fate, Spent]>([
    ['nothing for what never left', 'unsent', { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }],
    ['a call for what was refused', 'not-charged', { calls: 1, inputTokens: 0, outputTokens: 0, costUsd: 0 }],
    ['the whole reservation where nobody knows', 'unknown', { calls: 1, inputTokens: 128, outputTokens: 10, costUsd: worst }],
    ['what the server counted', { inputTokens: 5, outputTokens: 2 }, { calls: 1, inputTokens: 5, outputTokens: 2, costUsd: 0.025 }],
  ])('charges %s', async (_, fate, spent) => {
    const ledger = openLedger({}, prices);
    ledger.settle((await ledger.reserve(request(10)))!, fate);
    expect(ledger.spent()).toEqual(spent);
  });

  it('charges an attempt once', async () => {
    const ledger = openLedger({}, prices);
    const reservation = (await ledger.reserve(request(10)))!;
    ledger.settle(reservation, 'unknown');
    ledger.settle(reservation, 'unknown');
    expect(ledger.spent().calls).toBe(1);
  });

  it('comes to the same sum in any order, to the last digit', async () => {
    const usages = [3, 7, 1, 9, 4].map((outputTokens) => ({ inputTokens: 10 * outputTokens + 1, outputTokens }));
    const sums = [usages, usages.toReversed(), usages.toSorted((a, b) => a.inputTokens - b.inputTokens)].map(async (order) => {
      const ledger = openLedger({}, { m: { inputPer1M: 0.1, outputPer1M: 0.7 } });
      for (const usage of order) ledger.settle((await ledger.reserve(request(10)))!, usage);
      return ledger.spent().costUsd;
    });
    expect(new Set(await Promise.all(sums))).toEqual(new Set([0.0000413]));
  });

  it.each([
    ['calls', { calls: 1 }],
    ['inputTokens', { inputTokens: 255 }],
    ['outputTokens', { outputTokens: 19 }],
    ['costUsd', { costUsd: 1.9 * worst }],
  ])('refuses what would pass a cap on %s once nothing is under way that could free it', async (cap, caps) => {
    const ledger = openLedger(caps, prices);
    ledger.settle((await ledger.reserve(request(10)))!, 'unknown');
    expect(await ledger.reserve(request(10))).toBeUndefined();
    expect(ledger.reached()).toEqual({ cap });
  });

  it('waits for an attempt under way before it refuses', async () => {
    const ledger = openLedger({ costUsd: worst * 1.5 }, prices);
    const first = (await ledger.reserve(request(10)))!;
    const second = ledger.reserve(request(10));
    ledger.settle(first, { inputTokens: 1, outputTokens: 1 });
    expect(await second).toMatchObject({ model: 'm', most: { costUsd: expect.closeTo(worst, 12) } });
    expect(ledger.reached()).toBeUndefined();
  });

  it.each([
    ['costUsd', { costUsd: 100 }],
    ['outputTokens', { outputTokens: 1_000 }],
  ])('names a reply beyond the limit sent where %s is capped', async (cap, caps) => {
    const ledger = openLedger(caps, prices);
    ledger.settle((await ledger.reserve(request(10)))!, { inputTokens: 1, outputTokens: 500 });
    expect(ledger.reached()).toEqual({ cap, breach: { model: 'm', amount: 'outputTokens', reserved: 10, used: 500 } });
  });

  it('names a reply that counts more input than its request has bytes', async () => {
    const ledger = openLedger({ inputTokens: 10_000 }, prices);
    ledger.settle((await ledger.reserve(request(10)))!, { inputTokens: 129, outputTokens: 1 });
    expect(ledger.reached()?.breach).toEqual({ model: 'm', amount: 'inputTokens', reserved: 128, used: 129 });
  });

  it('lets a reply be longer where no cap depends on it', async () => {
    const ledger = openLedger({ calls: 10 }, prices);
    ledger.settle((await ledger.reserve(request(10)))!, { inputTokens: 1, outputTokens: 500 });
    expect(ledger.reached()).toBeUndefined();
  });

  it.each([
    ['limit', { model: 'm', params: {}, messages: [] }, 'limit'],
    ['price', request(10, 'n'), 'price'],
  ] as const)('refuses at once what has no %s under a cap in USD', async (_, asked, lacks) => {
    const ledger = openLedger({ costUsd: 100 }, prices);
    await ledger.reserve(request(10));
    expect(await ledger.reserve(asked)).toBeUndefined();
    expect(ledger.reached()).toEqual({ cap: 'costUsd', unbounded: { model: asked.model, lacks } });
  });

  it('does not know the cost where a price is unknown', async () => {
    const ledger = openLedger({}, {});
    ledger.settle((await ledger.reserve(request(10)))!, { inputTokens: 1, outputTokens: 1 });
    expect(ledger.spent()).toEqual({ calls: 1, inputTokens: 1, outputTokens: 1 });
  });

  it('never passes a cap, whatever is asked and however it ends', async () => {
    const fates: readonly ('unsent' | 'not-charged' | 'unknown' | 'answered')[] = ['unsent', 'not-charged', 'unknown', 'answered'];
    const attempt = fc.record({
      limit: fc.integer({ min: 1, max: 200 }),
      fate: fc.constantFrom(...fates),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(attempt, { maxLength: 40 }),
        fc.nat(20),
        fc.double({ min: 0, max: 5, noNaN: true }),
        fc.nat(4_000),
        fc.scheduler(),
        async (attempts, calls, costUsd, tokens, s) => {
          const caps = { calls, costUsd, inputTokens: tokens, outputTokens: tokens };
          const ledger = openLedger(caps, prices);
          const open = new Map<object, Amounts>();
          const check = (): void => {
            for (const name of countedAmounts) {
              const cap = caps[name];
              const reserved = [...open.values()].reduce((sum, most) => sum + most[name]!, 0);
              // The test's own sum of dollars rounds; the ledger's does not.
              expect(ledger.spent()[name]! + reserved).toBeLessThanOrEqual(cap + (name === 'costUsd' ? 1e-12 : 0));
              expect(ledger.spent()[name]).toBeLessThanOrEqual(cap);
            }
          };
          const one = async ({ limit, fate, share }: (typeof attempts)[number]): Promise<void> => {
            const asked = request(limit);
            const reservation = await ledger.reserve(asked);
            if (reservation === undefined) return;
            open.set(reservation, mostOf(asked, prices));
            check();
            await s.schedule(Promise.resolve());
            open.delete(reservation);
            ledger.settle(reservation, fate === 'answered' ? { inputTokens: 16, outputTokens: Math.floor(limit * share) } : fate);
            check();
          };
          const all = Promise.all(attempts.map(one));
          await s.waitFor(all);
        },
      ),
    );
  });
});
