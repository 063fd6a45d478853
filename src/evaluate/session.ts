import type { Caps } from '../domain/policy.ts';
import type { AnswerStore, Clock, Journal, LanguageModel, OnProgress, Scratch } from '../domain/ports.ts';
import { type Answer, type Failure, isFailure, type ModelRequest, type Spent } from '../domain/trial.ts';
import { randomStream } from '../stats/random.ts';
import { type Asker, ask, type Outcome } from './ask.ts';
import type { Prices } from './bounds.ts';
import { Consultant } from './consult.ts';
import type { EarlyStop } from './early-stop.ts';
import { type GradeTrial, type Grading, gradeAll } from './grading.ts';
import { journalled } from './journalled.ts';
import { KnownAnswers } from './known-answers.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { Pace } from './pace.ts';
import type { Plan } from './plan.ts';
import { type QuestionSet, questionsOf } from './question-set.ts';
import type { Question } from './questions.ts';
import { Results } from './results.ts';
import { SentLists } from './sent.ts';
import { openBreaker, type Stop, stopAtCap } from './stop.ts';
import { type TalliedLedger, tallied } from './tally.ts';

export interface SessionOptions {
  readonly model: LanguageModel;
  readonly grade: GradeTrial;
  /** What was answered before; absent: nothing, and nothing is kept. */
  readonly answers?: AnswerStore;
  /** Where answers go that do not fit in memory; absent: all stay there. */
  readonly scratch?: Scratch;
  readonly journal?: Journal;
  /** What an attempt at the same run spent that was cut off; absent: nothing. */
  readonly earlier?: Spent;
  /** Questions under way at a time, ≥ 1. */
  readonly concurrency: number;
  /** Longest that one attempt may take. */
  readonly timeoutMs: number;
  readonly caps: Caps;
  readonly prices: Prices;
  readonly clock: Clock;
  readonly onProgress?: OnProgress;
}

/** How long a cancelled run waits for answers that are likely paid for: the runner leaves it 7.5 s before it asks again, and 10 in all. */
const GRACE_MS = 1_000;

/** What a question ended in, and what its answer is worth to each of its trials; no grading of a failure. */
export interface Settled extends Outcome {
  readonly grading?: Grading;
}

/** The state of one run: what was asked, what came of it, and whether it goes on. */
export class Session {
  readonly questions: QuestionSet;
  readonly results: Results;
  readonly known: KnownAnswers;
  readonly ledger: Ledger;
  /** Through which grading pays. */
  readonly consulted: TalliedLedger;
  readonly #plan: Plan;
  readonly #options: SessionOptions;
  readonly #asker: Asker;
  readonly #consultant: Consultant;
  readonly #sent: SentLists;
  readonly #breaker: (failure: Failure | undefined) => Stop | undefined;
  readonly #closing = new AbortController();
  readonly #over = new AbortController();
  #callOff: () => void = () => {};
  #done = 0;
  #failed = 0;
  /** Trials that the end of the run cut short. */
  #cut = 0;
  #stop: Stop | undefined;

