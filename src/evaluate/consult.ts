import type { Consult } from '../domain/ports.ts';
import type { ModelRequest } from '../domain/trial.ts';
import { type Asker, ask, type Outcome } from './ask.ts';
import { lacksRefused, requestKey } from './questions.ts';
import type { Sent } from './sent.ts';

/** Asks on behalf of grading. Equal requests at equal repeats are one question, however many answers they are about. */
export class Consultant {
  readonly #asker: Asker;
  readonly #asked = new Map<string, Promise<Outcome>>();

  constructor(asker: Asker) {
    this.#asker = asker;
  }

  /** How the grading of trials at this repeat asks; what it asked is added to `consulted`. */
  at(trialRepeat: number, consulted: Sent[]): Consult {
    return async (request, repeat = 0) => {
      const { reply, withheld } = await this.#outcome(request, `${trialRepeat}.${repeat}`);
      consulted.push({ request, withheld });
      return reply;
    };
  }

  #outcome(request: ModelRequest, repeat: string): Promise<Outcome> {
    const key = requestKey(request, repeat);
    const earlier = this.#asked.get(key);
    const outcome =
      earlier === undefined ? ask(this.#asker, request, repeat) : earlier.then((known) => this.#upToDate(request, repeat, known));
    this.#asked.set(key, outcome);
    return outcome;
  }

  /** An answer to what a parameter was sent with that was refused later on is asked for again: the rest of the run goes without it. */
  #upToDate(request: ModelRequest, repeat: string, known: Outcome): Outcome | Promise<Outcome> {
    return lacksRefused(request, known.withheld, this.#asker.model.refusedParameters(request.model))
      ? known
      : ask(this.#asker, request, repeat);
  }
}
