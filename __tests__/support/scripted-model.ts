import type { Clock, LanguageModel, RateLimits } from '../../src/domain/ports.ts';
import type { Answer, Failure, ModelRequest } from '../../src/domain/trial.ts';

export interface ScriptedModel extends LanguageModel {
  /** Every request asked, in order. */
  readonly asked: readonly ModelRequest[];
  /** Most requests under way at a time. */
  mostAtOnce(): number;
}

export interface ModelScript {
  readonly reply: (request: ModelRequest, count: number) => Answer | Failure;
  /** How long it takes; none if absent. */
  readonly latencyMs?: (request: ModelRequest, count: number) => number;
  readonly clock?: Clock;
  /** What it says of its limits in reply. */
  readonly limits?: (request: ModelRequest, count: number) => RateLimits;
  /** Parameters that it says were refused so far. */
  readonly refused?: () => readonly string[];
}

/** A model inside the process that does as its script says. */
export function scriptedModel({ reply, latencyMs, clock, limits, refused }: ModelScript): ScriptedModel {
  const asked: ModelRequest[] = [];
  let underWay = 0;
  let most = 0;
  return {
    endpoint: 'scripted',
    asked,
    mostAtOnce: () => most,
    ask: async (request, signal, heard) => {
      const count = asked.push(request) - 1;
      underWay += 1;
      most = Math.max(most, underWay);
      try {
        await clock?.sleep(latencyMs?.(request, count) ?? 0, signal);
        if (limits !== undefined) heard?.(limits(request, count));
        return reply(request, count);
      } catch {
        return failure('cancelled', { mayHaveCost: true });
      } finally {
        underWay -= 1;
      }
    },
    refusedParameters: () => refused?.() ?? [],
    close: () => Promise.resolve(),
  };
}

export const answer = (text: string, more: Partial<Answer> = {}): Answer => ({
  kind: 'answer',
  text,
  finish: 'stop',
  usage: { inputTokens: 10, outputTokens: 2 },
  latencyMs: 5,
  ...more,
});

const retryable = new Set<Failure['reason']>(['unreachable', 'timeout', 'rate-limited', 'server-error', 'bad-reply', 'parameter']);

export const failure = (reason: Failure['reason'], more: Partial<Failure> = {}): Failure => ({
  kind: 'failure',
  reason,
  sentence: `It failed: ${reason}.`,
  retryable: retryable.has(reason),
  ...more,
});
