import type { CapName } from '../domain/policy.ts';
import type { BudgetReason } from '../domain/verdict.ts';
import type { Markup } from './markup.ts';
import { counted, grouped, usd } from './numbers.ts';

const amounts: Readonly<Record<CapName, (value: number) => string>> = {
  calls: (value) => counted(value, 'call'),
  inputTokens: (value) => counted(value, 'input token'),
  outputTokens: (value) => counted(value, 'output token'),
  inputTokensPerTrial: (value) => `${counted(value, 'input token')} a trial`,
  outputTokensPerTrial: (value) => `${counted(value, 'output token')} a trial`,
  costUsd: usd,
  minutes: (value) => `${value < 10 ? Number(value < 1 ? value.toPrecision(2) : value.toFixed(1)) : Math.ceil(value)} min`,
};

/** `200 calls`, `0.50 USD`, `30 min`. */
export const amountOf = (cap: CapName, value: number): string => amounts[cap](value);

/** Which cap it was, and what it would have taken. */
export function budgetSentence({ cap, allowed, needed, exampleId, breach, pullRequest }: BudgetReason, markup: Markup): string {
  const most = amountOf(cap, pullRequest?.cap ?? allowed);
  if (exampleId !== undefined)
    return `The question about ${markup.code(exampleId)} may have ${grouped(needed)} tokens, and the cap is ${most}.`;
  if (breach !== undefined) {
    const used = `${amountOf(breach.amount, breach.used)} where at most ${grouped(breach.reserved)} were allowed for`;
    return `A reply of ${markup.code(breach.model)} used ${used}, so the cap of ${most} cannot be kept with this server.`;
  }
  if (pullRequest === undefined) return `The cap of ${most} is too low: ${amountOf(cap, needed)} would be needed.`;
  const earlier = amountOf(cap, pullRequest.earlier);
  return `The cap of ${most} on this pull request is too low: earlier runs used ${earlier}, and this one would need ${amountOf(cap, needed)}.`;
}
