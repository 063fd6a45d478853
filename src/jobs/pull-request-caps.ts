import type { RunCaps, Spend } from '../domain/policy.ts';
import type { BudgetReason } from '../domain/verdict.ts';
import { countedAmounts } from '../evaluate/bounds.ts';
import type { Settings } from '../settings/settings.ts';
import type { World } from './world.ts';

/** The caps on all runs on one pull request together, and what earlier runs used. */
export interface PullRequestSpend {
  readonly caps: RunCaps;
  /** Within the caps; undefined: unknown, which counts as nothing. */
  readonly earlier: Spend | undefined;
}

const names = [...countedAmounts, 'minutes'] as const;

/** Undefined where no such cap is set or no pull request is concerned. What a comment says of earlier spend is taken to be within the caps. */
export async function pullRequestSpend(
  { caps: { perPullRequest: caps } }: Settings,
  { earlierSpend }: Pick<World, 'earlierSpend'>,
): Promise<PullRequestSpend | undefined> {
  if (caps === undefined || earlierSpend === undefined) return undefined;
  const earlier = await earlierSpend();
  if (earlier === undefined || (caps.costUsd !== undefined && earlier.costUsd === undefined)) return { caps, earlier: undefined };
  const within = Object.fromEntries(names.map((name) => [name, Math.min(earlier[name] ?? 0, caps[name] ?? Infinity)]));
  return { caps, earlier: { ...earlier, ...within } };
}

/** The settings with each cap as low as what is left of the pull request's. */
export function tightened(settings: Settings, spend: PullRequestSpend | undefined): Settings {
  if (spend === undefined) return settings;
  const lower = names.flatMap((name) => {
    const left = leftOf(spend, name);
    return left === undefined ? [] : [[name, Math.min(left, settings.caps[name] ?? Infinity)] as const];
  });
  return { ...settings, caps: { ...settings.caps, ...Object.fromEntries(lower) } };
}

/** What a reason says of the pull request's cap, where that is the one that was reached. */
export function pullRequestPart({ cap, allowed }: BudgetReason, spend: PullRequestSpend | undefined): Pick<BudgetReason, 'pullRequest'> {
  const name = names.find((each) => each === cap);
  if (name === undefined || spend === undefined || leftOf(spend, name) !== allowed) return {};
  return { pullRequest: { cap: spend.caps[name]!, earlier: spend.earlier?.[name] ?? 0 } };
}

/** Earlier runs and this one together. */
export function together(earlier: Spend | undefined, own: Spend): Spend {
  if (earlier === undefined) return own;
  const { costUsd: before, ...counts } = earlier;
  return {
    calls: counts.calls + own.calls,
    inputTokens: counts.inputTokens + own.inputTokens,
    outputTokens: counts.outputTokens + own.outputTokens,
    minutes: counts.minutes + own.minutes,
    ...(before !== undefined && own.costUsd !== undefined && { costUsd: before + own.costUsd }),
  };
}

function leftOf({ caps, earlier }: PullRequestSpend, name: (typeof names)[number]): number | undefined {
  const cap = caps[name];
  return cap === undefined ? undefined : cap - (earlier?.[name] ?? 0);
}
