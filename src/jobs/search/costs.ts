import type { ConsultBound } from '../../domain/ports.ts';
import { mapped } from '../../domain/sequence.ts';
import { type Amounts, inputBound, type Prices, priced, priceOf } from '../../evaluate/bounds.ts';
import type { Costs, Proposer } from '../../search/setup.ts';
import type { Spend } from '../../search/spend.ts';
import type { Measurement } from '../measurement.ts';

/** A version may grow by half or by this many bytes: the length filter's bound at four bytes a token. */
const GROWTH = 0.5;
const ROOM_BYTES = 1600;
/** Exhibits of a request to the proposer, their headings and what it is told: three of 2,000 characters, each at most three bytes. */
const AROUND_BYTES = 24_000;

/** A model whose calls have no upper bound in USD. */
export interface Unbounded {
  readonly model: string;
  readonly lacks: 'price' | 'limit';
}

/** What one trial and one proposal use at most, and which models keep the dollars of that from being known. */
export function costsOf(
  measurement: Measurement,
  text: string,
  proposer: Proposer | undefined,
  prices: Prices,
): { readonly costs: Costs; readonly unbounded: readonly Unbounded[] } {
  const room = Math.max(GROWTH * Buffer.byteLength(text), ROOM_BYTES) + 8;
  const { subject, models, consults = [] } = measurement;
  const requests = mapped(subject.examples, (example) => example.requests.head!);
  let [inputTokens, limit] = [0, 0];
  for (const request of requests) {
    inputTokens = Math.max(inputTokens, inputBound(request) + room);
    limit = request.params.maxOutputTokens ?? Number.POSITIVE_INFINITY;
  }
  const asks: readonly Bound[] = [{ model: models.head, calls: 1, inputTokens, outputTokens: limit }, ...consults];
  const once = asks.map((bound) => spendOf(bound, prices));
  const proposal = proposer && proposalBound(proposer, text);
  return {
    costs: {
      trial: {
        calls: subject.repeats * sum(once.map(({ calls }) => calls)),
        usd: subject.repeats * sum(once.map(({ usd }) => usd)),
      },
      proposal: proposal === undefined ? { calls: 0, usd: 0 } : spendOf(proposal, prices),
    },
    unbounded: [...asks, ...(proposal ? [proposal] : [])].flatMap((bound) => unboundedOf(bound, prices)),
  };
}

type Bound = Pick<ConsultBound, 'model' | 'calls' | 'inputTokens' | 'outputTokens'>;

function proposalBound({ model, params }: Proposer, text: string): Bound {
  const inputTokens = 1.5 * Buffer.byteLength(text) + ROOM_BYTES + AROUND_BYTES;
  return { model, calls: 1, inputTokens, outputTokens: params.maxOutputTokens ?? Number.POSITIVE_INFINITY };
}

function amountsOf({ model, inputTokens, outputTokens }: Bound, prices: Prices): Amounts {
  return priced(model, { inputTokens, ...(Number.isFinite(outputTokens) && { outputTokens }) }, prices);
}

function spendOf(bound: Bound, prices: Prices): Spend {
  return { calls: bound.calls, usd: bound.calls * (amountsOf(bound, prices).costUsd ?? 0) };
}

function unboundedOf(bound: Bound, prices: Prices): Unbounded[] {
  if (amountsOf(bound, prices).costUsd !== undefined) return [];
  return [{ model: bound.model, lacks: priceOf(bound.model, prices) === undefined ? 'price' : 'limit' }];
}

const sum = (amounts: readonly number[]): number => amounts.reduce((so, amount) => so + amount, 0);
