import { NarrowColumn } from '../domain/narrow-column.ts';
import type { ModelRequest } from '../domain/trial.ts';
import { lacksRefused, shapeKey } from './questions.ts';

/** A request as it went out: what the server made of its parameters is what matters here, not what it says. */
export interface Sent {
  readonly request: ModelRequest;
  /** Parameters that were refused by then, and not sent. */
  readonly withheld: readonly string[];
}

/** The parameters that a model of this name has refused by now. */
type Refused = (model: string) => readonly string[];

/** What was sent for the sake of each question: its own request first, then those of its grading. Equal lists are kept once. */
export class SentLists {
  readonly #lists: (readonly Sent[])[] = [[]];
  readonly #codes = new Map<string, number>();
  /** By question; 0: nothing. */
  readonly #of: NarrowColumn;

  constructor(questions: number) {
    this.#of = new NarrowColumn(questions);
  }

  put(question: number, sent: readonly Sent[]): void {
    const distinct = new Map(sent.map((one) => [`${shapeKey(one.request)} ${one.withheld.join()}`, one]));
    const key = [...distinct.keys()].join('\n');
    let code = this.#codes.get(key);
    if (code === undefined) {
      code = this.#lists.length;
      this.#codes.set(key, code);
      this.#lists.push([...distinct.values()].map(({ request, withheld }) => ({ request: { ...request, messages: [] }, withheld })));
    }
    this.#of.put(question, code);
  }

  /** Whether everything sent went, or would have gone, without the parameters that its model has `refused` by now. */
  isFresh(question: number, refused: Refused): boolean {
    return this.#lists[this.#of.at(question)]!.every(({ request, withheld }) => lacksRefused(request, withheld, refused(request.model)));
  }

  /** What was withheld from the question's own request, if the same would be now; else undefined. */
  withheldStill(question: number, refused: Refused): readonly string[] | undefined {
    const [own] = this.#lists[this.#of.at(question)]!;
    return own !== undefined && lacksRefused(own.request, own.withheld, refused(own.request.model)) ? own.withheld : undefined;
  }
}
