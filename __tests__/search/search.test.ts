import fc from 'fast-check';
import { Meter, portsFor, setupFor } from '../../bench/search/ours.ts';
import { World } from '../../bench/search/world.ts';
import { type WorldName, worldNames, worlds } from '../../bench/search/worlds.ts';
import type { SearchEvent } from '../../src/search/events.ts';
import { type SearchPorts, search } from '../../src/search/search.ts';
import type { SearchSetup } from '../../src/search/setup.ts';
import type { Budget } from '../../src/search/spend.ts';

const cases = fc.record({
  name: fc.constantFrom(...worldNames),
  seed: fc.nat(1_000).map(String),
  rows: fc.integer({ min: 1, max: 120 }),
  calls: fc.integer({ min: 0, max: 320 }),
});

function worldOf({ name, seed, rows }: { name: WorldName; seed: string; rows: number }): World {
  return new World(worlds[name], seed, rows);
}

/** A search with its log and what its server counted. */
async function logged(world: World, setup: SearchSetup, earlier: readonly SearchEvent[] = [], wrap = (ports: SearchPorts) => ports) {
  const log = [...earlier];
  const counted = new Meter();
  const searched = await search(setup, wrap(portsFor(world, counted, (event) => log.push(event))), earlier);
  return { ...searched, log, calls: counted.calls };
}

describe('a search', () => {
  it('never passes its cap, retries and proposals included, and knows what it has spent', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.double({ min: 0, max: 0.6, noNaN: true }), async (given, failures) => {
        const world = new World({ ...worlds[given.name], failures }, given.seed, given.rows);
        const { calls, state } = await logged(world, setupFor(world, given.calls));
        expect(calls).toBeLessThanOrEqual(given.calls);
        expect(state.spent.calls).toBe(calls);
      }),
      { numRuns: 60 },
    );
  });

  it('never passes a cap in dollars', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.integer({ min: 0, max: 200 }), async (given, cents) => {
        const world = worldOf(given);
        const costs = { trial: { calls: 1, usd: 0.01 }, proposal: { calls: 1, usd: 0.03 } };
        const setup = setupFor(world, given.calls, { budget: { calls: given.calls, usd: cents / 100 }, costs });
        // Who asks keeps to both allowances, and attempts again only as far as they go.
        const paid = ({ calls, usd }: Budget): Budget => ({ calls: Math.min(calls, Math.floor(usd! / 0.01 + 1e-9)) });
        const priced = (ports: SearchPorts): SearchPorts => ({
          ...ports,
          evaluate: (trials, allowance, settled) =>
            ports.evaluate(trials, paid(allowance), (at, { calls }, outcome) => settled(at, { calls, usd: 0.01 * calls }, outcome)),
          propose: (requests, allowance, settled) =>
            ports.propose(requests, allowance, (at, { calls }, reply) => settled(at, { calls, usd: 0.03 * calls }, reply)),
        });
        const { state } = await logged(world, setup, [], priced);
        expect(state.spent.usd).toBeLessThanOrEqual(cents / 100 + 1e-9);
      }),
      { numRuns: 60, examples: [[{ name: 'error-prone API', seed: '451', rows: 118, calls: 153 }, 164]] },
    );
  });

  it('killed after any line of its log, comes to the same finding and the same log', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.double({ min: 0, max: 1, noNaN: true }), async (given, share) => {
        const world = worldOf(given);
        const whole = await logged(world, setupFor(world, given.calls));
        const kept = JSON.parse(JSON.stringify(whole.log.slice(0, Math.floor(share * (whole.log.length + 1)))));
        const resumed = await logged(world, setupFor(world, given.calls), kept);
        expect(resumed.finding).toEqual(whole.finding);
        expect(resumed.log).toEqual(whole.log);
        expect(resumed.calls + spentIn(kept)).toBe(whole.calls);
      }),
      { numRuns: 40 },
    );
  });

  it('killed after each single line, comes to the same finding', async () => {
    const world = new World(worlds.headroom, 'every line', 40);
    const whole = await logged(world, setupFor(world, 120));
    expect(whole.finding.label).not.toBe('none');
    for (let lines = 0; lines <= whole.log.length; lines++) {
      const resumed = await logged(world, setupFor(world, 120), whole.log.slice(0, lines));
      expect(resumed.log).toEqual(whole.log);
      expect(resumed.finding).toEqual(whole.finding);
    }
  });

  it('comes to the same finding in whatever order answers arrive and rows are given', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.infiniteStream(fc.nat()), async (given, keys) => {
        const world = worldOf(given);
        const setup = setupFor(world, given.calls);
        const mixed = <T>(some: readonly T[]): T[] => {
          const key = new Map(some.map((one) => [one, keys.next().value]));
          return some.toSorted((one, other) => key.get(one)! - key.get(other)!);
        };
        const late = (ports: SearchPorts): SearchPorts => ({
          record: (event) => ports.record(event),
          evaluate: async (trials, allowance, settled) => {
            const outcomes: Parameters<typeof settled>[] = [];
            await ports.evaluate(trials, allowance, (...outcome) => outcomes.push(outcome));
            for (const outcome of mixed(outcomes)) settled(...outcome);
          },
          propose: async (requests, allowance, settled) => {
            const replies: Parameters<typeof settled>[] = [];
            await ports.propose(requests, allowance, (...reply) => replies.push(reply));
            for (const reply of mixed(replies)) settled(...reply);
          },
        });
        const plain = await logged(world, setup);
        const jumbled = await logged(world, { ...setup, rows: mixed(setup.rows) }, [], late);
        expect(jumbled.finding).toEqual(plain.finding);
        expect(jumbled.state.candidates).toEqual(plain.state.candidates);
      }),
      { numRuns: 25 },
    );
  });

  it('refuses the log of another search', async () => {
    const world = new World(worlds.headroom, 'one', 40);
    const { log } = await logged(world, setupFor(world, 120));
    const other = new World(worlds.headroom, 'other', 40);
    await expect(logged(other, setupFor(other, 120), log)).rejects.toThrow(RangeError);
    await expect(logged(world, setupFor(world, 121), log)).rejects.toThrow('another search');
  });

  it('asks the confirm rows once, about one version, after everything else', async () => {
    const world = new World(worlds.headroom, 'touch', 100);
    const { log } = await logged(world, setupFor(world, 300));
    const planned = log.find((event) => event.kind === 'planned')!;
    const confirm = new Set(planned.confirm);
    const asked = log.flatMap((event) => (event.kind === 'scored' && confirm.has(event.row) ? [event] : []));
    expect(new Set(asked.map(({ candidate }) => candidate)).size).toBe(1);
    expect(asked.map(({ row }) => row).sort()).toEqual([...confirm].sort());
    expect(log.slice(log.findIndex((event) => event.kind === 'chosen') + 1)).toEqual(asked);
    const shown = log.filter((event) => event.kind === 'proposed').length;
    expect(shown).toBeGreaterThan(0);
  });

  it('shows the proposer nothing of a confirm row', async () => {
    const world = new World(worlds.headroom, 'leak', 60);
    const texts: string[] = [];
    const listening = (ports: SearchPorts): SearchPorts => ({
      ...ports,
      propose: (requests, allowance, settled) => {
        texts.push(...requests.flatMap(({ messages }) => messages.map(({ content }) => content)));
        return ports.propose(requests, allowance, settled);
      },
    });
    const { state } = await logged(world, setupFor(world, 300), [], listening);
    const said = texts.join('\n');
    expect(state.planned!.search.some((row) => said.includes(`${row} `))).toBe(true);
    expect(state.planned!.confirm.filter((row) => said.includes(`Request ${row} `))).toEqual([]);
  });

  it('cut off by a cancelled run, says so and claims no more than a suggestion', async () => {
    const world = new World(worlds['format only'], 'cancelled', 100);
    let answers = 0;
    const cancelled = (ports: SearchPorts): SearchPorts => ({
      ...ports,
      evaluate: (trials, allowance, settled) =>
        ports.evaluate(trials, allowance, (...outcome) => {
          answers += 1;
          if (answers <= most) settled(...outcome);
        }),
    });
    let most = 1_000;
    const whole = await logged(world, setupFor(world, 200));
    expect(whole.finding.label).toBe('verified');
    most = whole.log.filter(({ kind }) => kind === 'scored').length - 5;
    answers = 0;
    const { finding } = await logged(world, setupFor(world, 200), [], cancelled);
    expect(finding.label).toBe('promising');
    expect(finding.because[0]).toEqual({ rule: 'interrupted' });
    most = 3;
    answers = 0;
    expect((await logged(world, setupFor(world, 200), [], cancelled)).finding).toEqual({
      label: 'none',
      because: [{ rule: 'interrupted' }],
    });
  });
});

