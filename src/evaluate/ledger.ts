import type { RunCaps } from '../domain/policy.ts';
import type { ModelRequest, Spent, Usage } from '../domain/trial.ts';
import { type Amounts, countedAmounts, mostOf, type Prices, usdOf } from './bounds.ts';

/** What one attempt may use at most, set aside until its fate is known. */
export interface Reservation {
  readonly model: string;
  readonly most: Amounts;
}

/** What became of an attempt: it never left, it was not charged, nobody knows, or the server counted its tokens. */
export type Fate = 'unsent' | 'not-charged' | 'unknown' | Usage;

type CountedCap = (typeof countedAmounts)[number];

/** A reply with more tokens than the limit sent, or the bytes of its request, allow. */
export interface Breach {
  readonly model: string;
  readonly amount: 'inputTokens' | 'outputTokens';
  readonly reserved: number;
  readonly used: number;
}

/** The cap that refused a reservation, or that cannot be kept: a server broke it, or nobody knows what a call takes at most. */
export interface Reached {
  readonly cap: CountedCap;
  readonly breach?: Breach;
  /** A model whose price is unknown, or whose answers have no limit. */
  readonly unbounded?: { readonly model: string; readonly lacks: 'price' | 'limit' };
}

/** Keeps what is spent and set aside together below the caps, however many attempts are under way. */
export interface Ledger {
  /** Waits while attempts under way may yet free enough; undefined once they cannot: the cap is reached. */
  reserve(request: ModelRequest): Promise<Reservation | undefined>;
  settle(reservation: Reservation, fate: Fate): void;
  spent(): Spent;
  reached(): Reached | undefined;
}

/** Dollars are counted in millionths of millionths, so that sums are exact (to 9,000 USD) and come out the same in any order. */
const unitsPerUsd = 1e12;

const inUnits = (name: CountedCap, amount: number): number => (name === 'costUsd' ? Math.round(amount * unitsPerUsd) : amount);

type Tally = Record<CountedCap, number>;

const nothing = (): Tally => ({ calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 });

function add(tally: Tally, amounts: Amounts, sign: 1 | -1 = 1): void {
  for (const name of countedAmounts) tally[name] += sign * inUnits(name, amounts[name] ?? 0);
}

/** What an attempt that was sent comes to. */
function usedBy(model: string, most: Amounts, fate: Exclude<Fate, 'unsent'>, prices: Prices): Amounts {
  if (fate === 'unknown') return most;
  if (fate === 'not-charged') return { calls: 1, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  return { calls: 1, ...fate, costUsd: usdOf(model, fate, prices) };
}

/** `earlier`: what was spent before under the same caps. */
export function openLedger(caps: RunCaps, prices: Prices, earlier: Spent = { ...nothing() }): Ledger {
  const spent = nothing();
  add(spent, earlier);
  const reserved = nothing();
  const open = new Set<Reservation>();
  const capped = countedAmounts.filter((name) => caps[name] !== undefined);
  let isPriced = earlier.costUsd !== undefined;
  let reached: Reached | undefined;
  let waiting: (() => void)[] = [];

  const refusal = ({ model, most }: Reservation): Reached | undefined => {
    const cap = capped.find((name) => spent[name] + reserved[name] + inUnits(name, most[name] ?? Infinity) > inUnits(name, caps[name]!));
    if (cap === undefined || most[cap] !== undefined) return cap && { cap };
    return { cap, unbounded: { model, lacks: most.outputTokens === undefined ? 'limit' : 'price' } };
  };

  const charge = ({ model, most }: Reservation, fate: Fate): void => {
    if (fate === 'unsent') return;
    const used = usedBy(model, most, fate, prices);
    add(spent, used);
    if (used.costUsd === undefined) isPriced = false;
    const broken = capped.find((name) => inUnits(name, used[name] ?? 0) > inUnits(name, most[name] ?? 0));
    if (broken !== undefined) reached ??= { cap: broken, breach: breachOf(model, most, used) };
  };

  return {
    reserve: async (request) => {
      const reservation: Reservation = { model: request.model, most: mostOf(request, prices) };
      for (let refused = refusal(reservation); refused !== undefined; refused = refusal(reservation)) {
        if (open.size === 0 || refused.unbounded !== undefined) {
          reached ??= refused;
          return undefined;
        }
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      open.add(reservation);
      add(reserved, reservation.most);
      return reservation;
    },
    settle: (reservation, fate) => {
      if (!open.delete(reservation)) return;
      add(reserved, reservation.most, -1);
      charge(reservation, fate);
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    spent: () => {
      const { costUsd, ...counted } = spent;
      return { ...counted, ...(isPriced && { costUsd: costUsd / unitsPerUsd }) };
    },
    reached: () => reached,
  };
}

/** A cap in USD can only be broken through tokens. */
function breachOf(model: string, most: Amounts, used: Amounts): Breach {
  const amount = (used.outputTokens ?? 0) > (most.outputTokens ?? 0) ? 'outputTokens' : 'inputTokens';
  return { model, amount, reserved: most[amount] ?? 0, used: used[amount] ?? 0 };
}
