import type { Journal } from '../domain/ports.ts';
import type { Ledger, Reservation } from './ledger.ts';
import { minus } from './tally.ts';

/** The same ledger, whose calls are written down before they are sent and again once they are settled. */
export function journalled(ledger: Ledger, journal: Journal): Ledger {
  const numbers = new Map<Reservation, number>();
  return {
    ...ledger,
    reserve: async (request) => {
      const reservation = await ledger.reserve(request);
      if (reservation !== undefined) numbers.set(reservation, journal.called({ outputTokens: 0, ...reservation.most }));
      return reservation;
    },
    settle: (reservation, fate) => {
      const before = ledger.spent();
      ledger.settle(reservation, fate);
      const call = numbers.get(reservation);
      if (call !== undefined && numbers.delete(reservation)) journal.settled(call, minus(ledger.spent(), before));
    },
  };
}
