import type { Scratch } from '../domain/ports.ts';
import type { Score } from '../domain/score.ts';
import type { Answer, Failure } from '../domain/trial.ts';
import { type Grade, isFailure } from './grading.ts';
import type { Plan, SubjectTrial, TrialPlace } from './plan.ts';
import type { QuestionSet } from './question-set.ts';
import { Shelf } from './shelf.ts';

/** What a question ended in: the reply, and what an answer is worth to each of its trials, in their order. */
export interface Result {
  readonly reply: Answer | Failure;
  readonly grades: readonly Grade[];
}

/** States of a question. */
const failed = 1;
const answered = 2;
/** Marks of a trial. */
const scored = 1;
const passed = 2;

/** About how many bytes a result takes besides its text. */
const plainBytes = 400;

/**
 * What came of each question, in columns of numbers: some twenty bytes a trial, however many there are. Texts stand on a shelf, which goes
 * on on disk where memory ends.
 */
export class Results {
  readonly #plan: Plan;
  readonly #questions: QuestionSet;
  readonly #shelf: Shelf<Result>;
  /** By question. */
  readonly #states: Uint8Array;
  readonly #latenciesMs: Float64Array;
  /** By trial. */
  readonly #values: Float64Array;
  readonly #marks: Uint8Array;

  constructor(plan: Plan, questions: QuestionSet, scratch?: Scratch) {
    this.#plan = plan;
    this.#questions = questions;
    this.#shelf = new Shelf(questions.length, bytesOf, scratch);
    this.#states = new Uint8Array(questions.length);
    this.#latenciesMs = new Float64Array(questions.length);
    this.#values = new Float64Array(plan.length);
    this.#marks = new Uint8Array(plan.length);
  }

  isOpen(question: number): boolean {
    return this.#states[question] === 0;
  }

  isAnswered(question: number): boolean {
    return this.#states[question] === answered;
  }

  /** What a settled question ended in. */
  of(question: number): Result {
    return this.#shelf.get(question)!;
  }

  put(question: number, result: Result): void {
    const { reply, grades } = result;
    this.#shelf.put(question, result);
    this.#states[question] = reply.kind === 'answer' ? answered : failed;
    this.#latenciesMs[question] = reply.kind === 'answer' ? reply.latencyMs : 0;
    for (const [nth, trial] of this.#questions.trialsOf(question).entries()) {
      const grade = grades[nth];
      const isScored = grade !== undefined && !isFailure(grade);
      this.#values[trial] = isScored ? grade.value : 0;
      this.#marks[trial] = isScored ? scored + (grade.pass ? passed : 0) : 0;
    }
  }

  /** The trial of this index in the plan; undefined while its question is open. Texts are fetched where they are looked at. */
  trial(index: number): SubjectTrial | undefined {
    const question = this.#questions.of(index);
    if (this.isOpen(question)) return undefined;
    const grade = (): Grade => this.of(question).grades[this.#questions.trialsOf(question).indexOf(index)]!;
    const isScored = (this.#marks[index]! & scored) !== 0;
    const isUngraded = !isScored && this.isAnswered(question);
    return trialAt(this.#plan.placeOf(index), {
      outcome: () => this.of(question).reply,
      score: isScored ? this.#scoreOf(index, () => scoreIn(grade())) : undefined,
      ungraded: () => (isUngraded ? failureIn(grade()) : undefined),
    });
  }

  /** The trial of an index whose question nobody will ask, or whose answer does not count. */
  missing(index: number, why: Failure): SubjectTrial {
    return trialAt(this.#plan.placeOf(index), { outcome: () => why, score: undefined, ungraded: () => undefined });
  }

  /** Wall time of each answer's call in ms, in the order of the questions. */
  latenciesMs(): Float64Array {
    return this.#latenciesMs.filter((_, question) => this.isAnswered(question));
  }

  #scoreOf(trial: number, whole: () => Partial<Score>): { readonly [key in keyof Required<Score>]: Score[key] } {
    return {
      value: this.#values[trial]!,
      pass: (this.#marks[trial]! & passed) !== 0,
      get reason() {
        return whole().reason ?? '';
      },
      get observed() {
        return whole().observed;
      },
      get broken() {
        return whole().broken;
      },
      get criteria() {
        return whole().criteria;
      },
    };
  }
}

interface Lazily {
  readonly outcome: () => Answer | Failure;
  readonly score: Score | undefined;
  readonly ungraded: () => Failure | undefined;
}

function trialAt(place: TrialPlace, { outcome, score, ungraded }: Lazily): SubjectTrial {
  return {
    subject: place.subject,
    arm: place.arm,
    example: place.example,
    get exampleId() {
      return place.exampleId;
    },
    repeat: place.repeat,
    get outcome() {
      return outcome();
    },
    score,
    get ungraded() {
      return ungraded();
    },
  };
}

const failureIn = (grade: Grade): Failure | undefined => (isFailure(grade) ? grade : undefined);
const scoreIn = (grade: Grade): Partial<Score> => (isFailure(grade) ? {} : grade);

function bytesOf({ reply }: Result): number {
  return plainBytes + 2 * (reply.kind === 'answer' ? reply.text : reply.sentence).length;
}
