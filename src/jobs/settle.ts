import type { Caps } from '../domain/policy.ts';
import { joined, type Sequence, some, where } from '../domain/sequence.ts';
import type { Amounts, Prices } from '../evaluate/bounds.ts';
import { fits } from '../evaluate/caps.ts';
import { costOf } from '../evaluate/cost.ts';
import { type Plan, planTrials, type Subject, type SubjectTrial } from '../evaluate/plan.ts';
import type { RunOutcome } from '../evaluate/run.ts';
import { plus } from '../evaluate/tally.ts';
import { nextLook } from '../gate/design.ts';
import { judged } from './judged.ts';
import type { Measurement } from './measurement.ts';

/** Where the looks at one comparison ended. */
export interface Looked {
  /** Number of the last look, 0 for the first. */
  readonly at: number;
  /** Why there was no further one although it was wanted. */
  readonly cut?: 'caps' | 'failures';
}

/** What came of a plan, and by subject how often it was looked at. */
export interface Asked {
  readonly outcome: RunOutcome;
  readonly looked: ReadonlyMap<string, Looked>;
}

/** One subject's further repeats. */
interface Step {
  readonly measurement: Measurement;
  readonly at: number;
  /** Its trials so far left out. */
  readonly subject: Subject;
}

/** Asks a plan below the caps given. */
export type Ask = (plan: Plan, caps: Caps) => Promise<RunOutcome>;

/**
 * Adds repeats to what is inconclusive, to all of its examples or to none, look after look, while the caps allow.
 * Repeats that come back with holes are left out as a whole: the verdict of the look before stands.
 */
export async function settled(
  first: Asked,
  measurements: readonly Measurement[],
  { left, prices }: { readonly left: (used: Amounts) => Caps; readonly prices: Prices },
  ask: Ask,
): Promise<Asked> {
  let so = first;
  while (so.outcome.stopped === undefined) {
    const wanted = measurements.flatMap((measurement) => nextStep(measurement, so, prices));
    const { steps, tooDear } = affordable(wanted, left(so.outcome), prices);
    so = { ...so, looked: withEach(so.looked, tooDear, ({ at }) => ({ at: at - 1, cut: 'caps' })) };
    if (steps.length === 0) return so;
    const plan = planTrials(steps.map(({ subject }) => subject));
    so = together(so, steps, await ask(plan, left(so.outcome)));
  }
  return so;
}

function nextStep(measurement: Measurement, { outcome, looked }: Asked, prices: Prices): Step[] {
  const { subject, design, models } = measurement;
  const { at, cut } = looked.get(subject.name) ?? { at: 0 };
  if (cut !== undefined || models.base === undefined || design.looks[at + 1] === undefined) return [];
  const { judgement, paired } = judged(measurement, trialsOf(outcome, subject.name), at, prices, outcome.ended.get(subject.name));
  const next = nextLook(design, at, judgement.verdict, paired.pairs);
  if (next === undefined) return [];
  const so = design.looks[at]!.repeats;
  return [{ measurement, at: at + 1, subject: { ...subject, repeats: next.repeats, asked: so } }];
}

/** One subject's trials, in plan order. */
export function trialsOf({ trials }: RunOutcome, subject: string): Sequence<SubjectTrial> {
  return where(trials, (trial) => trial.subject === subject);
}

/** The steps that all fit below what is left of the caps, in order. */
function affordable(steps: readonly Step[], left: Caps, prices: Prices): { steps: Step[]; tooDear: Step[] } {
  const chosen: Step[] = [];
  const tooDear: Step[] = [];
  for (const step of steps) {
    const plan = planTrials([...chosen, step].map(({ subject }) => subject));
    (fits(costOf(plan, prices).most, left) ? chosen : tooDear).push(step);
  }
  return { steps: chosen, tooDear };
}

function together(so: Asked, steps: readonly Step[], further: RunOutcome): Asked {
  const whole = steps.filter(({ measurement }) => !some(trialsOf(further, measurement.subject.name), ({ score }) => score === undefined));
  const holed = steps.filter((step) => !whole.includes(step));
  const names = new Set(whole.map(({ measurement }) => measurement.subject.name));
  const { costUsd: _, ...before } = so.outcome;
  const consulted = [so.outcome.consulted, further.consulted].filter((spent) => spent !== undefined);
  return {
    outcome: {
      ...before,
      trials: joined(
        before.trials,
        where(further.trials, ({ subject }) => names.has(subject)),
      ),
      ...plus(so.outcome, further),
      ...(consulted.length > 0 && { consulted: consulted.reduce(plus) }),
      reused: before.reused + further.reused,
      cached: before.cached + further.cached,
      latenciesMs: concatenated(before.latenciesMs, further.latenciesMs),
    },
    looked: withEach(
      withEach(so.looked, whole, ({ at }) => ({ at })),
      holed,
      ({ at }) => ({ at: at - 1, cut: 'failures' }),
    ),
  };
}

function withEach(looked: Asked['looked'], steps: readonly Step[], of: (step: Step) => Looked): Asked['looked'] {
  return new Map([...looked, ...steps.map((step) => [step.measurement.subject.name, of(step)] as const)]);
}

function concatenated(one: Float32Array, other: Float32Array): Float32Array {
  const both = new Float32Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
