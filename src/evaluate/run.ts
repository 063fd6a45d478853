import type { ConsultBound } from '../domain/ports.ts';
import { lazily, type Sequence } from '../domain/sequence.ts';
import type { Failure, Spent } from '../domain/trial.ts';
import { startDeadline } from './deadline.ts';
import { EarlyStop, type Harmed, type Watched } from './early-stop.ts';
import type { Plan, SubjectTrial } from './plan.ts';
import { probe } from './probe.ts';
import { Session, type SessionOptions } from './session.ts';
import { type Stop, stopAtDeadline, stopAtPlan } from './stop.ts';

export interface RunOptions extends SessionOptions {
  /** What grading an answer of that subject may ask; absent: nothing. */
  readonly consults?: (subject: string) => readonly ConsultBound[];
  /** Ends the run early; what is known by then is returned. */
  readonly signal: AbortSignal;
  /** Ends single subjects early; absent: all are asked to the end. */
  readonly harmed?: Harmed;
}

export interface RunOutcome {
  /** In plan order, all of them: what was not asked is a Failure. */
  readonly trials: Sequence<SubjectTrial>;
  /** Requests sent, retries included. */
  readonly calls: number;
  /** How much of all that was for grading; absent where it asked nobody. */
  readonly consulted?: Spent;
  /** Trials answered by another trial's request. */
  readonly reused: number;
  /** Questions, those of grading included, that were answered before this run. */
  readonly cached: number;
  /** As the server counted them; upper bounds where a call's fate was unknown. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** An upper bound where a call's fate was unknown. Absent where a price is unknown. */
  readonly costUsd?: number;
  /** Wall time of each answer's call in ms, in plan order. */
  readonly latenciesMs: Float32Array;
  readonly stopped?: Stop;
  /** Subjects that showed harm, with how many of their first examples count. The trials of all others are Failures, answered or not. */
  readonly ended: ReadonlyMap<string, number>;
  /** Questions that were not asked for that. */
  readonly spared: number;
}

/**
 * Asks what the plan asks, each distinct question once, and grades the answers. Never throws for what a provider does.
 * The outcome of an unstopped run depends on the answers alone, not on the order in which they arrive.
 */
export async function runTrials(plan: Plan, options: RunOptions): Promise<RunOutcome> {
  const session = new Session(plan, options);
  const watch = options.harmed && new EarlyStop(watched(plan, session), options.harmed);
  const cancel = (): void => session.stop({ reason: 'cancelled', sentence: 'The run was cancelled.' });
  options.signal.addEventListener('abort', cancel, { once: true });
  if (options.signal.aborted) cancel();
  const hopeless = stopAtPlan(plan, () => session.countUnknown(), options);
  if (hopeless !== undefined) session.stop(hopeless);
  const { minutes } = options.caps;
  const endDeadline = startDeadline(minutes, options.clock, () => session.stop(stopAtDeadline(minutes!, session.done)));
  try {
    if (session.stopped === undefined) await probe(session);
    await settleStale(session);
    do {
      watch?.restart();
      await session.settleAll(session.unasked(), watch);
    } while (await settleStale(session));
  } finally {
    endDeadline();
    session.end();
    options.signal.removeEventListener('abort', cancel);
  }
  return outcomeOf(plan, session, watch?.ended() ?? new Map());
}

function watched(plan: Plan, { questions, results }: Session): Watched {
  const trials = lazily(plan.length, (index) => results.trial(index)!);
  return { plan, questions, trials, isSettled: (trial) => !results.isOpen(questions.of(trial)) };
}

/**
 * All questions to a model must go with the same parameters. Each round is due to a newly refused one, so there are few. Whether any answer was replaced.
 */
async function settleStale(session: Session): Promise<boolean> {
  let replaced = false;
  for (let stale = session.stale(); stale.length > 0 && session.stopped === undefined; stale = session.stale()) {
    await session.settleAll(stale);
    replaced = true;
  }
  return replaced;
}

function outcomeOf(plan: Plan, session: Session, ended: ReadonlyMap<string, number>): RunOutcome {
  const { questions, results } = session;
  const stopped = toldWith(session.endedTrials, plan.length, session.stopped);
  const isSpare = beyondTheEnd(plan, ended);
  const why = leftOut(stopped);
  const consulted = session.consulted.tally();
  return {
    trials: lazily(plan.length, (index) =>
      isSpare(index) ? results.missing(index, unneeded) : (results.trial(index) ?? results.missing(index, why)),
    ),
    reused: count(
      questions.length,
      (index) => results.isAnswered(index),
      (index) => questions.trialsOf(index).length - 1,
    ),
    cached: session.known.found,
    latenciesMs: results.latenciesMs(),
    ...session.ledger.spent(),
    ...(consulted.calls > 0 && { consulted }),
    ...(stopped && { stopped }),
    ended,
    spared: ended.size === 0 ? 0 : count(questions.length, (index) => results.isOpen(index) && questions.trialsOf(index).every(isSpare)),
  };
}

/** The sum of `worth` over the numbers below `length` for which `holds`. */
function count(length: number, holds: (index: number) => boolean, worth: (index: number) => number = () => 1): number {
  let sum = 0;
  for (let index = 0; index < length; index++) if (holds(index)) sum += worth(index);
  return sum;
}

/** Whether a trial is of an example after those that count. */
function beyondTheEnd(plan: Plan, ended: ReadonlyMap<string, number>): (trial: number) => boolean {
  if (ended.size === 0) return () => false;
  return (trial) => {
    const { stretch, nth } = plan.stretchOf(trial);
    return nth >= (ended.get(stretch.subject) ?? Infinity);
  };
}

/** How much was done by then is known once what was under way has ended. */
function toldWith(done: number, of: number, stopped: Stop | undefined): Stop | undefined {
  if (stopped?.reason !== 'cancelled') return stopped;
  return { ...stopped, sentence: `The run was cancelled with ${done} of ${of} trials done.` };
}

const unneeded: Failure = {
  kind: 'failure',
  reason: 'cancelled',
  sentence: 'Not needed: the examples before it had shown harm.',
  retryable: false,
};

function leftOut(stopped: Stop | undefined): Failure {
  const reason = stopped?.reason === 'budget' ? 'budget' : 'cancelled';
  return { kind: 'failure', reason, sentence: stopped?.sentence ?? 'The run was stopped before this call.', retryable: false };
}
