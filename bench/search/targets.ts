import type { Target as Promised } from '../target.ts';
import type { Cell } from './cells.ts';
import { cellName, nullWorlds, pairedCells, smallCap } from './cells.ts';
import type { PeerRun } from './peers.ts';
import type { Resumed } from './resume.ts';
import type { Run } from './runs.ts';
import { type Estimate, estimate, ratioOf, shareOf } from './summary.ts';
import type { RecordedCell } from './track-a.ts';

/** A promise of the search. */
export interface Target extends Promised {
  /** Standard error of the value; 0 for what has none. */
  readonly error: number;
  /** Runs that it rests on. */
  readonly runs: number;
}

export interface Measured {
  readonly cells: readonly { readonly cell: Cell; readonly runs: readonly Run[] }[];
  /** By cell name. */
  readonly gepa: Readonly<Record<string, readonly PeerRun[]>>;
  readonly resumed?: Resumed;
  readonly recorded: readonly RecordedCell[];
}

/** What was promised and what came of it. */
export function targetsOf(measured: Measured): readonly Target[] {
  return [
    ...nullTargets(measured),
    overshootTarget(measured),
    ...claimTargets(measured),
    smallCapTarget(measured),
    ...gepaTargets(measured),
    ...recordedTargets(measured),
    ...resumeTargets(measured),
  ];
}

const isNull = ({ world }: Cell) => (nullWorlds as readonly string[]).includes(world);

/** "It scores better", in the strong sense. */
const claimsVerified = ({ label, claimsGain }: Run) => label === 'verified' && claimsGain;

/** The worst null world by how often a gain is verified there. */
function nullTargets({ cells }: Measured): readonly Target[] {
  const rates = cells
    .filter(({ cell, runs }) => isNull(cell) && runs.length >= cell.seeds)
    .map(({ cell, runs }) => ({ cell, runs: runs.length, rate: shareOf(runs, claimsVerified) }));
  const worst = rates.toSorted((one, other) => other.rate.mean - one.rate.mean)[0];
  if (worst === undefined) return [];
  const limit = 0.1 + 2 * Math.sqrt((0.1 * 0.9) / worst.runs);
  const measure = `share of runs with a verified gain where nothing can be better; the worst of ${rates.length} null worlds (${cellName(worst.cell)})`;
  return [target('S1', measure, '<= 0.1', worst.rate, worst.runs, worst.rate.mean <= limit)];
}

function overshootTarget({ cells }: Measured): Target {
  const over = cells.flatMap(({ cell, runs }) => runs.map(({ calls }) => Math.max(0, calls - cell.calls)));
  const most = over.reduce((so, one) => Math.max(so, one), 0);
  return target('S2', 'calls beyond the cap, in any run, as the server counts', '<= 0', { mean: most, error: 0 }, over.length, most === 0);
}

/** Verified gains by size of the eval set and over all worlds with something to find: printed against true. */
function claimTargets({ cells }: Measured): readonly Target[] {
  const helpful = cells.filter(({ cell }) => !isNull(cell));
  const gapIn = (some: typeof helpful): readonly number[] =>
    some.flatMap(({ runs }) => runs.filter(claimsVerified).map(({ printed, gain }) => 100 * (printed - gain)));
  const groups = [
    ['all worlds with something to find', helpful] as const,
    ...pairedCells.map(
      ({ rows }) => [`headroom, ${rows} rows`, helpful.filter(({ cell }) => cell.world === 'headroom' && cell.rows === rows)] as const,
    ),
  ];
  return groups.flatMap(([name, some]) => {
    const gaps = gapIn(some);
    if (gaps.length < 2) return [];
    const gap = estimate(gaps);
    const measure = `points by which the printed gain of verified findings exceeds their true gain, on average (${name})`;
    return [target('S3', measure, 'within 2', gap, gaps.length, Math.abs(gap.mean) <= 2)];
  });
}

function smallCapTarget({ cells }: Measured): Target {
  const runs = cells.find(({ cell }) => cellName(cell) === cellName(smallCap))?.runs ?? [];
  const found = shareOf(runs, ({ label, gain }) => label !== 'none' && gain > 0);
  const measure = `share of searches with a finding whose true gain is positive (${cellName(smallCap)})`;
  return target('S4', measure, '>= 0.5', found, runs.length, found.mean >= 0.5);
}

/** Best guesses in the same worlds, as a ratio of mean true gains. */
function gepaTargets({ cells, gepa }: Measured): readonly Target[] {
  const pairsIn = (cell: Cell): (readonly [number, number])[] => {
    const ours = cells.find((one) => cellName(one.cell) === cellName(cell))?.runs ?? [];
    const theirs = gepa[cellName(cell)] ?? [];
    return ours.slice(0, theirs.length).map(({ guess }, at) => [guess, theirs[at]!.gain]);
  };
  const bySize = pairedCells.map((cell) => [`${cell.rows} rows`, pairsIn(cell)] as const);
  const groups = [['50, 100 and 200 rows', bySize.flatMap(([, pairs]) => pairs)] as const, ...bySize];
  return groups.flatMap(([name, pairs]) => {
    if (pairs.length < 2) return [];
    const ratio = ratioOf(pairs);
    const measure = `true gain of our best guess as a share of GEPA's, in paired headroom worlds, 300 calls (${name})`;
    return [target('S5', measure, '>= 0.95', ratio, pairs.length, ratio.mean >= 0.95)];
  });
}

function recordedTargets({ recorded }: Measured): readonly Target[] {
  const all = recorded.flatMap(({ runs }) => runs);
  if (all.length < 2) return [];
  const sum = (of: (run: (typeof all)[number]) => number) => all.reduce((so, run) => so + of(run), 0);
  const saved = 1 - sum(({ ours }) => ours.calls) / sum(({ full }) => full.calls);
  const extra = estimate(all.map(({ ours, full }) => 100 * (ours.regret - full.regret)));
  return [
    target(
      'S6',
      'share of calls saved against full evaluation, real prompts',
      '>= 0.5',
      { mean: saved, error: 0 },
      all.length,
      saved >= 0.5,
    ),
    target('S7', 'points of regret beyond that of full evaluation, real prompts', '<= 0.2', extra, all.length, extra.mean <= 0.2),
  ];
}

function resumeTargets({ resumed }: Measured): readonly Target[] {
  if (resumed === undefined) return [];
  const { kills, differed } = resumed;
  const measure = 'kills after a line of the log from which the search came to anything else';
  return [target('S8', measure, '<= 0', { mean: differed, error: 0 }, kills, differed === 0)];
}

function target(name: string, measure: string, text: string, { mean, error }: Estimate, runs: number, met: boolean): Target {
  return { name, measure, target: text, value: Number(mean.toFixed(4)), error: Number(error.toFixed(4)), runs, met };
}
