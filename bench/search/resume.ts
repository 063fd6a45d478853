import type { SearchEvent } from '../../src/search/events.ts';
import { search } from '../../src/search/search.ts';
import type { Cell } from './cells.ts';
import type { Journal } from './journal.ts';
import { Meter, portsFor, setupFor } from './ours.ts';
import { worldOf } from './runs.ts';

export interface Resumed {
  /** Lines after which a search was killed and gone on with. */
  readonly kills: number;
  /** After which it came to another finding, another log or another number of calls. */
  readonly differed: number;
}

/** Worlds whose searches are killed. */
const KILLED: readonly Omit<Cell, 'seeds'>[] = [
  { world: 'headroom', rows: 50, calls: 300 },
  { world: 'headroom', rows: 100, calls: 150 },
  { world: 'null, flaky answers', rows: 50, calls: 150 },
  { world: 'format only', rows: 50, calls: 150 },
  { world: 'two populations', rows: 100, calls: 200 },
  { world: 'long prompt', rows: 50, calls: 150 },
  { world: 'error-prone API', rows: 50, calls: 200 },
];

/** Kills a search after every line of its log, or after every `stride`-th, and goes on. */
export async function killEverywhere(stride: number, journal: Journal): Promise<Resumed | undefined> {
  const all: Resumed[] = [];
  for (const cell of KILLED) {
    const one = await journal.run(`kills, ${JSON.stringify(cell)}, ${stride}`, () => killAfterEach(cell, stride));
    if (one === undefined) return undefined;
    all.push(one);
  }
  return {
    kills: all.reduce((sum, { kills }) => sum + kills, 0),
    differed: all.reduce((sum, { differed }) => sum + differed, 0),
  };
}

async function killAfterEach(cell: Omit<Cell, 'seeds'>, stride: number): Promise<Resumed> {
  const whole = await logged(cell, []);
  let [kills, differed] = [0, 0];
  for (let lines = 0; lines <= whole.log.length; lines += stride) {
    const kept: SearchEvent[] = JSON.parse(JSON.stringify(whole.log.slice(0, lines)));
    const resumed = await logged(cell, kept);
    const paid = kept.reduce((sum, event) => sum + ('spend' in event ? event.spend.calls : 0), 0);
    const same = [whole, { ...resumed, calls: resumed.calls + paid }].map((one) => JSON.stringify(one));
    kills += 1;
    if (same[0] !== same[1]) differed += 1;
  }
  return { kills, differed };
}

async function logged(cell: Omit<Cell, 'seeds'>, earlier: readonly SearchEvent[]) {
  const world = worldOf(cell, 0);
  const log = [...earlier];
  const meter = new Meter();
  const { finding } = await search(
    setupFor(world, cell.calls),
    portsFor(world, meter, (event) => log.push(event)),
    earlier,
  );
  return { finding, log, calls: meter.calls };
}
