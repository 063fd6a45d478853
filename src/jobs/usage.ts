import type { Sequence } from '../domain/sequence.ts';
import type { Arm, Usage } from '../domain/trial.ts';
import { usdOf } from '../evaluate/bounds.ts';
import type { SubjectTrial } from '../evaluate/plan.ts';
import type { ArmUsage, UsageReport } from '../report/model.ts';
import type { Settings } from '../settings/settings.ts';
import type { Measurement } from './measurement.ts';

/** Of larger runs as many are looked at, evenly: their texts stand on disk. The step is odd, for the sides alternate. */
const MOST_LOOKED_AT = 20_000;

interface Sum {
  calls: number;
  inputTokens: number;
  outputTokens: number;
  /** Undefined once a price is unknown. */
  costUsd: number | undefined;
}

/**
 * What a call of each side takes on average, over its answers: those of the cache are counted as if they had been asked. Absent where a server does not
 * say how many tokens it took.
 */
export function usageOf(
  trials: Sequence<SubjectTrial>,
  models: Measurement['models'],
  prices: Settings['prices'],
): UsageReport | undefined {
  const sums: Record<Arm, Sum> = { base: nothing(), head: nothing() };
  const stride = Math.ceil(trials.length / MOST_LOOKED_AT / 2) * 2 - 1;
  for (let at = 0; at < trials.length; at += Math.max(1, stride)) {
    const { arm, outcome } = trials.at(at)!;
    if (outcome.kind !== 'answer') continue;
    if (outcome.usage === undefined) return undefined;
    add(sums[arm], outcome.usage, usdOf(models[arm] ?? '', outcome.usage, prices));
  }
  const [base, head] = [meanOf(sums.base), meanOf(sums.head)];
  return head && { ...(base && { base }), head };
}

const nothing = (): Sum => ({ calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 });

function add(sum: Sum, { inputTokens, outputTokens }: Usage, costUsd: number | undefined): void {
  sum.calls += 1;
  sum.inputTokens += inputTokens;
  sum.outputTokens += outputTokens;
  sum.costUsd = sum.costUsd === undefined || costUsd === undefined ? undefined : sum.costUsd + costUsd;
}

function meanOf({ calls, inputTokens, outputTokens, costUsd }: Sum): ArmUsage | undefined {
  if (calls === 0) return undefined;
  return {
    inputTokens: inputTokens / calls,
    outputTokens: outputTokens / calls,
    ...(costUsd !== undefined && { usdPer1000: (costUsd / calls) * 1000 }),
  };
}
