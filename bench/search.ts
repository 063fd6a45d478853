// Measures the search where the truth is known: `npm run bench:search`; with `-- --quick` a thinned look that checks and writes nothing, with
// `-- --python` beside GEPA, CAPO and MIPROv2 as well, with `-- --minutes 3` for so long: the next run goes on from there.
import { readFileSync, writeFileSync } from 'node:fs';
import { type PeerResults, readOr, runBeside, withEarlier } from './search/beside.ts';
import { cells } from './search/cells.ts';
import { digestOf, Journal } from './search/journal.ts';
import { gepa, installPython } from './search/peers.ts';
import { killEverywhere } from './search/resume.ts';
import { runsOf } from './search/runs.ts';
import { tablesOf } from './search/tables.ts';
import { type Measured, type Target, targetsOf } from './search/targets.ts';
import { recordedCells } from './search/track-a.ts';
import { searchTables } from './search-tables.mjs';

const FILE = new URL('results/search.json', import.meta.url);
const PEERS = new URL('results/search-peers.json', import.meta.url);

const isQuick = process.argv.includes('--quick');
const minutesAt = process.argv.indexOf('--minutes');
const minutes = minutesAt === -1 ? Number.POSITIVE_INFINITY : Number(process.argv[minutesAt + 1]);
const full = { seeds: 1, draws: 300, stride: 1 };
const quick = { seeds: 0.05, draws: 15, stride: 40 };
const size = isQuick ? quick : full;

const worldSources = ['chance', 'world', 'worlds', 'proposer', 'replies', 'server'].map((name) => `bench/search/${name}.ts`);
const sources = digestOf('src/search', 'src/stats', ...worldSources, 'bench/search/ours.ts', 'bench/search/recorded.ts');
const peerSources = digestOf(...worldSources);
const ours = new Journal(`ours-${sources}${isQuick ? '-quick' : ''}`, minutes);

// What many promises rest on comes before the worlds, of which there are more than a short look has time for.
const measured: Measured = {
  recorded: await recordedCells(size.draws, ours),
  ...(await withResumed()),
  cells: await inTurn(cells(size.seeds), async (cell) => ({ cell, runs: await runsOf(cell, ours) })),
  gepa: {},
};
const peers = isQuick ? readOr<PeerResults>(PEERS) : await besidePeers();
const targets = targetsOf({ ...measured, gepa: peers?.sources === peerSources ? (peers.runs[gepa.name] ?? {}) : {} });

const results = {
  date: new Date().toISOString().slice(0, 10),
  seeds: 'figures 0, figures 1, …; constants were chosen on others',
  versions: { 'prompt-ratchet': versionOf('../package.json'), node: process.versions.node, ...peers?.versions },
  sources,
  targets,
  tables: tablesOf(measured, peers?.runs ?? {}),
};
console.log(searchTables(results));
if (ours.isLate) console.log('Time is up; run it again to go on from here.');
if (!isQuick) writeFileSync(FILE, `${JSON.stringify(results, null, 1)}\n`);
const missed = targets.filter(({ met }) => !met);
for (const { name, measure, target, value } of missed) console.error(`${name}: ${measure}: ${value}, promised ${target}`);
if (missed.some((target) => !isQuick || isBeyondChance(target))) process.exitCode = 1;
else if (missed.length > 0) console.error('Quick: so few runs stray that far by chance.');

async function besidePeers(): Promise<PeerResults> {
  if (process.argv.includes('--python')) installPython();
  const theirs = new Journal(`peers-${peerSources}`, minutes);
  const now = { date: new Date().toISOString().slice(0, 10), sources: peerSources, ...(await runBeside(ours, theirs)) };
  const all = withEarlier(now, PEERS);
  writeFileSync(PEERS, `${JSON.stringify(all)}\n`);
  return all;
}

async function withResumed(): Promise<Pick<Measured, 'resumed'>> {
  const resumed = await killEverywhere(size.stride, ours);
  return resumed === undefined ? {} : { resumed };
}

/** Whether a value is further from its promise than four standard errors of so few runs. */
function isBeyondChance({ target, value, error }: Target): boolean {
  const promised = Number(target.replace(/^\D+/, ''));
  const distance = target.startsWith('within') ? Math.abs(value) - promised : Math.abs(value - promised);
  return distance > 4 * error;
}

async function inTurn<T, R>(some: readonly T[], make: (one: T) => Promise<R>): Promise<readonly R[]> {
  const made: R[] = [];
  for (const one of some) made.push(await make(one));
  return made;
}

function versionOf(path: string): string {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version;
}
