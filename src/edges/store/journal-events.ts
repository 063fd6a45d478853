import * as z from 'zod';
import type { Spent } from '../../domain/trial.ts';
import { parsed } from './entries.ts';
import { isSound } from './line.ts';

const amount = z.number().min(0);
const spent: z.ZodType<Spent> = z.object({ calls: amount, inputTokens: amount, outputTokens: amount, costUsd: amount.optional() });

const eventSchema = z.discriminatedUnion('event', [
  /** A process takes the plan up, after attempts that `spent` so much. */
  z.object({ event: z.literal('planned'), host: z.string(), pid: z.int(), spent }),
  /** A call is about to be sent, and takes `most` at most. */
  z.object({ event: z.literal('called'), call: z.int(), most: spent }),
  /** What became of it. */
  z.object({ event: z.literal('settled'), call: z.int(), used: spent }),
]);

export type JournalEvent = z.infer<typeof eventSchema>;

const nothing: Spent = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

/** What a journal comes to: the fold of its events. */
export class Standing {
  /** Who wrote last. */
  owner: { readonly host: string; readonly pid: number } | undefined;
  #settled = nothing;
  readonly #open = new Map<number, Spent>();

  apply(event: JournalEvent): void {
    if (event.event === 'planned') {
      this.owner = { host: event.host, pid: event.pid };
      this.#settled = event.spent;
      this.#open.clear();
    } else if (event.event === 'called') this.#open.set(event.call, event.most);
    else {
      this.#open.delete(event.call);
      this.#settled = plus(this.#settled, event.used);
    }
  }

  /** A call whose end is not told took all that it might have. */
  spent(): Spent {
    return [...this.#open.values()].reduce(plus, this.#settled);
  }

  /** What calls may have taken whose end is not told. */
  open(): Spent {
    return [...this.#open.values()].reduce(plus, nothing);
  }

  /** The fewest events that come to the same. */
  *events(owner: { readonly host: string; readonly pid: number }): Generator<JournalEvent> {
    yield { event: 'planned', ...owner, spent: this.#settled };
    for (const [call, most] of this.#open) yield { event: 'called', call, most };
  }
}

/** What whole and sound lines tell; a torn or damaged one tells nothing. */
export function standingOf(bytes: Buffer): Standing {
  const standing = new Standing();
  for (let from = 0, end = bytes.indexOf(10); end !== -1; from = end + 1, end = bytes.indexOf(10, from)) {
    const line = bytes.subarray(from, end);
    const event = isSound(line) ? parsed(line, eventSchema) : undefined;
    if (event !== undefined) standing.apply(event);
  }
  return standing;
}

const plus = (one: Spent, other: Spent): Spent => ({
  calls: one.calls + other.calls,
  inputTokens: one.inputTokens + other.inputTokens,
  outputTokens: one.outputTokens + other.outputTokens,
  ...(one.costUsd !== undefined && other.costUsd !== undefined && { costUsd: one.costUsd + other.costUsd }),
});
