import { NarrowColumn } from '../domain/narrow-column.ts';
import type { Sequence } from '../domain/sequence.ts';
import { TextNumbers } from '../domain/text-numbers.ts';
import type { Pair } from '../domain/verdict.ts';

/** Differences this close to zero come from rounding sums of repeats, not from answers. */
const ROUNDING = 1e-12;

/** Which examples share an origin. */
export interface Clusters {
  /** 0-based cluster index of each pair. */
  readonly of: Uint32Array;
  readonly count: number;
}

/** What the pairs say, gathered in one pass: all that the choice of interval and the interval itself need. */
export interface Evidence {
  readonly pairs: Sequence<Pair>;
  /** head − base of each pair, repeats averaged: K runs of n examples are still n examples. */
  readonly differences: Float64Array;
  readonly wins: number;
  readonly losses: number;
  /** Mean of the squared differences; for pass/fail the discordance. */
  readonly meanSquare: number;
  /** Whether every pair is 0 or 1 on both sides. */
  readonly passFail: boolean;
  /** Runs of each example on each side. */
  readonly repeats: number;
  /** Present where at least two examples share an origin. An example that names none is its own. */
  readonly clusters?: Clusters;
}

/** Gathered in the order of the pairs. Scores in [0, 1]. */
export function evidenceOf(pairs: Sequence<Pair>): Evidence {
  const n = pairs.length;
  const differences = new Float64Array(n);
  let [wins, losses, squares, named] = [0, 0, 0, 0];
  let passFail = true;
  let i = -1;
  for (const { base, head, cluster } of pairs) {
    i += 1;
    const difference = head - base;
    passFail &&= isPassFail(base) && isPassFail(head);
    if (cluster !== undefined) named += 1;
    if (Math.abs(difference) <= ROUNDING) continue;
    differences[i] = difference;
    squares += difference * difference;
    if (difference > 0) wins += 1;
    else losses += 1;
  }
  const clusters = named > 1 ? clustersOf(pairs) : undefined;
  const repeats = pairs.at(0)?.repeats?.base.length ?? 1;
  return { pairs, differences, wins, losses, meanSquare: n === 0 ? 0 : squares / n, passFail, repeats, ...(clusters && { clusters }) };
}

/** Stands where an example names no cluster, until it gets a number of its own. */
const ALONE = 0xffff_ffff;

/** Which of these share an origin; undefined where none do. */
export function clustersOf(examples: Sequence<{ readonly cluster?: string | undefined }>): Clusters | undefined {
  // By number of a cluster, its first example.
  const firsts = new NarrowColumn();
  const names = new TextNumbers((number) => examples.at(firsts.at(number))!.cluster!);
  const of = new Uint32Array(examples.length).fill(ALONE);
  let [named, place] = [0, -1];
  for (const { cluster } of examples) {
    place += 1;
    if (cluster === undefined) continue;
    named += 1;
    const before = names.size;
    of[place] = names.of(cluster);
    if (names.size > before) firsts.put(before, place);
  }
  if (names.size === named) return undefined;
  let count = names.size;
  for (let i = 0; i < of.length; i++) if (of[i] === ALONE) of[i] = count++;
  return { of, count };
}

/** Whether a score is a pass or a fail, with nothing between. */
export function isPassFail(score: number): boolean {
  return score === 0 || score === 1;
}