  constructor(plan: Plan, options: SessionOptions) {
    const { model, clock, timeoutMs, caps, prices, concurrency } = options;
    this.questions = questionsOf(plan);
    this.results = new Results(plan, this.questions, options.scratch);
    this.#sent = new SentLists(this.questions.length);
    this.known = new KnownAnswers(options.answers, model);
    const ledger = openLedger(caps, prices, options.earlier);
    this.ledger = options.journal === undefined ? ledger : journalled(ledger, options.journal);
    this.consulted = tallied(this.ledger);
    this.#plan = plan;
    this.#options = options;
    this.#breaker = openBreaker(concurrency);
    const pace = new Pace(concurrency, clock, randomStream('run', 'pace jitter'));
    const common = {
      model,
      known: this.known,
      pace,
      clock,
      timeoutMs,
      closing: this.#closing.signal,
      signal: this.#over.signal,
      everAnswered: false,
    };
    this.#asker = { ...common, ledger: this.ledger, jitter: randomStream('run', 'jitter') };
    this.#consultant = new Consultant(
      { ...common, ledger: this.consulted, jitter: randomStream('run', 'consult jitter') },
      options.scratch,
    );
  }

  get stopped(): Stop | undefined {
    return this.#stop;
  }

  /** Share of the trials that are settled, in [0, 1]. */
  get done(): number {
    return this.#done / this.#plan.length;
  }

  /** Trials that came to an end of their own, good or bad. */
  get endedTrials(): number {
    return this.#done - this.#cut;
  }

  /**
   * The first reason given stands. What is under way is cut short, except at a cap on what it costs: that much is already paid for. Whoever
   * cancels a run waits a moment longer for it, but nothing more is sent.
   */
  stop(why: Stop): void {
    this.#stop ??= why;
    if (why.reason === 'budget' && why.cap !== 'minutes') return;
    this.#closing.abort();
    if (why.reason !== 'cancelled') this.#over.abort();
    else this.#callOff = this.#options.clock.after(GRACE_MS, () => this.#over.abort());
  }

  /** To be called last: leaves no timer behind. */
  end(): void {
    this.#callOff();
  }

  /** Asks one question to its end and grades the answer, again if that was done before. */
  async settle(index: number): Promise<Settled> {
    const question = this.questions.at(index)!;
    const outcome = this.#answered(index) ?? (await ask(this.#asker, question.request, question.repeat));
    this.#checkCaps();
    const graded = outcome.reply.kind === 'answer' ? this.#graded(question, outcome, outcome.reply) : outcome;
    const settled = graded instanceof Promise ? await graded : graded;
    const isFirst = this.results.isOpen(index);
    this.#keep(index, question, settled);
    this.#checkCaps();
    if (isFirst) this.#report(question, settled);
    return settled;
  }

  /** Asks these questions in order, as many at a time as the run may, until all that are wanted are settled or the run is stopped. */
  async settleAll(indices: Iterable<number>, watch?: Pick<EarlyStop, 'wants' | 'settled'>): Promise<void> {
    const queue = once(indices);
    const work = async (): Promise<void> => {
      for (const index of queue) {
        if (this.#stop !== undefined) return;
        if (watch !== undefined && !watch.wants(index)) continue;
        const settled = await this.settle(index);
        watch?.settled(index);
        const dead = this.#breaker(failureOf(settled));
        if (dead !== undefined) this.stop(dead);
      }
    };
    await Promise.all(Array.from({ length: this.#options.concurrency }, work));
  }

  /** Questions never asked, in plan order. */
  unasked(): Generator<number> {
    return this.#indices((index) => this.results.isOpen(index));
  }

  /** How many questions need a call. */
  countUnknown(): number {
    let count = 0;
    for (let index = 0; index < this.questions.length; index++) if (this.isUnknown(index)) count += 1;
    return count;
  }

  /** Whether a question needs a call. */
  isUnknown(index: number): boolean {
    const { request, repeat } = this.questions.at(index)!;
    return !this.known.has(request, repeat);
  }

  /** Questions that were answered, or whose answers were graded, with a parameter that was refused later on: the rest of the run goes without it. */
  stale(): number[] {
    return [...this.#indices((index) => this.results.isAnswered(index) && !this.#sent.isFresh(index, this.#refused))];
  }

  /** The outcome of a question that need not be asked again, though its grading must be done again. */
  #answered(index: number): Outcome | undefined {
    if (!this.results.isAnswered(index)) return undefined;
    const withheld = this.#sent.withheldStill(index, this.#refused);
    return withheld && { reply: this.results.of(index).reply, withheld };
  }

  readonly #refused = (model: string): readonly string[] => this.#options.model.refusedParameters(model);

  #graded({ trials }: Question, outcome: Outcome, answer: Answer): Settled | Promise<Settled> {
    const places = trials.map((trial) => this.#plan.placeOf(trial));
    const grading = gradeAll(answer, places, this.#options.grade, this.#consultant, this.#over.signal);
    return grading instanceof Promise ? grading.then((late) => ({ ...outcome, grading: late })) : { ...outcome, grading };
  }

  #keep(index: number, { request }: Question, { reply, withheld, grading }: Settled): void {
    this.results.put(index, { reply, grades: grading?.grades ?? [] });
    this.#sent.put(index, [{ request, withheld }, ...(grading?.consulted ?? [])]);
  }

  *#requests(indices: Iterable<number>): Generator<ModelRequest> {
    for (const index of indices) yield this.questions.at(index)!.request;
  }

  *#indices(holds: (index: number) => boolean): Generator<number> {
    for (let index = 0; index < this.questions.length; index++) if (holds(index)) yield index;
  }

  #checkCaps(): void {
    const reached = this.ledger.reached();
    if (reached === undefined || this.#stop !== undefined) return;
    const open = this.#requests(this.#indices((index) => !this.results.isAnswered(index)));
    this.stop(stopAtCap(reached, this.#options, this.ledger.spent(), open));
  }

  #report({ trials }: Question, { reply, grading }: Settled): void {
    this.#done += trials.length;
    if (reply.kind === 'failure' && reply.reason === 'cancelled') this.#cut += trials.length;
    this.#failed += grading === undefined ? trials.length : grading.grades.filter(isFailure).length;
    const { calls, costUsd } = this.ledger.spent();
    const spent = { calls, ...(costUsd !== undefined && { costUsd }) };
    this.#options.onProgress?.({ done: this.#done, total: this.#plan.length, failed: this.#failed, ...spent });
  }
}

/** Whoever takes from it next gets what nobody has taken yet. */
function* once<T>(each: Iterable<T>): Generator<T> {
  yield* each;
}

/** Why a question brought no score at all; undefined where it brought one. */
export function failureOf({ reply, grading }: Settled): Failure | undefined {
  if (reply.kind === 'failure') return reply;
  return grading?.grades.every(isFailure) ? grading.grades[0] : undefined;
}
