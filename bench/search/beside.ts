import { readFileSync } from 'node:fs';
import { type Cell, cellName, pairedCells } from './cells.ts';
import type { Journal } from './journal.ts';
import { oursOverHttp } from './over-http.ts';
import { axGepa, capo, gepa, mipro, type Peer, type PeerRun, peerRuns, promptfoo } from './peers.ts';
import { serveWorlds } from './server.ts';

/** Runs of every optimizer on the same server, by optimizer and cell. */
export type Beside = Readonly<Record<string, Readonly<Record<string, readonly PeerRun[]>>>>;

export interface PeerResults {
  readonly date: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Of the worlds, the proposer and the server. */
  readonly sources: string;
  readonly runs: Beside;
}

const cell = (world: Cell['world'], rows: number, seeds: number): Cell => ({ world, rows, calls: 300, seeds });

/** Worlds of each size in which we are paired with GEPA. */
const PAIRED = 70;

/** Where nothing can be better, and where much can be. */
const shared = (seeds: number): readonly Cell[] => [
  cell('null', 50, seeds),
  cell('null', 100, seeds),
  cell('headroom', 50, seeds),
  cell('headroom', 100, seeds),
];

const plans: readonly (readonly [Peer, readonly Cell[]])[] = [
  [gepa, [...pairedCells.map((one) => ({ ...one, seeds: PAIRED })), cell('null', 50, 40), cell('null', 100, 40)]],
  [axGepa, shared(40)],
  [promptfoo, [cell('null, flaky answers', 50, 15), cell('headroom', 50, 15)]],
  [capo, shared(40)],
  [mipro, shared(40)],
];

export const OURS = 'Prompt Ratchet';

/** Runs every optimizer that is installed, ours among them. */
export async function runBeside(ours: Journal, theirs: Journal): Promise<Pick<PeerResults, 'versions' | 'runs'>> {
  const server = await serveWorlds();
  const runs: Record<string, Record<string, readonly PeerRun[]>> = { [OURS]: {} };
  const versions: Record<string, string> = {};
  const ofOurs = [...shared(40), cell('null, flaky answers', 50, 40)];
  for (const one of ofOurs) runs[OURS]![cellName(one)] = await oursOverHttp(one, server, ours);
  for (const [peer, cells] of plans) {
    const version = peer.version();
    if (version === undefined) {
      console.log(`${peer.name} is not installed: its column is what was measured last.`);
      continue;
    }
    const made: Record<string, readonly PeerRun[]> = {};
    for (const one of cells) made[cellName(one)] = await peerRuns(peer, one, server, theirs);
    if (Object.values(made).every(({ length }) => length === 0)) continue;
    versions[peer.name] = version;
    runs[peer.name] = made;
  }
  await server.close();
  return { versions, runs };
}

/** What was measured last; of an optimizer that was not run now, as well. */
export function withEarlier(now: PeerResults, file: URL): PeerResults {
  const earlier: PeerResults | undefined = readOr(file);
  if (earlier === undefined || earlier.sources !== now.sources) return now;
  return { ...now, versions: { ...earlier.versions, ...now.versions }, runs: { ...earlier.runs, ...now.runs } };
}

export function readOr<T>(file: URL): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
