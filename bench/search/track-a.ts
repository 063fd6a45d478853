import { randomStream } from '../../src/stats/random.ts';
import { recordedMatrices } from '../gate/real.ts';
import type { Journal } from './journal.ts';
import { type Regime, type Replayed, replayRecorded } from './recorded.ts';

export interface RecordedCell {
  readonly regime: Regime;
  readonly candidates: number;
  readonly rows: number;
  readonly runs: readonly Replayed[];
}

const REGIMES: readonly Regime[] = ['weak', 'strong'];
const ROWS = 150;

/** Searches among real prompts; empty where they are not at hand. */
export async function recordedCells(draws: number, journal: Journal): Promise<readonly RecordedCell[]> {
  if (recordedMatrices() === undefined) {
    console.log('No recorded outcomes at ../shared/outcomes/prompt-matrices.json: the part on real prompts is left out.');
    return [];
  }
  const cells: RecordedCell[] = [];
  for (const regime of REGIMES) {
    for (const candidates of [8, 16]) {
      const runs: Replayed[] = [];
      for (let at = 0; at < draws; at++) {
        const name = `recorded, ${regime}, ${candidates}, ${ROWS}, ${at}`;
        const run = await journal.run(name, () => replayRecorded(regime, candidates, ROWS, randomStream('figures', name), name));
        if (run === undefined) break;
        runs.push(run);
      }
      cells.push({ regime, candidates, rows: ROWS, runs });
    }
  }
  return cells;
}
