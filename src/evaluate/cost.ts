import type { ConsultBound } from '../domain/ports.ts';
import type { ModelRequest } from '../domain/trial.ts';
import { type Amounts, expectedOf, isFree, mostOf, type Prices, priced, priceOf } from './bounds.ts';
import type { Plan } from './plan.ts';
import { questionsOf } from './question-set.ts';
import { mostAttempts, mostPaidAttempts } from './retry.ts';

/** What a plan asks for. */
export interface PlanCost {
  /** Every request once, at four bytes a token and answers of at most 256 tokens. */
  readonly expected: Amounts;
  /** Upper bound with every request sent once: each byte a token, each answer at its limit. */
  readonly most: Amounts;
  /** Upper bound with every retry there may be. */
  readonly worst: Amounts;
  /** How many of the calls are for grading. */
  readonly consults: number;
  /** Models without a price, sorted. */
  readonly unpriced: readonly string[];
  /** Models that are paid for and asked without a limit on the answer's tokens, sorted. */
  readonly unlimited: readonly string[];
}

/** `consults`: what grading an answer of that subject may ask; `besides`: what is asked for grading once, whatever the plan. */
export function costOf(
  plan: Plan,
  prices: Prices,
  consults: (subject: string) => readonly ConsultBound[] = () => [],
  besides: readonly ConsultBound[] = [],
): PlanCost {
  const asking = askingCost(plan, prices);
  const [expected, most] = [new Sum().add(asking.expected), new Sum().add(asking.most)];
  const unpriced = new Set(asking.unpriced);
  let asked = 0;
  for (const { bound, trials } of [...gradings(plan, consults), ...besides.map((bound) => ({ bound, trials: 1 }))]) {
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
    unpriced: [...unpriced].sort(),
    unlimited: asking.unlimited,
  };
}

/** What a plan asks for, but for grading. */
interface AskingCost extends Pick<PlanCost, 'expected' | 'most' | 'unpriced' | 'unlimited'> {
  readonly prices: Prices;
}

const known = new WeakMap<Plan, AskingCost>();

/** Found once for each plan: every request is made for it. */
function askingCost(plan: Plan, prices: Prices): AskingCost {
  const earlier = known.get(plan);
  if (earlier?.prices === prices) return earlier;
  const [expected, most] = [new Sum(), new Sum()];
  const [unpriced, unlimited] = [new Set<string>(), new Set<string>()];
  for (const { request } of questionsOf(plan)) {
    expected.add(expectedOf(request, prices));
    most.add(mostOf(request, prices));
    if (priceOf(request.model, prices) === undefined) unpriced.add(request.model);
    if (isUnlimited(request, prices)) unlimited.add(request.model);
  }
  const cost = { prices, expected: expected.amounts(), most: most.amounts(), unpriced: [...unpriced], unlimited: [...unlimited].sort() };
  known.set(plan, cost);
  return cost;
}

/** What grading the trials of each subject may ask. */
function gradings({ stretches }: Plan, consults: (subject: string) => readonly ConsultBound[]) {
  return stretches.flatMap(({ subject, examples, perExample }) =>
    consults(subject).map((bound) => ({ bound, trials: examples * perExample })),
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
