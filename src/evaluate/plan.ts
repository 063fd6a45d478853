import { column, type Sequence } from '../domain/sequence.ts';
import type { Arm, ModelRequest, Trial } from '../domain/trial.ts';
import { permutation, randomStream } from '../stats/random.ts';

/** Something to evaluate: a changed prompt, or the same prompt under proposed settings. */
export interface Subject {
  /** Names the subject in its trials; unique within a plan. */
  readonly name: string;
  /** Orders the examples: the eval set's digest, so that equal eval sets run in equal order. */
  readonly seed: string;
  /** Runs of each version on each example, ≥ 1. */
  readonly repeats: number;
  /** How many of these were asked before and are left out; absent: none. */
  readonly asked?: number;
  /** In the eval set's order, each asked by the same arms. */
  readonly examples: Sequence<ExampleRequests>;
}

/** What each arm asks about one example. A new prompt has no `base`. */
export interface ExampleRequests {
  readonly exampleId: string;
  readonly requests: Readonly<Partial<Record<Arm, ModelRequest>>>;
  /** Those of a lower one are asked first; absent: all are alike. */
  readonly rank?: number;
}

/** What is known of a trial before its request is made. */
export interface TrialPlace {
  readonly subject: string;
  readonly arm: Arm;
  /** Place of the example in the eval set, 0-based. */
  readonly example: number;
  readonly exampleId: string;
  /** 0-based. */
  readonly repeat: number;
}

/** A trial before it is asked. */
export interface PlannedTrial extends TrialPlace {
  readonly request: ModelRequest;
}

/** A trial of one of the plan's subjects. */
export interface SubjectTrial extends Trial {
  readonly subject: string;
}

/** Where a subject's trials stand in a plan: those of one example beside each other, example after example. */
export interface Stretch {
  readonly subject: string;
  /** The first of its trials. */
  readonly from: number;
  readonly examples: number;
  /** Trials of each example. */
  readonly perExample: number;
}

/**
 * Every trial in the order of asking. The two arms of an example stand side by side, a coin deciding which goes first, so that
 * a server that drifts or slows down does so for both. Subjects follow one another: whatever stops a run leaves the earlier
 * ones whole, where taking turns would leave all of them unfinished.
 */
export function planTrials(subjects: readonly Subject[]): Plan {
  return new Plan(subjects);
}

/** A plan holds the order and no request: each is made when its trial is looked at. */
export class Plan implements Sequence<PlannedTrial> {
  readonly length: number;
  readonly stretches: readonly Stretch[];
  readonly #orders: readonly Order[];

  constructor(subjects: readonly Subject[]) {
    let from = 0;
    this.#orders = subjects.map((subject) => {
      const order = new Order(subject, from);
      from += order.length;
      return order;
    });
    this.length = from;
    this.stretches = this.#orders.map((order) => order.stretch);
  }

  at(index: number): PlannedTrial | undefined {
    return this.#orderOf(index)?.trial(index);
  }

  /** The trial's place, without its request. */
  placeOf(index: number): TrialPlace {
    return this.#orderOf(index)!.place(index);
  }

  /** The stretch that a trial stands in, and the place of its example in the stretch's order. */
  stretchOf(index: number): { readonly stretch: Stretch; readonly nth: number } {
    const { stretch } = this.#orderOf(index)!;
    return { stretch, nth: Math.floor((index - stretch.from) / stretch.perExample) };
  }

  *[Symbol.iterator](): Iterator<PlannedTrial> {
    for (const order of this.#orders) {
      const { from } = order.stretch;
      for (let index = from; index < from + order.length; index++) yield order.trial(index);
    }
  }

  #orderOf(index: number): Order | undefined {
    return this.#orders.find(({ stretch: { from }, length }) => index >= from && index < from + length);
  }
}

/** Places by rank, as they were among equals. */
function inOrder(examples: Sequence<ExampleRequests>, drawn: Uint32Array): Uint32Array {
  if (examples.at(0)?.rank === undefined) return drawn;
  const ranks = column(examples, ({ rank = 0 }) => rank);
  return drawn.sort((one, other) => ranks[one]! - ranks[other]!);
}

/** One subject's part of a plan. */
class Order {
  readonly stretch: Stretch;
  readonly length: number;
  readonly #subject: Subject;
  readonly #arms: readonly Arm[];
  readonly #asked: number;
  readonly #examples: Uint32Array;
  /** By example in order and repeat: whether the head is asked first. */
  readonly #headFirst: Uint8Array;

  constructor(subject: Subject, from: number) {
    const { name, seed, repeats, asked = 0, examples } = subject;
    const { requests = {} } = examples.at(0) ?? {};
    this.#subject = subject;
    this.#arms = (['base', 'head'] as const).filter((arm) => requests[arm] !== undefined);
    this.#asked = asked;
    this.#examples = inOrder(examples, permutation(examples.length, randomStream(seed, 'example order')));
    const coin = randomStream(seed, 'arm order');
    this.#headFirst = Uint8Array.from({ length: examples.length * repeats }, () => (coin.uniform() < 0.5 ? 0 : 1));
    const perExample = this.#arms.length * (repeats - asked);
    this.stretch = { subject: name, from, examples: examples.length, perExample };
    this.length = examples.length * perExample;
  }

  trial(index: number): PlannedTrial {
    const { arm, example, repeat } = this.#locate(index);
    const { exampleId, requests } = this.#subject.examples.at(example)!;
    return { subject: this.#subject.name, arm, example, exampleId, repeat, request: requests[arm]! };
  }

  place(index: number): TrialPlace {
    const { arm, example, repeat } = this.#locate(index);
    return new Place(this.#subject, arm, example, repeat);
  }

  #locate(index: number): { readonly arm: Arm; readonly example: number; readonly repeat: number } {
    const { from, perExample } = this.stretch;
    const nth = Math.floor((index - from) / perExample);
    const within = (index - from) % perExample;
    const repeat = this.#asked + Math.floor(within / this.#arms.length);
    const isSecond = within % this.#arms.length;
    const swapped = this.#arms.length === 2 && this.#headFirst[nth * this.#subject.repeats + repeat] === 1;
    return { arm: this.#arms[swapped ? 1 - isSecond : isSecond]!, example: this.#examples[nth]!, repeat };
  }
}

/** The id is looked up where it is wanted. */
class Place implements TrialPlace {
  readonly subject: string;
  readonly arm: Arm;
  readonly example: number;
  readonly repeat: number;
  readonly #examples: Sequence<ExampleRequests>;

  constructor({ name, examples }: Subject, arm: Arm, example: number, repeat: number) {
    this.subject = name;
    this.arm = arm;
    this.example = example;
    this.repeat = repeat;
    this.#examples = examples;
  }

  get exampleId(): string {
    return this.#examples.at(this.example)!.exampleId;
  }
}
