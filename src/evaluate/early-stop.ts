import { type Sequence, sliced } from '../domain/sequence.ts';
import type { Plan, Stretch, SubjectTrial } from './plan.ts';
import type { QuestionSet } from './question-set.ts';

/** Says whether a subject's first `examples` of `planned` examples show harm enough to end it. Asked once per example, in plan order. */
export type Harmed = (subject: string, examples: number, planned: number, trials: Sequence<SubjectTrial>) => boolean;

/** What is watched. */
export interface Watched {
  readonly plan: Plan;
  readonly questions: QuestionSet;
  /** In plan order; looked at only where they are settled. */
  readonly trials: Sequence<SubjectTrial>;
  readonly isSettled: (trial: number) => boolean;
}

interface Progress {
  readonly stretch: Stretch;
  /** Leading examples whose trials are all settled. */
  complete: number;
  ended: boolean;
}

/**
 * Ends a subject once its first examples have shown harm. It looks at leading examples only, each whole, so that the order in which
 * answers arrive changes nothing: what was answered beyond the last one looked at does not count.
 */
export class EarlyStop {
  readonly #subjects: ReadonlyMap<string, Progress>;
  readonly #plan: Plan;
  readonly #questions: QuestionSet;
  readonly #isSettled: (trial: number) => boolean;
  readonly #trials: Sequence<SubjectTrial>;
  readonly #harmed: Harmed;
  #anyEnded = false;

  constructor({ plan, questions, isSettled, trials }: Watched, harmed: Harmed) {
    this.#plan = plan;
    this.#questions = questions;
    this.#isSettled = isSettled;
    this.#trials = trials;
    this.#harmed = harmed;
    this.#subjects = new Map(plan.stretches.map((stretch) => [stretch.subject, { stretch, complete: 0, ended: false }]));
  }

  /** Whether any subject still needs this question. */
  wants(question: number): boolean {
    return !this.#anyEnded || this.#questions.trialsOf(question).some((trial) => !this.#progressOf(trial).ended);
  }

  /** Takes in that a question was settled. */
  settled(question: number): void {
    const subjects = new Set(this.#questions.trialsOf(question).map((trial) => this.#progressOf(trial)));
    for (const progress of subjects) this.#advance(progress);
  }

  /** Looks again from the first example on, since answers were replaced. */
  restart(): void {
    this.#anyEnded = false;
    for (const progress of this.#subjects.values()) {
      Object.assign(progress, { complete: 0, ended: false });
      this.#advance(progress);
    }
  }

  /** Subjects that ended, with how many of their examples count. */
  ended(): ReadonlyMap<string, number> {
    return new Map([...this.#subjects].flatMap(([name, { ended, complete }]) => (ended ? [[name, complete]] : [])));
  }

  #progressOf(trial: number): Progress {
    return this.#subjects.get(this.#plan.stretchOf(trial).stretch.subject)!;
  }

  #advance(progress: Progress): void {
    const { subject, from, examples, perExample } = progress.stretch;
    while (!progress.ended && progress.complete < examples) {
      const end = from + (progress.complete + 1) * perExample;
      for (let trial = end - perExample; trial < end; trial++) if (!this.#isSettled(trial)) return;
      progress.complete += 1;
      progress.ended = this.#harmed(subject, progress.complete, examples, sliced(this.#trials, from, end));
      this.#anyEnded ||= progress.ended;
    }
  }
}
