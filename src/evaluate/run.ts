import type { ConsultBound } from '../domain/ports.ts';
import type { Failure } from '../domain/trial.ts';
import { startDeadline } from './deadline.ts';
import { EarlyStop, type Harmed } from './early-stop.ts';
import { type Grade, isFailure } from './grading.ts';
import type { Spent } from './ledger.ts';
import type { PlannedTrial, SubjectTrial } from './plan.ts';
import { probe } from './probe.ts';
import { Session, type SessionOptions, type Settled } from './session.ts';
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
  readonly trials: readonly SubjectTrial[];
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
  readonly latenciesMs: readonly number[];
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
export async function runTrials(plan: readonly PlannedTrial[], options: RunOptions): Promise<RunOutcome> {
  const session = new Session(plan, options);
  const trialAt = trialsOf(plan, session);
  const watch = options.harmed && new EarlyStop(plan, session.questions, trialAt, options.harmed);
  const cancel = (): void => session.stop({ reason: 'cancelled', sentence: 'The run was cancelled.' });
  options.signal.addEventListener('abort', cancel, { once: true });
  if (options.signal.aborted) cancel();
  const hopeless = stopAtPlan(plan, () => session.unknown().length, options);
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
    options.signal.removeEventListener('abort', cancel);
  }
  return outcomeOf(plan, session, trialAt, watch?.ended() ?? new Map());
}

/**
 * Both sides must run with the same parameters. Each round is due to a newly refused one, so there are few. Whether any answer was replaced.
 */
async function settleStale(session: Session): Promise<boolean> {
  let replaced = false;
  for (let stale = session.stale(); stale.length > 0 && session.stopped === undefined; stale = session.stale()) {
    await session.settleAll(stale);
    replaced = true;
  }
  return replaced;
}

/** The trial of an index in the plan; undefined while its question is open. */
function trialsOf(plan: readonly PlannedTrial[], { questions, outcomes }: Session): (index: number) => SubjectTrial | undefined {
  const placeOf = new Map(questions.flatMap(({ trials }, question) => trials.map((trial, nth) => [trial, { question, nth }] as const)));
  return (index) => {
    const { question, nth } = placeOf.get(index)!;
    const settled = outcomes[question];
    return settled && trialOf(plan[index]!, settled, nth);
  };
}

function outcomeOf(
  plan: readonly PlannedTrial[],
  session: Session,
  trialAt: (index: number) => SubjectTrial | undefined,
  ended: ReadonlyMap<string, number>,
): RunOutcome {
  const { questions, outcomes, stopped } = session;
  const answers = questions.flatMap(({ trials }, index) => {
    const reply = outcomes[index]?.reply;
    return reply?.kind === 'answer' ? [{ latencyMs: reply.latencyMs, reused: trials.length - 1 }] : [];
  });
  const isSpare = beyondTheEnd(plan, ended);
  const open = session.unasked();
  const consulted = session.consulted.tally();
  return {
    trials: plan.map((planned, index) =>
      isSpare(planned) ? unneeded(planned) : (trialAt(index) ?? { ...bare(planned), outcome: leftOut(stopped) }),
    ),
    reused: answers.reduce((sum, { reused }) => sum + reused, 0),
    cached: session.known.found,
    latenciesMs: answers.map(({ latencyMs }) => latencyMs),
    ...session.ledger.spent(),
    ...(consulted.calls > 0 && { consulted }),
    ...(stopped && { stopped }),
    ended,
    spared: open.filter((index) => questions[index]!.trials.every((trial) => isSpare(plan[trial]!))).length,
  };
}

/** Whether a trial is of an example after those that count. */
function beyondTheEnd(plan: readonly PlannedTrial[], ended: ReadonlyMap<string, number>): (trial: PlannedTrial) => boolean {
  if (ended.size === 0) return () => false;
  const counted = new Map([...ended.keys()].map((name) => [name, new Set<string>()]));
  for (const { subject, exampleId } of plan) {
    const ids = counted.get(subject);
    if (ids !== undefined && ids.size < ended.get(subject)!) ids.add(exampleId);
  }
  return ({ subject, exampleId }) => counted.get(subject)?.has(exampleId) === false;
}

function trialOf(planned: PlannedTrial, { reply: outcome, grading }: Settled, nth: number): SubjectTrial {
  return { ...bare(planned), outcome, ...(grading && gradeOf(grading.grades[nth]!)) };
}

function gradeOf(grade: Grade): Pick<SubjectTrial, 'score' | 'ungraded'> {
  return isFailure(grade) ? { ungraded: grade } : { score: grade };
}

function bare({ subject, arm, exampleId, repeat }: PlannedTrial): Pick<SubjectTrial, 'subject' | 'arm' | 'exampleId' | 'repeat'> {
  return { subject, arm, exampleId, repeat };
}

function unneeded(planned: PlannedTrial): SubjectTrial {
  const sentence = 'Not needed: the examples before it had shown harm.';
  return { ...bare(planned), outcome: { kind: 'failure', reason: 'cancelled', sentence, retryable: false } };
}

function leftOut(stopped: Stop | undefined): Failure {
  const reason = stopped?.reason === 'budget' ? 'budget' : 'cancelled';
  return { kind: 'failure', reason, sentence: stopped?.sentence ?? 'The run was stopped before this call.', retryable: false };
}
