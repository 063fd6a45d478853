import type { Caps } from '../domain/policy.ts';
import type { AnswerStore, Clock, LanguageModel, OnProgress } from '../domain/ports.ts';
import type { Answer, Failure } from '../domain/trial.ts';
import { randomStream } from '../stats/random.ts';
import { type Asker, ask, type Outcome } from './ask.ts';
import type { Prices } from './bounds.ts';
import { Consultant } from './consult.ts';
import type { EarlyStop } from './early-stop.ts';
import { type GradeTrial, type Grading, gradeAll, isFailure } from './grading.ts';
import { KnownAnswers } from './known-answers.ts';
import { type Ledger, openLedger } from './ledger.ts';
import type { PlannedTrial } from './plan.ts';
import { distinctQuestions, lacksRefused, type Question } from './questions.ts';
import { openBreaker, type Stop, stopAtCap } from './stop.ts';
import { type TalliedLedger, tallied } from './tally.ts';

export interface SessionOptions {
  readonly model: LanguageModel;
  readonly grade: GradeTrial;
  /** What was answered before; absent: nothing, and nothing is kept. */
  readonly answers?: AnswerStore;
  /** Questions under way at a time, ≥ 1. */
  readonly concurrency: number;
  /** Longest that one attempt may take. */
  readonly timeoutMs: number;
  readonly caps: Caps;
  readonly prices: Prices;
  readonly clock: Clock;
  readonly onProgress?: OnProgress;
}

/** What a question ended in, and what its answer is worth to each of its trials; no grading of a failure. */
export interface Settled extends Outcome {
  readonly grading?: Grading;
}

/** The state of one run: what was asked, what came of it, and whether it goes on. */
export class Session {
  readonly questions: readonly Question[];
  /** By question; undefined: not settled yet. */
  readonly outcomes: (Settled | undefined)[];
  readonly known: KnownAnswers;
  readonly ledger: Ledger;
  /** Through which grading pays. */
  readonly consulted: TalliedLedger;
  readonly #plan: readonly PlannedTrial[];
  readonly #options: SessionOptions;
  readonly #asker: Asker;
  readonly #consultant: Consultant;
  readonly #breaker: (failure: Failure | undefined) => Stop | undefined;
  readonly #over = new AbortController();
  #done = 0;
  #failed = 0;
  #stop: Stop | undefined;

  constructor(plan: readonly PlannedTrial[], options: SessionOptions) {
    const { model, clock, timeoutMs, caps, prices, concurrency } = options;
    this.questions = distinctQuestions(plan);
    this.outcomes = this.questions.map(() => undefined);
    this.known = new KnownAnswers(options.answers, model);
    this.ledger = openLedger(caps, prices);
    this.consulted = tallied(this.ledger);
    this.#plan = plan;
    this.#options = options;
    this.#breaker = openBreaker(concurrency);
    const common = { model, known: this.known, clock, timeoutMs, signal: this.#over.signal, everAnswered: false };
    this.#asker = { ...common, ledger: this.ledger, jitter: randomStream('run', 'jitter') };
    this.#consultant = new Consultant({ ...common, ledger: this.consulted, jitter: randomStream('run', 'consult jitter') });
  }

  get stopped(): Stop | undefined {
    return this.#stop;
  }

  /** Share of the trials that are settled, in [0, 1]. */
  get done(): number {
    return this.#done / this.#plan.length;
  }

  /** The first reason given stands. What is under way is cut short, except at a cap on what it costs: that much is already paid for. */
  stop(why: Stop): void {
    this.#stop ??= why;
    if (this.#stop.reason !== 'budget' || this.#stop.cap === 'minutes') this.#over.abort();
  }

  /** Asks one question to its end and grades the answer, again if that was done before. */
  async settle(index: number): Promise<Settled> {
    const outcome = this.#answered(index) ?? (await this.#ask(index));
    this.#checkCaps();
    const graded = outcome.reply.kind === 'answer' ? this.#graded(index, outcome, outcome.reply) : outcome;
    const settled = graded instanceof Promise ? await graded : graded;
    const isFirst = this.outcomes[index] === undefined;
    this.outcomes[index] = settled;
    this.#checkCaps();
    if (isFirst) this.#report(index, settled);
    return settled;
  }

  #ask(index: number): Promise<Outcome> {
    const { request, repeat } = this.questions[index]!;
    return ask(this.#asker, request, repeat);
  }

  /** Questions that need a call, in plan order. */
  unknown(): number[] {
    return this.#indices((_, { request, repeat }) => !this.known.has(request, repeat));
  }

  /** Asks these questions in order, as many at a time as the run may, until all that are wanted are settled or the run is stopped. */
  async settleAll(indices: readonly number[], watch?: Pick<EarlyStop, 'wants' | 'settled'>): Promise<void> {
    const queue = indices.values();
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
    await Promise.all(Array.from({ length: Math.min(this.#options.concurrency, indices.length) }, work));
  }

  /** Questions never asked, in plan order. */
  unasked(): number[] {
    return this.#indices((outcome) => outcome === undefined);
  }

  /** Questions that were answered, or whose answers were graded, with a parameter that was refused later on: the rest of the run goes without it. */
  stale(): number[] {
    const refused = this.#options.model.refusedParameters();
    if (refused.length === 0) return [];
    return this.#indices(
      (outcome, question) =>
        outcome?.grading !== undefined &&
        [{ ...outcome, ...question }, ...outcome.grading.consulted].some(
          ({ request, withheld }) => !lacksRefused(request, withheld, refused),
        ),
    );
  }

  /** The outcome of a question that need not be asked again, though its grading must be done again. */
  #answered(index: number): Outcome | undefined {
    const known = this.outcomes[index];
    const refused = this.#options.model.refusedParameters();
    return known?.grading !== undefined && lacksRefused(this.questions[index]!.request, known.withheld, refused) ? known : undefined;
  }

  #graded(index: number, outcome: Outcome, answer: Answer): Settled | Promise<Settled> {
    const trials = this.questions[index]!.trials.map((trial) => this.#plan[trial]!);
    const grading = gradeAll(answer, trials, this.#options.grade, this.#consultant, this.#over.signal);
    return grading instanceof Promise ? grading.then((late) => ({ ...outcome, grading: late })) : { ...outcome, grading };
  }

  #indices(holds: (outcome: Settled | undefined, question: Question) => boolean): number[] {
    return this.questions.flatMap((question, index) => (holds(this.outcomes[index], question) ? [index] : []));
  }

  #checkCaps(): void {
    const reached = this.ledger.reached();
    if (reached === undefined || this.#stop !== undefined) return;
    const open = this.#indices((outcome) => outcome?.reply.kind !== 'answer').map((index) => this.questions[index]!.request);
    this.stop(stopAtCap(reached, this.#options, this.ledger.spent(), open));
  }

  #report(index: number, settled: Settled): void {
    const trials = this.questions[index]!.trials.length;
    this.#done += trials;
    this.#failed += settled.grading === undefined ? trials : settled.grading.grades.filter(isFailure).length;
    const { onProgress } = this.#options;
    onProgress?.({ done: this.#done, total: this.#plan.length, failed: this.#failed, calls: this.ledger.spent().calls });
  }
}

/** Why a question brought no score at all; undefined where it brought one. */
export function failureOf({ reply, grading }: Settled): Failure | undefined {
  if (reply.kind === 'failure') return reply;
  return grading?.grades.every(isFailure) ? grading.grades[0] : undefined;
}
