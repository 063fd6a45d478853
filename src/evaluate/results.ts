import { NarrowColumn } from '../domain/narrow-column.ts';
import type { Scratch } from '../domain/ports.ts';
import type { Score } from '../domain/score.ts';
import { Shelf } from '../domain/shelf.ts';
import { type Answer, type Arm, type Failure, isFailure, type Took } from '../domain/trial.ts';
import type { Grade } from './grading.ts';
import type { Plan, SubjectTrial, TrialPlace } from './plan.ts';
import type { QuestionSet } from './question-set.ts';
import { replyBytes } from './reply-bytes.ts';
import { TookColumns } from './took.ts';

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

/**
 * What came of each question, in columns of numbers: some twenty bytes a trial at most, however many there are. Texts stand on a shelf, which goes
 * on on disk where memory ends.
 */
export class Results {
  readonly #plan: Plan;
  readonly #questions: QuestionSet;
  readonly #shelf: Shelf<Result>;
  /** By question. */
  readonly #states: Uint8Array;
  readonly #took: TookColumns;
  /** By trial. */
  readonly #values: NarrowColumn;
  readonly #marks: Uint8Array;

  constructor(plan: Plan, questions: QuestionSet, scratch?: Scratch) {
    this.#plan = plan;
    this.#questions = questions;
    this.#shelf = new Shelf(bytesOf, scratch, questions.length);
    this.#states = new Uint8Array(questions.length);
    this.#took = new TookColumns(questions.length);
    this.#values = new NarrowColumn(plan.length);
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
    this.#took.put(question, reply);
    for (const [nth, trial] of this.#questions.trialsOf(question).entries()) {
      const grade = grades[nth];
      const isScored = grade !== undefined && !isFailure(grade);
      this.#values.put(trial, isScored ? grade.value : 0);
      this.#marks[trial] = isScored ? scored + (grade.pass ? passed : 0) : 0;
    }
  }

  /** The trial of this index in the plan; undefined while its question is open. Texts are fetched where they are looked at. */
  trial(index: number): SubjectTrial | undefined {
    const question = this.#questions.of(index);
    if (this.isOpen(question)) return undefined;
    const marks = this.#marks[index]!;
    const nth = (): number => this.#questions.trialsOf(question).indexOf(index);
    const kept = new KeptResult(this.#shelf, question, nth);
    const score = (marks & scored) === 0 ? undefined : new KeptScore(this.#values.at(index), (marks & passed) !== 0, kept);
    return new KeptTrial(this.#plan.placeOf(index), kept, score, this.#took.of(question));
  }

  /** The trial of an index whose question nobody will ask, or whose answer does not count. */
  missing(index: number, why: Failure): SubjectTrial {
    return new KeptTrial(this.#plan.placeOf(index), { reply: why, grade: undefined }, undefined, undefined);
  }

  /** Wall time of each answer's call in ms, in the order of the questions. */
  latenciesMs(): Float32Array {
    return this.#took.latenciesMs();
  }
}

/** What a trial shares with the others of its question, and its own grade. */
interface Texts {
  readonly reply: Answer | Failure;
  readonly grade: Grade | undefined;
}

class KeptResult implements Texts {
  readonly #shelf: Shelf<Result>;
  readonly #question: number;
  readonly #nth: () => number;

  constructor(shelf: Shelf<Result>, question: number, nth: () => number) {
    this.#shelf = shelf;
    this.#question = question;
    this.#nth = nth;
  }

  get reply(): Answer | Failure {
    return this.#shelf.get(this.#question)!.reply;
  }

  get grade(): Grade | undefined {
    return this.#shelf.get(this.#question)!.grades[this.#nth()];
  }
}

class KeptTrial implements SubjectTrial {
  readonly subject: string;
  readonly arm: Arm;
  readonly example: number;
  readonly repeat: number;
  readonly score: Score | undefined;
  readonly took?: Took;
  readonly #place: TrialPlace;
  readonly #texts: Texts;

  constructor(place: TrialPlace, texts: Texts, score: Score | undefined, took: Took | undefined) {
    this.subject = place.subject;
    this.arm = place.arm;
    this.example = place.example;
    this.repeat = place.repeat;
    this.score = score;
    if (took !== undefined) this.took = took;
    this.#place = place;
    this.#texts = texts;
  }

  get exampleId(): string {
    return this.#place.exampleId;
  }

  get outcome(): Answer | Failure {
    return this.#texts.reply;
  }

  get ungraded(): Failure | undefined {
    if (this.score !== undefined) return undefined;
    const { grade } = this.#texts;
    return grade !== undefined && isFailure(grade) ? grade : undefined;
  }
}

/** Every part of a score: the numbers at hand, the rest fetched. */
class KeptScore implements Complete<Score> {
  readonly value: number;
  readonly pass: boolean;
  readonly #texts: Texts;

  constructor(value: number, pass: boolean, texts: Texts) {
    this.value = value;
    this.pass = pass;
    this.#texts = texts;
  }

  get reason(): string {
    return this.#whole.reason ?? '';
  }

  get observed(): Score['observed'] {
    return this.#whole.observed;
  }

  get broken(): Score['broken'] {
    return this.#whole.broken;
  }

  get criteria(): Score['criteria'] {
    return this.#whole.criteria;
  }

  get advisory(): Score['advisory'] {
    return this.#whole.advisory;
  }

  get unadvised(): Score['unadvised'] {
    return this.#whole.unadvised;
  }

  get #whole(): Partial<Score> {
    const { grade } = this.#texts;
    return grade === undefined || isFailure(grade) ? {} : grade;
  }
}

/** The same keys, none of which may be forgotten. */
type Complete<T> = { readonly [key in keyof Required<T>]: T[key] };

const bytesOf = ({ reply }: Result): number => replyBytes(reply);
