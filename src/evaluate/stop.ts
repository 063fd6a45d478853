import type { CapName, Caps } from '../domain/policy.ts';
import type { ConsultBound } from '../domain/ports.ts';
import { sentence as sentenceOf } from '../domain/problem.ts';
import type { Failure, ModelRequest } from '../domain/trial.ts';
import { type Amounts, mostOf, type Prices } from './bounds.ts';
import { capProblems } from './caps.ts';
import { costOf, Sum } from './cost.ts';
import type { Breach, Reached } from './ledger.ts';
import type { Plan } from './plan.ts';

/** Why a run ended before its plan did. */
export type Stop = { readonly reason: 'provider-dead' | 'cancelled' | 'bad-input'; readonly sentence: string } | BudgetStop;

/** `needed`: what the whole plan would have taken, at its most. */
interface BudgetStop {
  readonly reason: 'budget';
  readonly sentence: string;
  readonly cap: CapName;
  readonly allowed: number;
  readonly needed: number;
  /** The reply by which a server broke the cap. */
  readonly breach?: Breach;
}

/** What the first question of its kind says about all others by failing. */
export function stopAtProbe({ reason, sentence }: Failure): Stop {
  const isOurs = reason === 'unauthorized' || reason === 'not-found' || reason === 'rejected' || reason === 'parameter';
  return { reason: isOurs ? 'bad-input' : 'provider-dead', sentence };
}

/** Watches the questions' ends for a provider that is gone: the account is empty, or nothing but failures in a row. */
export function openBreaker(concurrency: number): (failure: Failure | undefined) => Stop | undefined {
  const most = 2 * concurrency + 4;
  let inARow = 0;
  return (failure) => {
    inARow = failure === undefined ? 0 : inARow + 1;
    if (failure?.reason === 'quota') return { reason: 'provider-dead', sentence: failure.sentence };
    if (failure === undefined || inARow < most) return undefined;
    return { reason: 'provider-dead', sentence: `The last ${inARow} questions all failed. ${failure.sentence}` };
  };
}

interface Limits {
  readonly caps: Caps;
  readonly prices: Prices;
  readonly consults?: (subject: string) => readonly ConsultBound[];
  /** What was spent before under the same caps. */
  readonly earlier?: Amounts;
}

/** Why a plan is not worth beginning: caps that cannot be kept, or that leave fewer calls than there are questions nobody knows the answer to. */
export function stopAtPlan(plan: Plan, countUnknown: () => number, { caps, prices, consults, earlier }: Limits): Stop | undefined {
  const cost = costOf(plan, prices, consults);
  const problems = capProblems(cost, caps);
  if (problems.length > 0) return { reason: 'bad-input', sentence: problems.map(sentenceOf).join(' ') };
  const made = earlier?.calls ?? 0;
  if (caps.calls === undefined || made + cost.most.calls <= caps.calls) return undefined;
  const needed = made + countUnknown();
  return needed > caps.calls ? tooLow('calls', caps.calls, needed) : undefined;
}

/** The stop for a cap, with what the requests still `open` would have taken besides what was used. */
export function stopAtCap(
  { cap, breach, unbounded }: Reached,
  { caps, prices }: Limits,
  used: Amounts,
  open: Iterable<ModelRequest>,
): Stop {
  if (unbounded !== undefined) return { reason: 'bad-input', sentence: unboundedSentence(unbounded) };
  const sum = new Sum().add(used);
  for (const request of open) sum.add(mostOf(request, prices));
  const needed = sum.amounts()[cap] ?? 0;
  const allowed = caps[cap] ?? 0;
  if (breach === undefined) return tooLow(cap, allowed, needed);
  return { reason: 'budget', sentence: breachSentence(breach), cap, allowed, needed, breach };
}

/** The stop when `minutes` are over and the share `done` of the questions, in [0, 1], is settled: what is left would take as long again. */
export function stopAtDeadline(minutes: number, done: number): Stop {
  return tooLow('minutes', minutes, minutes / Math.max(done, 0.01));
}

/** The stop of a part that had what earlier parts of a run left of `caps`, as one of all of them together. */
export function ofAllParts(stop: Stop, caps: Caps): Stop {
  if (stop.reason !== 'budget') return stop;
  const { cap, breach } = stop;
  const allowed = caps[cap] ?? stop.allowed;
  if (allowed <= stop.allowed) return stop;
  const needed = stop.needed + (allowed - stop.allowed);
  return breach === undefined ? tooLow(cap, allowed, needed) : { ...stop, allowed, needed };
}

function tooLow(cap: CapName, allowed: number, needed: number): BudgetStop {
  const sentence = `The cap of ${amount(cap, allowed)} is too low: ${cap === 'calls' ? '' : 'up to '}${amount(cap, needed)} would be needed.`;
  return { reason: 'budget', sentence, cap, allowed, needed };
}

const units: Readonly<Record<CapName, string>> = {
  calls: 'calls',
  inputTokens: 'input tokens',
  outputTokens: 'output tokens',
  inputTokensPerTrial: 'input tokens a trial',
  outputTokensPerTrial: 'output tokens a trial',
  costUsd: 'USD',
  minutes: 'minutes',
};

function amount(cap: CapName, value: number): string {
  const isCounted = cap !== 'costUsd' && cap !== 'minutes';
  return `${isCounted ? Math.ceil(value) : Number(value.toPrecision(3))} ${units[cap]}`;
}

const breachSentence = ({ model, amount: name, reserved, used }: Breach): string =>
  `A reply of "${model}" used ${used} ${units[name]} where at most ${reserved} were asked for, so no cap can be kept with this server.`;

const unboundedSentence = ({ model, lacks }: NonNullable<Reached['unbounded']>): string =>
  lacks === 'price'
    ? `The price of "${model}" is unknown, so a cap in USD cannot be kept.`
    : `The server takes no limit on the answers of "${model}", so a cap in USD or output tokens cannot be kept with it. Remove that cap, or use another model.`;
