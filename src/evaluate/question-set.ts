import { NarrowColumn } from '../domain/narrow-column.ts';
import type { Sequence } from '../domain/sequence.ts';
import { bitsOfKey, TextNumbers } from '../domain/text-numbers.ts';
import type { PlannedTrial } from './plan.ts';
import { type Question, requestKey, shapeKey } from './questions.ts';

const known = new WeakMap<Sequence<PlannedTrial>, QuestionSet>();

/** The plan's questions in the order of their first trial. Equal requests at the same repeat are one question. Found once for each plan. */
export function questionsOf(plan: Sequence<PlannedTrial>): QuestionSet {
  const questions = known.get(plan) ?? new QuestionSet(plan);
  known.set(plan, questions);
  return questions;
}

const NONE = 0xffff_ffff;

/** Questions as numbers into their plan, a few bytes for each trial: requests are made again where they are looked at. */
export class QuestionSet implements Sequence<Question> {
  readonly length: number;
  /** How many requests differ in more than their messages. */
  readonly shapes: number;
  readonly #plan: Sequence<PlannedTrial>;
  /** By question. */
  readonly #shape: NarrowColumn;
  /** Absent: each trial is a question of its own, of the same number. */
  readonly #shared: Shared | undefined;

  constructor(plan: Sequence<PlannedTrial>) {
    let shared: Shared | undefined;
    const shape = new NarrowColumn(plan.length);
    const keys = new TextNumbers((question) => keyOf(plan.at(shared?.first[question] ?? question)!), bitsOfKey);
    const shapes = new Map<string, number>();
    let trial = 0;
    for (const planned of plan) {
      const before = keys.size;
      const question = keys.of(keyOf(planned));
      if (question === before) {
        const key = shapeKey(planned.request);
        if (!shapes.has(key)) shapes.set(key, shapes.size);
        shape.put(question, shapes.get(key)!);
        shared?.begin(question, trial);
      } else {
        shared ??= new Shared(plan.length, trial);
        shared.add(question, trial);
      }
      trial += 1;
    }
    this.#plan = plan;
    this.#shared = shared;
    this.length = keys.size;
    this.shapes = shapes.size;
    this.#shape = shape;
  }

  at(question: number): Question | undefined {
    if (!(question >= 0 && question < this.length)) return undefined;
    const { request, repeat, exampleId } = this.#plan.at(this.#shared?.first[question] ?? question)!;
    return { request, repeat, exampleId, trials: this.trialsOf(question) };
  }

  /** Indices into the plan, ascending. */
  trialsOf(question: number): readonly number[] {
    return this.#shared?.trialsOf(question) ?? [question];
  }

  /** The question that a trial asks. */
  of(trial: number): number {
    return this.#shared?.question[trial] ?? trial;
  }

  /** Which of the `shapes` a question's request is of. */
  shapeOf(question: number): number {
    return this.#shape.at(question);
  }

  *[Symbol.iterator](): Iterator<Question> {
    for (let question = 0; question < this.length; question++) yield this.at(question)!;
  }
}

/** Which trials share a question: a chain for each. */
class Shared {
  /** By question: its first trial, and its last so far. */
  readonly first: Uint32Array;
  readonly #last: Uint32Array;
  /** By trial: its question, and the next trial of that. */
  readonly question: Uint32Array;
  readonly #next: Uint32Array;

  /** Of so many trials in all, the first of which have a question each. */
  constructor(trials: number, single: number) {
    this.first = new Uint32Array(trials);
    this.#last = new Uint32Array(trials);
    this.question = new Uint32Array(trials);
    this.#next = new Uint32Array(trials).fill(NONE);
    for (let trial = 0; trial < single; trial++) this.begin(trial, trial);
  }

  begin(question: number, trial: number): void {
    this.first[question] = trial;
    this.#last[question] = trial;
    this.question[trial] = question;
  }

  add(question: number, trial: number): void {
    this.#next[this.#last[question]!] = trial;
    this.#last[question] = trial;
    this.question[trial] = question;
  }

  trialsOf(question: number): number[] {
    const trials: number[] = [];
    for (let trial = this.first[question]!; trial !== NONE; trial = this.#next[trial]!) trials.push(trial);
    return trials;
  }
}

const keyOf = ({ request, repeat }: PlannedTrial): string => requestKey(request, repeat);
