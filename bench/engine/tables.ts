import type { Target } from '../target.ts';
import type { Run } from './contestants.ts';

/** A cache filled by one run and read by the next. */
export interface CacheRow {
  readonly who: string;
  readonly rows: number;
  readonly concurrency: number;
  readonly fillS: number;
  readonly withoutS: number;
  readonly warmS: number;
  readonly warmPeakMb: number;
}

/** A whole process that has little to do. */
export interface StartRow {
  readonly what: string;
  readonly s: number;
}

/** A large eval set on a server without latency. */
export interface LargeRow {
  readonly rows: number;
  readonly wallS: number;
  readonly cpuS: number;
  readonly peakMb: number;
  readonly fileMb: number;
  /** What else the machine did meanwhile. */
  readonly beside: string;
}

export interface Tables {
  readonly runs: readonly Run[];
  readonly cache: readonly CacheRow[];
  readonly starts: readonly StartRow[];
  readonly large: readonly LargeRow[];
}

/** What is promised, as far as it was measured. */
export function targetsOf(tables: Tables): Target[] {
  return [...runTargets(tables.runs), ...cacheTargets(tables.cache), ...startTargets(tables.starts), ...largeTargets(tables.large)];
}

const rows = 5_000;
const mostOfIdeal: Readonly<Record<number, number>> = { 4: 1.12, 16: 1.12, 64: 1.25 };

function runTargets(runs: readonly Run[]): Target[] {
  const find = (who: Run['who'], concurrency: number) =>
    runs.find((run) => run.who === who && run.rows === rows && run.concurrency === concurrency);
  return [4, 16, 64].flatMap((concurrency) => {
    const ours = find('ours', concurrency);
    if (ours === undefined) return [];
    const at = `${rows} rows × 2 prompts, ${concurrency} at a time`;
    const [bare, peer] = [find('bare loop', concurrency), find('promptfoo', concurrency)];
    return [
      ...(bare ? [atMost(`wall-bare-${concurrency}`, `wall time, of a bare loop: ${at}`, ours.wallS / bare.wallS, 1.05)] : []),
      atMost(`wall-ideal-${concurrency}`, `wall time, of the ideal: ${at}`, ours.ofIdeal, mostOfIdeal[concurrency]!),
      atMost(`cpu-${concurrency}`, `CPU ms a call: ${at}`, ours.cpuMsPerCall, 0.6),
      ...(peer ? [atLeast(`cpu-peer-${concurrency}`, `CPU time, times less than promptfoo: ${at}`, peer.cpuS / ours.cpuS, 8)] : []),
      atMost(`memory-${concurrency}`, `peak memory in MB: ${at}`, ours.peakMb, 250),
    ];
  });
}

function cacheTargets(cache: readonly CacheRow[]): Target[] {
  return cache
    .filter(({ who }) => who === 'ours')
    .flatMap(({ warmS, fillS, withoutS }) => [
      atMost('warm', `decided again from the cache, whole process in s: ${rows} rows × 2 prompts`, warmS, 1.5),
      atMost('fill', 'share of the wall time that filling the cache takes', fillS / withoutS - 1, 0.05),
    ]);
}

const mostSeconds: Readonly<Record<string, number>> = { '--version': 0.12, 'no prompt changed': 0.4, 'dead provider': 10 };

function startTargets(starts: readonly StartRow[]): Target[] {
  return starts.flatMap(({ what, s }) => {
    const most = mostSeconds[what];
    return most === undefined ? [] : [atMost(what, `${what}, whole process in s`, s, most)];
  });
}

function largeTargets(large: readonly LargeRow[]): Target[] {
  return large
    .filter((each) => each.rows === 1_000_000)
    .flatMap(({ wallS, peakMb }) => [
      atMost('million-wall', '1,000,000 rows × 2 prompts, no latency, minutes', wallS / 60, 30),
      atMost('million-memory', '1,000,000 rows × 2 prompts, peak memory in MB', peakMb, 400),
    ]);
}

function atMost(name: string, measure: string, value: number, most: number): Target {
  return { name, measure, target: `<= ${most}`, value: rounded(value), met: value <= most };
}

function atLeast(name: string, measure: string, value: number, least: number): Target {
  return { name, measure, target: `>= ${least}`, value: rounded(value), met: value >= least };
}

export const rounded = (value: number): number => Number(value.toPrecision(4));