function spentIn(log: readonly SearchEvent[]): number {
  return log.reduce((sum, event) => sum + ('spend' in event ? event.spend.calls : 0), 0);
}

describe('a search ends', () => {
  const endOf = async (name: WorldName, rows: number, calls: number, more: Partial<SearchSetup> = {}) => {
    const world = new World(worlds[name], 'ends', rows);
    const { state, finding } = await logged(world, setupFor(world, calls, more));
    return { stopped: state.stopped?.rule, finding, state };
  };

  it('when only the confirmation can still be paid for', async () => {
    const { stopped, state } = await endOf('headroom', 100, 200);
    expect(stopped).toBe('reserve-left');
    expect(state.spent.calls).toBeLessThanOrEqual(200);
  });

  it('after three rounds that found nothing better', async () => {
    const { stopped, state } = await endOf('harmful', 100, 2_000);
    expect(stopped).toBe('dry');
    expect(state.dry).toBe(3);
  });

  it('when a version reaches the score that was asked for', async () => {
    expect((await endOf('format only', 60, 300, { threshold: 0.65 })).stopped).toBe('threshold-reached');
  });

  it('when no operator has anything to offer', async () => {
    const { stopped, state } = await endOf('headroom', 60, 300, { operators: ['format-line', 'label-definitions'] });
    expect(stopped).toBe('nothing-to-try');
    expect(state.spent.calls).toBe(0);
  });

  it('when operators that need a proposer have none', async () => {
    const world = new World(worlds.headroom, 'ends', 60);
    const { proposer: _, ...setup } = setupFor(world, 300);
    expect((await logged(world, setup)).state.stopped?.rule).toBe('nothing-to-try');
  });

  it('when the provider is gone, without taking its silence for a bad score', async () => {
    const world = new World({ ...worlds.headroom, failures: 1 }, 'gone', 100);
    const { finding, state, calls } = await logged(world, setupFor(world, 500));
    expect(finding).toMatchObject({ label: 'none', stopped: { rule: 'provider' } });
    expect(state.front).toEqual([0]);
    expect(calls).toBeLessThan(100);
  });
});
