import type { Consult, Scratch } from '../domain/ports.ts';
import { Recollection } from '../domain/recollection.ts';
import type { ModelRequest } from '../domain/trial.ts';
import { type Asker, ask, type Outcome } from './ask.ts';
import { lacksRefused, requestKey } from './questions.ts';
import { replyBytes } from './reply-bytes.ts';
import type { Sent } from './sent.ts';

/** Which draw of a request a consultation is: the trial's repeat, then its own, both 0-based. */
export const consultRepeat = (trialRepeat: number, repeat: number): string => `${trialRepeat}.${repeat}`;

/** Asks on behalf of grading. Equal requests at equal repeats are one question, however many answers they are about. */
export class Consultant {
  readonly #asker: Asker;
  readonly #underWay = new Map<string, Promise<Outcome>>();
  readonly #known: Recollection<Outcome>;

  constructor(asker: Asker, scratch?: Scratch) {
    this.#asker = asker;
    this.#known = new Recollection(({ reply }) => replyBytes(reply), scratch);
  }

  /** How the grading of trials at this repeat asks; what it asked is added to `consulted`. */
  at(trialRepeat: number, consulted: Sent[]): Consult {
    return async (request, repeat = 0) => {
      const { reply, withheld } = await this.#outcome(request, consultRepeat(trialRepeat, repeat));
      consulted.push({ request, withheld });
      return reply;
    };
  }

  #outcome(request: ModelRequest, repeat: string): Promise<Outcome> {
    const key = requestKey(request, repeat);
    const outcome = this.#found(key, request, repeat).then((found) => {
      this.#known.put(key, found);
      if (this.#underWay.get(key) === outcome) this.#underWay.delete(key);
      return found;
    });
    this.#underWay.set(key, outcome);
    return outcome;
  }

  async #found(key: string, request: ModelRequest, repeat: string): Promise<Outcome> {
    const known = (await this.#underWay.get(key)) ?? this.#known.get(key);
    const isFresh = known && lacksRefused(request, known.withheld, this.#asker.model.refusedParameters(request.model));
    // What was sent with a parameter that was refused later on is asked for again: the rest of the run goes without it.
    return isFresh ? known : ask(this.#asker, request, repeat);
  }
}
