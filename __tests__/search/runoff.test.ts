import { Meter, portsFor, setupFor } from '../../bench/search/ours.ts';
import { World } from '../../bench/search/world.ts';
import { type WorldName, worlds } from '../../bench/search/worlds.ts';
import type { SearchEvent } from '../../src/search/events.ts';
import { runoffBarriers } from '../../src/search/runoff.ts';
import { search } from '../../src/search/search.ts';

async function logOf(name: WorldName, rows: number, calls: number, threshold?: number, failures = 0): Promise<readonly SearchEvent[]> {
  const world = new World({ ...worlds[name], failures }, 'runoff', rows);
  const log: SearchEvent[] = [];
  const setup = setupFor(world, calls, threshold === undefined ? {} : { threshold });
  await search(
    setup,
    portsFor(world, new Meter(), (event) => log.push(event)),
  );
  return log;
}

describe('the last race of a search', () => {
  it('goes on where other races end, over twice as many rows each time', () => {
    expect([8, 20, 24, 40, 100].map(runoffBarriers)).toEqual([[8], [20], [24], [24, 40], [24, 48, 96, 100]]);
  });

  it('takes the best versions over the rows that the races passed over, with what is left once no further round makes sense', async () => {
    const log = await logOf('headroom', 100, 600, 0.62);
    const stop = log.findIndex(({ kind }) => kind === 'stopped');
    const { search: rows } = log.find((event) => event.kind === 'planned')!;
    const last = log.slice(stop).find((event) => event.kind === 'opened')!;
    const [first, ...later] = log.slice(stop).filter((event) => event.kind === 'cut');
    expect(last.slots).toEqual([]);
    expect([...last.order].sort()).toEqual([...rows].sort());
    expect(first!.kept.length).toBeGreaterThan(1);
    expect(first!.kept.length).toBeLessThanOrEqual(8);
    for (const [at, { kept }] of later.entries()) expect(kept.length).toBe(Math.ceil(0.6 * [first!, ...later][at]!.kept.length));
    expect(log.slice(stop).findIndex(({ kind }) => kind === 'closed')).toBeLessThan(
      log.slice(stop).findIndex(({ kind }) => kind === 'chosen'),
    );
  });

  it('is left out where the provider is gone', async () => {
    const log = await logOf('headroom', 100, 500, undefined, 1);
    const stop = log.findIndex((event) => event.kind === 'stopped' && event.because.rule === 'provider');
    expect(log.slice(stop + 1).map(({ kind }) => kind)).toEqual(['chosen']);
  });
});
