import type { LanguageModel } from '../../domain/ports.ts';
import type { Answer, ModelRequest, Spent } from '../../domain/trial.ts';
import { inputBound, usdOf } from '../../evaluate/bounds.ts';
import { capsLeft } from '../../evaluate/caps.ts';
import type { RunOptions, RunOutcome } from '../../evaluate/run.ts';
import { plus } from '../../evaluate/tally.ts';
import { type Budget, nothing, type Spend } from '../../search/spend.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Means } from './means.ts';

/** What a search spends, below the run's caps. */
export class Spending {
  readonly #means: Means;
  readonly #startedMs: number;
  #spent: Spent;
  #cached = 0;
  /** What an attempt that was cut off had under way, and that is not counted yet. */
  lost: Spend;

  constructor(means: Means, lost: Spend = nothing) {
    this.#means = means;
    this.#startedMs = means.world.clock.now();
    this.#spent = means.earlier;
    this.lost = lost;
  }

  /** How a batch is asked within its allowance. */
  options(model: LanguageModel, { calls, usd }: Budget): Omit<RunOptions, 'grade'> {
    const { settings, answers, journal, caps, world } = this.#means;
    const { clock, signal, scratch } = world;
    const minutes = (clock.now() - this.#startedMs) / 60_000;
    const { costUsd, ...left } = capsLeft(caps, { ...this.#spent, minutes });
    const allowed = { calls: calls - this.lost.calls, ...(usd !== undefined && { costUsd: Math.max(0, usd - this.lost.usd) }) };
    return {
      model,
      ...(answers && { answers }),
      ...(scratch && { scratch }),
      ...(journal && { journal }),
      concurrency: settings.concurrency,
      timeoutMs: settings.timeoutMs,
      prices: settings.prices,
      clock,
      signal,
      caps: {
        ...left,
        ...allowed,
        ...(usd === undefined && costUsd !== undefined && { costUsd }),
      },
    };
  }

  add(outcome: RunOutcome): void {
    this.#spent = plus(this.#spent, outcome);
    this.#cached += outcome.cached;
  }

  get spent(): Spent {
    return this.#spent;
  }

  get cached(): number {
    return this.#cached;
  }
}

/** What an answer counts for: its tokens as the server counted them, else their bound. 0 USD where a price is unknown. */
export function spendOf(request: ModelRequest, { usage }: Answer, { prices }: Settings): Spend {
  const { maxOutputTokens } = request.params;
  const tokens = usage ?? { inputTokens: inputBound(request), ...(maxOutputTokens !== undefined && { outputTokens: maxOutputTokens }) };
  return { calls: 1, usd: usdOf(request.model, tokens, prices) ?? 0 };
}
