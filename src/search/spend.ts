/** What requests use: of the task's model, the proposer and the judge alike, retries included. */
export interface Spend {
  readonly calls: number;
  /** 0 where a price is unknown, which a cap in USD rules out beforehand. */
  readonly usd: number;
}

/** Most that a search may use. Absent: no cap of that kind. */
export interface Budget {
  readonly calls: number;
  readonly usd?: number;
}

export const nothing: Spend = { calls: 0, usd: 0 };

export function plus(...spends: readonly Spend[]): Spend {
  return spends.reduce((sum, { calls, usd }) => ({ calls: sum.calls + calls, usd: sum.usd + usd }), nothing);
}

export function minus(one: Spend, other: Spend): Spend {
  return { calls: one.calls - other.calls, usd: one.usd - other.usd };
}

export function times({ calls, usd }: Spend, count: number): Spend {
  return { calls: calls * count, usd: usd * count };
}

/** What a budget has left after these; below zero where they were more. */
export function left(budget: Budget, ...used: readonly Spend[]): Budget {
  const { calls, usd } = plus(...used);
  return { calls: budget.calls - calls, ...(budget.usd !== undefined && { usd: budget.usd - usd }) };
}

export function covers(budget: Budget, { calls, usd }: Spend): boolean {
  return calls <= budget.calls && (budget.usd === undefined || usd <= budget.usd);
}

/** How many of these a budget pays for, at most `most`. */
export function affordable(budget: Budget, each: Spend, most: number): number {
  const byCalls = each.calls === 0 ? most : Math.floor(budget.calls / each.calls);
  const byUsd = budget.usd === undefined || each.usd === 0 ? most : Math.floor(budget.usd / each.usd);
  return Math.max(0, Math.min(most, byCalls, byUsd));
}

/** What a batch may use with its retries: a quarter more than it needs, and not more than there is. */
export function withRetries(budget: Budget, needed: Spend): Budget {
  const { calls, usd } = times(needed, 1.25);
  return {
    calls: Math.min(budget.calls, Math.ceil(calls)),
    ...(budget.usd !== undefined && { usd: Math.min(budget.usd, usd) }),
  };
}
