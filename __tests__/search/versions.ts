import { setupFor } from '../../bench/search/ours.ts';
import { World } from '../../bench/search/world.ts';
import { worlds } from '../../bench/search/worlds.ts';
import { INCUMBENT } from '../../src/search/candidate.ts';
import type { SearchEvent } from '../../src/search/events.ts';
import type { SearchSetup } from '../../src/search/setup.ts';
import { fold, initialState, type SearchState } from '../../src/search/state.ts';

const ROWS = 20;
const world = new World(worlds.headroom, 'expected', ROWS);

/** A version that came to so many right answers on so many rows, from the `first` on; the incumbent scores 0.5 on each. */
export interface Version {
  readonly from: readonly number[];
  /** What both parts of a merge come from. */
  readonly base?: number;
  /** Whether a proposer put the two together. */
  readonly byProposer?: boolean;
  readonly first?: number;
  readonly asked?: number;
  readonly right?: number;
  readonly tokens?: number;
}

/** Rows with what other versions on record scored there. */
export function setupWith(history: (row: number) => readonly number[] = () => []): SearchSetup {
  const setup = setupFor(world, 300);
  return { ...setup, rows: setup.rows.map((row, at) => ({ ...row, history: history(at), incumbent: { ...row.incumbent, score: 0.5 } })) };
}

/** Where a search stands in which these versions were made and asked, and all of them taken up. */
export function stateWith(setup: SearchSetup, ...versions: readonly Version[]): SearchState {
  const search = setup.rows.map(({ example }) => example.id);
  const events: SearchEvent[] = [{ kind: 'planned', setup: '', search, confirm: [] }];
  for (const { from, base, byProposer = false, tokens = 10 } of versions) {
    const mate = from.length === 2 && { mate: { other: from[1]!, base: base ?? INCUMBENT } };
    const slot = { operator: mate ? ('merge' as const) : ('reflect' as const), parent: from[0]!, ...mate, attempt: 0 };
    events.push({ kind: 'opened', round: 1, order: search, slots: [slot], cursor: 0 });
    if (byProposer) events.push({ kind: 'proposed', slot: 0, spend: { calls: 1, usd: 0 }, reply: '{}' });
    events.push({ kind: 'admitted', admissions: [{ slot: 0, text: `${events.length}`, tokens, why: '' }] });
  }
  for (const [at, { first = 0, asked = 0, right = 0 }] of versions.entries())
    for (let row = 0; row < asked; row++)
      events.push({
        kind: 'scored',
        candidate: at + 1,
        row: search[first + row]!,
        spend: { calls: 1, usd: 0 },
        outcome: { score: row < right ? 1 : 0, reason: '', answer: '' },
      });
  events.push({ kind: 'closed', accepted: versions.map((_, at) => at + 1) });
  return events.reduce(fold, initialState(setup));
}
