import type { Caps, RunCaps } from '../domain/policy.ts';
import type { Problem } from '../domain/problem.ts';
import { type Amounts, countedAmounts } from './bounds.ts';
import type { PlanCost } from './cost.ts';

/** What keeps a cap from being kept, with the line that mends it: in USD an unknown price, in USD and output tokens an answer without a limit. */
export function capProblems({ unpriced, unlimited }: PlanCost, { costUsd, outputTokens }: RunCaps): Problem[] {
  const capped = costUsd === undefined ? 'output tokens' : 'USD';
  const withoutLimit = costUsd === undefined && outputTokens === undefined ? [] : unlimited;
  const withoutPrice = costUsd === undefined ? [] : unpriced;
  return [
    ...withoutPrice.map((model) => ({
      key: 'prices',
      what: `the price of "${model}" is unknown, so a cap in USD cannot be kept`,
      fix: `Write prices: { ${JSON.stringify(model)}: { inputPer1M: 0.00, outputPer1M: 0.00 } } into the settings, with its USD per million tokens.`,
    })),
    ...withoutLimit
      .filter((model) => !withoutPrice.includes(model))
      .map((model) => ({
        key: 'maxOutputTokens',
        what: `answers of "${model}" have no limit, so a cap in ${capped} cannot be kept`,
        fix: 'Write caps: { outputTokensPerTrial: 512 } into the settings, or another limit.',
      })),
  ];
}

/** Whether amounts stay below caps. What is not known is taken to fit: `capProblems` rules out what may not be unknown. */
export function fits(amounts: Amounts, caps: RunCaps): boolean {
  return countedAmounts.every((name) => (amounts[name] ?? 0) <= (caps[name] ?? Infinity));
}

/** What is left of caps once some was used. Never below zero. */
export function capsLeft(caps: Caps, used: Amounts & { readonly minutes: number }): Caps {
  const names = [...countedAmounts, 'minutes'] as const;
  const left = names.flatMap((name) => {
    const cap = caps[name];
    return cap === undefined ? [] : [[name, Math.max(0, cap - (used[name] ?? 0))] as const];
  });
  return { ...caps, ...Object.fromEntries(left) };
}
