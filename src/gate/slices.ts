import { picked, type Sequence } from '../domain/sequence.ts';
import type { Because, Effect, Pair } from '../domain/verdict.ts';
import { benjaminiHochberg, holm } from '../stats/multiplicity.ts';
import { effectOf, harmP, type Limits } from './compare.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { methodFor, type Scope, tooFewClusters } from './scope.ts';

/** Examples from which a slice is tested for itself. */
const FEWEST_IN_SLICE = 10;

/** A slice on which a merge may be blocked. */
export interface ProtectedSlice {
  readonly slice: string;
  /** Its own tolerated drop; absent: the whole's. */
  readonly margin?: number;
}

/** Examples with one tag, compared by themselves. */
export interface Slice {
  readonly name: string;
  readonly pairs: Sequence<Pair>;
  readonly effect: Effect;
  readonly isProtected: boolean;
  /** One-sided p-value for harm; absent where there are too few examples or clusters to test. */
  readonly harmP?: number;
}

/** Most slices that are compared besides protected ones: a tag for each customer makes as many as there are customers, which nobody reads. */
export const MOST_SLICES = 200;

/**
 * The slices that are protected, and with `all` every other one of two pairs or more, in name order. Of very many the largest: what is chosen
 * by size alone leaves their error rates as they are.
 */
export function slicesOf(pairs: Sequence<Pair>, scope: Scope, limits: Limits, guarded: readonly ProtectedSlice[], all: boolean): Slice[] {
  if (guarded.length === 0 && !all) return [];
  const margins = new Map(guarded.map(({ slice, margin }) => [slice, margin ?? limits.margin]));
  const sizes = sizesByTag(pairs);
  const others = all ? largest([...sizes].filter(([name, size]) => !margins.has(name) && size > 1)) : [];
  const names = [...margins.keys()].filter((name) => sizes.has(name)).concat(others);
  return [...placesOf(names, pairs)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, places]) =>
      sliceOf(name, picked(pairs, places), scope, { alpha: limits.alpha, margin: margins.get(name) ?? limits.margin }, margins.has(name)),
    );
}

/** How many pairs have each tag. */
function sizesByTag(pairs: Sequence<Pair>): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { tags } of pairs) for (const tag of new Set(tags)) sizes.set(tag, (sizes.get(tag) ?? 0) + 1);
  return sizes;
}

/** Among equally large ones the first by name. */
function largest(sizes: (readonly [string, number])[]): string[] {
  const first = sizes.sort(([one, size], [other, otherSize]) => otherSize - size || (one < other ? -1 : 1));
  return first.slice(0, MOST_SLICES).map(([name]) => name);
}

function placesOf(names: readonly string[], pairs: Sequence<Pair>): ReadonlyMap<string, readonly number[]> {
  const byTag = new Map(names.map((name) => [name, [] as number[]]));
  let place = 0;
  for (const { tags } of pairs) {
    for (const tag of new Set(tags)) byTag.get(tag)?.push(place);
    place += 1;
  }
  return byTag;
}

/** How many slices could be compared and were not, because there are so many. */
export function slicesLeftOut(pairs: Sequence<Pair>, slices: readonly Slice[]): number {
  if (slices.length < MOST_SLICES) return 0;
  const compared = new Set(slices.map(({ name }) => name));
  let count = 0;
  for (const [name, size] of sizesByTag(pairs)) if (size > 1 && !compared.has(name)) count += 1;
  return count;
}

function sliceOf(name: string, pairs: Sequence<Pair>, scope: Scope, limits: Limits, isProtected: boolean): Slice {
  const evidence = evidenceOf(pairs);
  const method = methodFor(evidence, scope);
  const slice = { name, pairs, effect: effectOf(evidence, method, 0, limits), isProtected };
  return isTestable(evidence, scope) ? { ...slice, harmP: harmP(method, evidence) } : slice;
}

function isTestable(evidence: Evidence, scope: Scope): boolean {
  return evidence.pairs.length >= FEWEST_IN_SLICE && scope !== 'nothing' && (scope === 'examples' || !tooFewClusters(evidence));
}

/** What the whole and the protected slices show together. */
export interface Guarded {
  /** Harm to the whole, at the alpha it has left beside the slices. */
  readonly harmShown: boolean;
  /** Protected slices that block. */
  readonly regressed: readonly string[];
}

/**
 * Holm's procedure over the whole and the protected slices: the chance that any of them is blamed falsely is at most alpha. A slice blocks
 * where harm is shown and its drop may exceed its own margin. With no protected slice the whole keeps its alpha.
 */
export function guard(overallHarmP: number, slices: readonly Slice[], alpha: number): Guarded {
  const tested = slices.filter((slice) => slice.isProtected && slice.harmP !== undefined);
  const [overall = 1, ...adjusted] = holm([overallHarmP, ...tested.map((slice) => slice.harmP!)]);
  const blocks = ({ effect }: Slice, index: number) => adjusted[index]! <= alpha && effect.lower <= -effect.margin;
  return { harmShown: overall <= alpha, regressed: tested.filter(blocks).map(({ name }) => name) };
}

/**
 * Slices that nobody protected and that got worse, by Benjamini and Hochberg: of those named, at most a share of alpha are named by chance.
 * A list to look at, worst evidence first; nothing blocks on it.
 */
export function worseSlices(slices: readonly Slice[], alpha: number): Because[] {
  const tested = slices.filter((slice) => !slice.isProtected && slice.harmP !== undefined);
  const adjusted = benjaminiHochberg(tested.map((slice) => slice.harmP!));
  return tested
    .map(({ name, harmP }, index) => ({ name, harmP: harmP!, shown: adjusted[index]! <= alpha }))
    .filter(({ shown }) => shown)
    .sort((one, other) => one.harmP - other.harmP)
    .map(({ name }) => ({ rule: 'slice-worse', slice: name }));
}

/** What keeps each protected slice from being shown to be no worse than it may get. Passing needs all of them, and so no correction. */
export function unprovenSlices(slices: readonly Slice[]): Because[] {
  return slices
    .filter(({ isProtected, harmP, effect }) => isProtected && harmP !== undefined && effect.lower <= -effect.margin)
    .map(({ name, effect }) => ({ rule: 'slice-unproven', slice: name, margin: effect.margin }));
}

/** Protected slices that cannot be tested. */
export function untestedSlices(slices: readonly Slice[]): Because[] {
  return slices
    .filter(({ isProtected, harmP }) => isProtected && harmP === undefined)
    .map(({ name, pairs }) => ({ rule: 'slice-too-small', slice: name, examples: pairs.length }));
}
