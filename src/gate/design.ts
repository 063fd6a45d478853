import { listed } from '../domain/listed-ids.ts';
import { mapped, type Sequence, some, where } from '../domain/sequence.ts';
import type { Arm } from '../domain/trial.ts';
import type { Flakiness, Pair, Verdict } from '../domain/verdict.ts';
import { HarmProcess } from '../stats/e-process.ts';
import { isFlaky } from '../stats/flakiness.ts';
import { type Judgement, judge, type Rules } from './gate.ts';

/** Share of alpha that looks for early harm take; the verdict keeps the rest. */
const STOP_SHARE = 0.2;
/** Examples between two such looks, as long as there are few. */
const LOOK_EVERY = 10;
/** Most looks at a verdict while repeats are added. */
const MOST_LOOKS = 3;

/** What a team may turn on; both off unless set. */
export interface DesignChoice {
  /** Ends a run that is clearly harmful before all examples are asked. */
  readonly earlyStop?: boolean;
  /** Adds repeats to an inconclusive verdict, up to so many runs of each example. */
  readonly settle?: { readonly maxRepeats: number };
}

/** A look at the verdict: with how many runs of every example, at which error rate. */
export interface Look {
  readonly repeats: number;
  readonly alpha: number;
}

/** When a run is looked at, and how alpha is shared: the alphas of all looks sum to alpha, so that in total each error stays below it. */
export interface Design {
  /** Error rate of all looks for early harm together; absent: no such looks. */
  readonly stopAlpha?: number;
  /** In order, at least one. The first that is not inconclusive decides, else the last. */
  readonly looks: readonly Look[];
}

/** The looks for an error rate of `alpha` in all, beginning with `repeats` runs of each example. */
export function designOf(alpha: number, repeats: number, { earlyStop, settle }: DesignChoice): Design {
  const stopAlpha = earlyStop ? rounded(alpha * STOP_SHARE) : undefined;
  const runs = runsPerLook(repeats, settle?.maxRepeats ?? repeats);
  const perLook = rounded((alpha - (stopAlpha ?? 0)) / runs.length);
  return { ...(stopAlpha !== undefined && { stopAlpha }), looks: runs.map((each) => ({ repeats: each, alpha: perLook })) };
}

/** Free of the rounding error of 0.05 · 0.2, and never above what was to be shared. */
function rounded(alpha: number): number {
  return Math.floor(alpha * 1e9 + 1e-3) / 1e9;
}

/** From the planned repeats to the most allowed in equal steps. */
function runsPerLook(first: number, last: number): number[] {
  const steps = Math.min(MOST_LOOKS, Math.max(0, last - first) + 1);
  return Array.from({ length: steps }, (_, step) => (step === 0 ? first : Math.round(first + ((last - first) * step) / (steps - 1))));
}

/** From ten thousand examples on a look at every hundredth of them is as good, and all looks together take time in proportion to the examples. */
function stepBetweenLooks(examples: number): number {
  return Math.max(LOOK_EVERY, 10 ** (Math.floor(Math.log10(examples)) - 2));
}

/** Whether a run is looked at for harm after so many of its planned examples. Not at the last one, where the verdict itself speaks. */
export function isStopLook(examples: number, planned: number): boolean {
  return examples % stepBetweenLooks(examples) === 0 && examples > 0 && examples < planned;
}

/**
 * Whether a run may end here because harm is certain enough: the harm process stands at 1/stopAlpha, and the drop so far is none that the
 * margin tolerates. `pairs` are the first ones in the plan's seeded order, never in that of arrival: slow answers are hard ones.
 */
export function isHarmful(pairs: Sequence<Pair>, rules: Rules, stopAlpha: number): boolean {
  const harm = new HarmProcess();
  for (const { base, head } of pairs) harm.observe(head - base);
  if (harm.value < 1 / stopAlpha) return false;
  const { effect } = judge({ pairs, missing: [] }, [], rules);
  return effect !== undefined && effect.lower <= -rules.margin;
}

/** What is said of a run that ended early, from the judgement of the examples it had asked. Their estimate errs towards harm: it was stopped at a low. */
export function stoppedEarly(judgement: Judgement, examples: number, of: number): Judgement {
  const rest = judgement.because.filter(({ rule }) => rule !== 'interval-too-wide' && rule !== 'too-few-examples');
  return { ...judgement, verdict: 'regressed', because: [{ rule: 'stopped-early', examples, of }, ...rest] };
}

/**
 * The look after look number `at`, or undefined where the verdict stands. Repeats are added to every example or to none: rerunning only those
 * that flipped would shrink a true drop to less than half. Where no two runs ever disagreed more of them cannot change anything.
 */
export function nextLook({ looks }: Design, at: number, verdict: Verdict, pairs: Sequence<Pair>): Look | undefined {
  if (verdict !== 'inconclusive') return undefined;
  const repeated = some(pairs, ({ repeats }) => repeats !== undefined);
  return repeated && !some(pairs, isUnsteady) ? undefined : looks[at + 1];
}

/** Whether an example's runs disagree under one prompt. */
export function isUnsteady({ repeats }: Pair): boolean {
  return repeats !== undefined && (isFlaky(repeats.base) || isFlaky(repeats.head));
}

/** Ids of the examples whose runs disagree under one prompt. They count like all others: a set without them leans towards the easy. */
export function flakinessOf(pairs: Sequence<Pair>): Flakiness {
  const under = (arm: Arm) => listed(idsWhere(pairs, ({ repeats }) => repeats !== undefined && isFlaky(repeats[arm])));
  const [base, head] = [under('base'), under('head')];
  const flaky = { base: base.exampleIds, head: head.exampleIds };
  if (base.more === undefined && head.more === undefined) return flaky;
  const examples = idsWhere(pairs, isUnsteady).length - new Set([...flaky.base, ...flaky.head]).size;
  return { ...flaky, more: { base: base.more ?? 0, head: head.more ?? 0, examples } };
}

function idsWhere(pairs: Sequence<Pair>, holds: (pair: Pair) => boolean): Sequence<string> {
  return mapped(where(pairs, holds), ({ exampleId }) => exampleId);
}
