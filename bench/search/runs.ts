import { type Cell, cellName } from './cells.ts';
import type { Journal } from './journal.ts';
import { searchWorld } from './ours.ts';
import { World } from './world.ts';
import { worlds } from './worlds.ts';

/** What one search came to. Gains are exact, over the incumbent. */
export interface Run {
  readonly label: 'verified' | 'promising' | 'none';
  /** Whether the claim is that it scores better; else, that it is shorter and no worse. */
  readonly claimsGain: boolean;
  /** Of what is recommended: a finding's version, or the incumbent. */
  readonly gain: number;
  /** Of the version that it would bet on without having to show anything. */
  readonly guess: number;
  /** As it would be printed. */
  readonly printed: number;
  /** As the server counted them. */
  readonly calls: number;
}

/** The seed of a world that results are reported for; none of them served to choose a constant. */
export const seedOf = (at: number): string => `figures ${at}`;

export function worldOf(cell: Omit<Cell, 'seeds' | 'calls'>, at: number): World {
  return new World(worlds[cell.world], seedOf(at), cell.rows);
}

/** The runs of a cell, as many as there is time for. */
export async function runsOf(cell: Cell, journal: Journal): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (let at = 0; at < cell.seeds; at++) {
    const run = await journal.run(`ours, ${cellName(cell)}, ${at}`, () => runOne(cell, at));
    if (run === undefined) break;
    runs.push(run);
  }
  return runs;
}

async function runOne(cell: Cell, at: number): Promise<Run> {
  const world = worldOf(cell, at);
  const { finding, best, guess, calls } = await searchWorld(world, cell.calls);
  return {
    label: finding.label,
    claimsGain: finding.evidence?.claim === 'better',
    gain: rounded(world.gainOf(best)),
    guess: rounded(world.gainOf(guess)),
    printed: rounded(finding.evidence?.gain ?? 0),
    calls,
  };
}

/** To a thousandth of a point. */
export const rounded = (gain: number): number => Number(gain.toFixed(5));
