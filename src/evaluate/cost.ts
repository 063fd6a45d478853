import type { ConsultBound } from '../domain/ports.ts';
import type { ModelRequest } from '../domain/trial.ts';
import { type Amounts, expectedOf, isFree, mostOf, type Prices, priced, priceOf } from './bounds.ts';
import type { PlannedTrial } from './plan.ts';
import { distinctQuestions } from './questions.ts';
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

/** `consults`: what grading an answer of that subject may ask. */
export function costOf(
  plan: readonly PlannedTrial[],
  prices: Prices,
  consults: (subject: string) => readonly ConsultBound[] = () => [],
): PlanCost {
  const requests = distinctQuestions(plan).map(({ request }) => request);
  const gradings = plan.flatMap(({ subject }) => consults(subject));
  const graded = gradings.map((bound) => times(priced(bound.model, bound, prices), bound.calls));
  const most = sumOf([...requests.map((request) => mostOf(request, prices)), ...graded]);
  return {
    expected: sumOf([...requests.map((request) => expectedOf(request, prices)), ...graded]),
    most,
    worst: { ...times(most, mostPaidAttempts), calls: most.calls * mostAttempts },
    consults: gradings.reduce((sum, { calls }) => sum + calls, 0),
    unpriced: modelsOf([...requests, ...gradings].filter(({ model }) => priceOf(model, prices) === undefined)),
    unlimited: modelsOf(requests.filter((request) => isUnlimited(request, prices))),
  };
}

function isUnlimited({ model, params }: ModelRequest, prices: Prices): boolean {
  const price = priceOf(model, prices);
  return params.maxOutputTokens === undefined && (price === undefined || !isFree(price));
}

const modelsOf = (requests: readonly { readonly model: string }[]): string[] => [...new Set(requests.map(({ model }) => model))].sort();

/** A part is absent from the sum where any of the amounts lacks it. */
export function sumOf(all: readonly Amounts[]): Amounts {
  let [calls, inputTokens, outputTokens, costUsd] = [0, 0, 0, 0];
  for (const each of all) {
    calls += each.calls;
    inputTokens += each.inputTokens;
    outputTokens += each.outputTokens ?? Number.NaN;
    costUsd += each.costUsd ?? Number.NaN;
  }
  return amounts(calls, inputTokens, outputTokens, costUsd);
}

function times({ calls, inputTokens, outputTokens = Number.NaN, costUsd = Number.NaN }: Amounts, n: number): Amounts {
  return amounts(calls * n, inputTokens * n, outputTokens * n, costUsd * n);
}

function amounts(calls: number, inputTokens: number, outputTokens: number, costUsd: number): Amounts {
  return {
    calls,
    inputTokens,
    ...(!Number.isNaN(outputTokens) && { outputTokens }),
    ...(!Number.isNaN(costUsd) && { costUsd }),
  };
}
