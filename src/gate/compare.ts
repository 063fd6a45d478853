import type { NarrowArray } from '../domain/narrow-column.ts';
import { column, type Sequence, some } from '../domain/sequence.ts';
import type { ArmScore, Effect, IntervalMethod, Pair } from '../domain/verdict.ts';
import { clusterT, clusterTHarmP } from '../stats/cluster.ts';
import { cmh, cmhInterval, type RepeatCounts } from '../stats/cmh.ts';
import type { Interval } from '../stats/interval.ts';
import { pairedT, pairedTHarmP } from '../stats/paired-t.ts';
import { meanInterval, wilson } from '../stats/proportion.ts';
import { pseudoPair, pseudoPairHarmP } from '../stats/pseudo-pair.ts';
import { tangoHarmP, tangoInterval } from '../stats/tango.ts';
import { type Evidence, isPassFail } from './evidence.ts';
import { imaginarySize } from './shared-origins.ts';

/** From this many changed scores on, the paired t keeps its promise; below, the pseudo-pair stands in. */
const CHANGED_FOR_T = 15;
/** Error at each end of a single arm's interval: together the usual 95 %. */
const ARM_ALPHA = 0.025;

export interface Limits {
  readonly alpha: number;
  readonly margin: number;
}

/** The paired difference with its interval by `method`. `missing` examples had no pair. */
export function effectOf(evidence: Evidence, method: IntervalMethod, missing: number, { alpha, margin }: Limits): Effect {
  const { pairs, wins, losses } = evidence;
  const { estimate, lower, upper } = intervalBy(method, evidence, alpha);
  const ties = pairs.length - wins - losses;
  return { estimate, lower, upper, level: levelOf(alpha), method, alpha, margin, wins, losses, ties, missing };
}

/** Both ends together, free of the rounding error of 1 − 2·0.05. */
export function levelOf(alpha: number): number {
  return Number((1 - 2 * alpha).toFixed(12));
}

/** The interval whose error rates hold for scores of this shape, on inputs like these. */
export function populationMethod({ clusters, passFail, wins, losses }: Evidence): IntervalMethod {
  if (clusters !== undefined) return 'cluster-t';
  if (passFail) return 'tango';
  return wins + losses >= CHANGED_FOR_T ? 'paired-t' : 'pseudo-pair';
}

function intervalBy(method: IntervalMethod, evidence: Evidence, alpha: number): Interval {
  const { pairs, differences, wins, losses, clusters } = evidence;
  switch (method) {
    case 'tango':
      return tangoInterval(wins, losses, pairs.length, alpha);
    case 'cluster-t':
      return clusterT(differences, clusters!.of, alpha, imaginarySize(evidence, clusters!));
    case 'cmh':
      return cmhInterval(countsOf(evidence), alpha);
    case 'paired-t':
      return pairedT(differences, alpha);
    default:
      return pseudoPair(differences, alpha);
  }
}

/** One-sided p-value for harm by the same method: at most alpha exactly where the interval's upper end is below zero. */
export function harmP(method: IntervalMethod, evidence: Evidence): number {
  const { pairs, differences, wins, losses, clusters } = evidence;
  switch (method) {
    case 'tango':
      return tangoHarmP(wins, losses, pairs.length);
    case 'cluster-t':
      return clusterTHarmP(differences, clusters!.of, imaginarySize(evidence, clusters!));
    case 'cmh':
      return cmh(countsOf(evidence)).harm;
    case 'paired-t':
      return pairedTHarmP(differences);
    default:
      return pseudoPairHarmP(differences);
  }
}

/** Passes per example and side, where every run is pass or fail. */
function countsOf({ pairs, repeats }: Evidence): RepeatCounts {
  const passes = (arm: 'base' | 'head') => Uint32Array.from(column(pairs, (pair) => Math.round(pair[arm] * repeats)));
  return { base: passes('base'), head: passes('head'), repeats };
}

/** Whether every run of every example is pass or fail. */
export function runsArePassFail({ pairs, passFail }: Evidence): boolean {
  const all = (runs: ArrayLike<number>) => Array.prototype.every.call(runs, isPassFail);
  return passFail || !some(pairs, ({ repeats }) => repeats === undefined || !all(repeats.base) || !all(repeats.head));
}

/** Mean score of one arm with its 95 % interval. */
export function armScore(scores: NarrowArray): ArmScore {
  const n = scores.length;
  const passFail = scores.every(isPassFail);
  const { estimate, lower, upper } = passFail ? wilson(sumOf(scores), n, ARM_ALPHA) : meanInterval(scores, ARM_ALPHA);
  return { score: estimate, n, lower, upper };
}

function sumOf(numbers: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]!;
  return sum;
}

/** Both arms' own scores. */
export function armsOf(pairs: Sequence<Pair>): { readonly base: ArmScore; readonly head: ArmScore } {
  return { base: armScore(column(pairs, ({ base }) => base)), head: armScore(column(pairs, ({ head }) => head)) };
}
