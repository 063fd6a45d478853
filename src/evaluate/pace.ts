import type { Clock, RateLimits } from '../domain/ports.ts';
import type { Answer, Failure, ModelRequest } from '../domain/trial.ts';
import type { RandomStream } from '../stats/random.ts';
import { expectedOf } from './bounds.ts';
import { type Call, Lane } from './lane.ts';

/** Leave to send one call. */
export interface Turn {
  /** Takes in what the server said of its limits in reply. */
  readonly heard: (limits: RateLimits) => void;
  /** To be called once, whatever became of the call; without a reply where it was not sent. */
  readonly end: (reply?: Answer | Failure) => void;
}

interface Waiting {
  readonly place: number;
  readonly lane: Lane;
  readonly call: Call;
  readonly admit: () => void;
}

/** Lets calls through as fast as their models take them, and no more than `full` at a time. Which goes first depends on their places alone. */
export class Pace {
  readonly #full: number;
  readonly #clock: Clock;
  readonly #jitter: RandomStream;
  readonly #lanes = new Map<string, Lane>();
  /** By place, ascending. */
  readonly #waiting: Waiting[] = [];
  #places = 0;
  #underWay = 0;
  #callOff: () => void = () => {};

  constructor(full: number, clock: Clock, jitter: RandomStream) {
    this.#full = full;
    this.#clock = clock;
    this.#jitter = jitter;
  }

  /** The place of a new question: earlier ones go first, however often they are asked again. */
  place(): number {
    return this.#places++;
  }

  /** Waits for leave to ask, unless it can be given at once; undefined once `signal` fires. */
  enter(request: ModelRequest, place: number, signal: AbortSignal): Turn | undefined | Promise<Turn | undefined> {
    if (signal.aborted) return undefined;
    const lane = this.#lane(request.model);
    const call: Call = { tokens: tokensOf(request) };
    if (this.#waiting.length > 0 || this.#underWay >= this.#full || lane.waitMs(call) > 0) return this.#wait(lane, call, place, signal);
    this.#begin(lane, call);
    return this.#turn(lane, call);
  }

  #wait(lane: Lane, call: Call, place: number, signal: AbortSignal): Promise<Turn | undefined> {
    return new Promise((resolve) => {
      const cancel = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        resolve(undefined);
        this.#admit();
      };
      const admit = (): void => {
        signal.removeEventListener('abort', cancel);
        resolve(this.#turn(lane, call));
      };
      const waiting: Waiting = { place, lane, call, admit };
      signal.addEventListener('abort', cancel, { once: true });
      this.#waiting.splice(this.#waiting.findLastIndex((other) => other.place < place) + 1, 0, waiting);
      this.#admit();
    });
  }

  /** How long the model has refused every call for its rate, in ms. */
  refusedForMs(model: string): number {
    return this.#lane(model).refusedForMs();
  }

  #lane(model: string): Lane {
    const lane = this.#lanes.get(model) ?? new Lane(this.#full, this.#clock, this.#jitter);
    this.#lanes.set(model, lane);
    return lane;
  }

  #begin(lane: Lane, call: Call): void {
    this.#underWay += 1;
    lane.begin(call);
  }

  #turn(lane: Lane, call: Call): Turn {
    return {
      heard: (limits) => lane.heard(limits),
      end: (reply) => {
        lane.end(call, reply);
        this.#underWay -= 1;
        this.#admit();
      },
    };
  }

  /** Lets through all that may go, in order; a call that must wait holds up those of its own model alone. */
  #admit(): void {
    const held = new Map<Lane, number>();
    for (let at = 0; at < this.#waiting.length && this.#underWay < this.#full && held.size < this.#lanes.size; ) {
      const { lane, call, admit } = this.#waiting[at]!;
      const waitMs = held.has(lane) ? Infinity : lane.waitMs(call);
      if (waitMs > 0) {
        if (!held.has(lane)) held.set(lane, waitMs);
        at += 1;
        continue;
      }
      this.#waiting.splice(at, 1);
      this.#begin(lane, call);
      admit();
    }
    this.#wakeIn(Math.min(...held.values()));
  }

  /** Looks again after that time; not at all where only the end of a call can help. */
  #wakeIn(ms: number): void {
    this.#callOff();
    this.#callOff = ms === Infinity ? () => {} : this.#clock.after(ms, () => this.#admit());
  }
}

/** What servers count against a limit on tokens before they answer: what is sent, and the answer at its limit. */
function tokensOf(request: ModelRequest): number {
  const { inputTokens, outputTokens = 0 } = expectedOf(request, {});
  return inputTokens + (request.params.maxOutputTokens ?? outputTokens);
}
