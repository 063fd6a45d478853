import type { ConsultBound } from '../domain/ports.ts';
import type { ModelRequest } from '../domain/trial.ts';
import { type Amounts, expectedOf, isFree, mostOf, type Prices, priced, priceOf } from './bounds.ts';
import type { Plan } from './plan.ts';
import { questionsOf } from './question-set.ts';
import type { Question } from './questions.ts';
import { mostAttempts, mostPaidAttempts } from './retry.ts';

/** What of a plan nobody has to be asked. */
export interface Free {
  /** What becomes of a question: `lacking` is one that was not answered before, and that nobody may be asked. */
  readonly sourceOf: (question: Question) => 'asked' | 'known' | 'lacking';
  /** How many of a subject's trials are graded without a call. */
  readonly graded: (subject: string) => number;
}

/** What a plan asks for, but for what is free. */
export interface PlanCost {
  /** Every request once, at four bytes a token and answers of at most 256 tokens. */
  readonly expected: Amounts;
  /** Upper bound with every request sent once: each byte a token, each answer at its limit. */
  readonly most: Amounts;
  /** Upper bound with every retry there may be. */
  readonly worst: Amounts;
  /** How many of the calls are for grading. */
  readonly consults: number;
  /** Questions that were answered before. */
  readonly known: number;
  /** Questions that end without an answer, since nobody may be asked. */
  readonly lacking: number;
  /** Models without a price, sorted. */
  readonly unpriced: readonly string[];
  /** Models that are paid for and asked without a limit on the answer's tokens, sorted. */
  readonly unlimited: readonly string[];
}

/** `consults`: what grading an answer of that subject may ask; `besides`: what is asked for grading once, whatever the plan. Without `free` all is asked. */
export function costOf(
  plan: Plan,
  prices: Prices,
  consults: (subject: string) => readonly ConsultBound[] = () => [],
  besides: readonly ConsultBound[] = [],
  free?: Free,
): PlanCost {
  const asking = free === undefined ? wholeCost(plan, prices) : askingCost(plan, prices, free.sourceOf);
  const [expected, most] = [new Sum().add(asking.expected), new Sum().add(asking.most)];
  const unpriced = new Set(asking.unpriced);
  let asked = 0;
  for (const { bound, trials } of [...gradings(plan, consults, free?.graded), ...besides.map((bound) => ({ bound, trials: 1 }))]) {
    if (bound.calls * trials === 0) continue;
    expected.add(priced(bound.model, bound.expected ?? bound, prices), bound.calls * trials);
    most.add(priced(bound.model, bound, prices), bound.calls * trials);
    if (priceOf(bound.model, prices) === undefined) unpriced.add(bound.model);
    asked += bound.calls * trials;
  }
  const once = most.amounts();
  return {
    expected: expected.amounts(),
    most: once,
    worst: { ...times(once, mostPaidAttempts), calls: once.calls * mostAttempts },
    consults: asked,
    known: asking.known,
    lacking: asking.lacking,
    unpriced: [...unpriced].sort(),
    unlimited: asking.unlimited,
  };
}

/** What a plan asks for, but for grading. */
type AskingCost = Pick<PlanCost, 'expected' | 'most' | 'unpriced' | 'unlimited' | 'known' | 'lacking'>;

const found = new WeakMap<Plan, { readonly prices: Prices; readonly cost: AskingCost }>();

/** Found once for each plan: every request is made for it. */
function wholeCost(plan: Plan, prices: Prices): AskingCost {
  const earlier = found.get(plan);
  if (earlier?.prices === prices) return earlier.cost;
  const cost = askingCost(plan, prices, () => 'asked');
  found.set(plan, { prices, cost });
  return cost;
}

function askingCost(plan: Plan, prices: Prices, sourceOf: Free['sourceOf']): AskingCost {
  const [expected, most] = [new Sum(), new Sum()];
  const [unpriced, unlimited] = [new Set<string>(), new Set<string>()];
  const counts = { asked: 0, known: 0, lacking: 0 };
  for (const question of questionsOf(plan)) {
    const { request } = question;
    const source = sourceOf(question);
    counts[source] += 1;
    if (source !== 'asked') continue;
    expected.add(expectedOf(request, prices));
    most.add(mostOf(request, prices));
    if (priceOf(request.model, prices) === undefined) unpriced.add(request.model);
    if (isUnlimited(request, prices)) unlimited.add(request.model);
  }
  const { known, lacking } = counts;
  return { expected: expected.amounts(), most: most.amounts(), unpriced: [...unpriced], unlimited: [...unlimited].sort(), known, lacking };
}

/** What grading the trials of each subject may ask. */
function gradings({ stretches }: Plan, consults: (subject: string) => readonly ConsultBound[], graded: Free['graded'] = () => 0) {
  return stretches.flatMap(({ subject, examples, perExample }) =>
    consults(subject).map((bound) => ({ bound, trials: examples * perExample - graded(subject) })),
  );
}

function isUnlimited({ model, params }: ModelRequest, prices: Prices): boolean {
  const price = priceOf(model, prices);
  return params.maxOutputTokens === undefined && (price === undefined || !isFree(price));
}

/** A part is absent from the sum where any of the amounts lacks it. */
export class Sum {
  #calls = 0;
  #inputTokens = 0;
  #outputTokens = 0;
  #costUsd = 0;

  add({ calls, inputTokens, outputTokens = Number.NaN, costUsd = Number.NaN }: Amounts, times = 1): this {
    this.#calls += times * calls;
    this.#inputTokens += times * inputTokens;
    this.#outputTokens += times * outputTokens;
    this.#costUsd += times * costUsd;
    return this;
  }

  amounts(): Amounts {
    return amountsOf(this.#calls, this.#inputTokens, this.#outputTokens, this.#costUsd);
  }
}

const times = (amounts: Amounts, n: number): Amounts => new Sum().add(amounts, n).amounts();

function amountsOf(calls: number, inputTokens: number, outputTokens: number, costUsd: number): Amounts {
  return {
    calls,
    inputTokens,
    ...(!Number.isNaN(outputTokens) && { outputTokens }),
    ...(!Number.isNaN(costUsd) && { costUsd }),
  };
}
