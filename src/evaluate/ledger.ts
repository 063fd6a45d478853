import type { Caps } from '../domain/policy.ts';
import type { ModelRequest, Usage } from '../domain/trial.ts';
import { type Prices, usdOf, worstUsdOf } from './cost.ts';

/** What one attempt may use at most, set aside until its fate is known. */
interface Reservation {
  readonly model: string;
  /** Undefined where it cannot be known, which a cap in USD rules out beforehand. */
  readonly usd: number | undefined;
}

/** What became of an attempt: it never left, it was not charged, nobody knows, or the server counted its tokens. */
export type Fate = 'unsent' | 'not-charged' | 'unknown' | Usage;

export type CapName = keyof Caps;

export interface Spent {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** An upper bound where a fate was unknown; absent where a price is. */
  readonly costUsd?: number;
}

/** Keeps what is spent and set aside together below the caps, however many attempts are under way. */
export interface Ledger {
  /** Waits while attempts under way may yet free enough; undefined once they cannot: the cap is reached. */
  reserve(request: ModelRequest): Promise<Reservation | undefined>;
  settle(reservation: Reservation, fate: Fate): void;
  spent(): Spent;
  /** The cap that refused a reservation, or that a server broke by answering beyond the limit sent. */
  reached(): CapName | undefined;
}

export function openLedger(caps: Caps, prices: Prices): Ledger {
  const spent = { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0, isPriced: true };
  const open = new Set<Reservation>();
  let reservedUsd = 0;
  let reached: CapName | undefined;
  let waiting: (() => void)[] = [];

  const refusal = ({ usd = 0 }: Reservation): CapName | undefined => {
    if (caps.calls !== undefined && spent.calls + open.size + 1 > caps.calls) return 'calls';
    if (caps.costUsd !== undefined && spent.usd + reservedUsd + usd > caps.costUsd) return 'costUsd';
    return undefined;
  };

  const charge = ({ model, usd }: Reservation, fate: Fate): void => {
    if (fate === 'unsent') return;
    spent.calls += 1;
    if (fate === 'not-charged') return;
    const used = fate === 'unknown' ? undefined : fate;
    spent.inputTokens += used?.inputTokens ?? 0;
    spent.outputTokens += used?.outputTokens ?? 0;
    const cost = used === undefined ? usd : usdOf(model, used, prices);
    if (cost === undefined) spent.isPriced = false;
    spent.usd += cost ?? 0;
    // Rounding of sums is no breach.
    if (caps.costUsd !== undefined && (cost ?? 0) > (usd ?? 0) * (1 + 1e-9)) reached ??= 'costUsd';
  };

  return {
    reserve: async (request) => {
      const reservation: Reservation = { model: request.model, usd: worstUsdOf(request, prices) };
      for (let cap = refusal(reservation); cap !== undefined; cap = refusal(reservation)) {
        if (open.size === 0) {
          reached ??= cap;
          return undefined;
        }
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      open.add(reservation);
      reservedUsd += reservation.usd ?? 0;
      return reservation;
    },
    settle: (reservation, fate) => {
      if (!open.delete(reservation)) return;
      reservedUsd = open.size === 0 ? 0 : reservedUsd - (reservation.usd ?? 0);
      charge(reservation, fate);
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    spent: () => ({
      calls: spent.calls,
      inputTokens: spent.inputTokens,
      outputTokens: spent.outputTokens,
      ...(spent.isPriced && { costUsd: spent.usd }),
    }),
    reached: () => reached,
  };
}
