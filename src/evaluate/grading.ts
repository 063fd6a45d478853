import type { Consult } from '../domain/ports.ts';
import type { Score } from '../domain/score.ts';
import type { Answer, Failure } from '../domain/trial.ts';
import type { Consultant } from './consult.ts';
import type { TrialPlace } from './plan.ts';
import type { Sent } from './sent.ts';

/** What an answer is worth, or why that could not be found out. */
export type Grade = Score | Failure;

/** Grades the answer that a trial got; synchronous unless somebody is consulted. */
export type GradeTrial = (trial: TrialPlace, answer: Answer, consult: Consult) => Score | Promise<Grade>;

/** What became of the trials that one answer serves. */
export interface Grading {
  /** In the trials' order. */
  readonly grades: readonly Grade[];
  readonly consulted: readonly Sent[];
}

/**
 * Grades an answer for all trials that it serves: once for each subject and example. No promise where no grade is one.
 * What is not graded when `signal` fires is given up on, even if the grader does not listen.
 */
export function gradeAll(
  answer: Answer,
  trials: readonly TrialPlace[],
  grade: GradeTrial,
  consultant: Consultant,
  signal: AbortSignal,
): Grading | Promise<Grading> {
  const consulted: Sent[] = [];
  const known = new Map<string, Score | Promise<Grade>>();
  const grades = trials.map((trial) => {
    const key = `${trial.subject}\0${trial.example}`;
    const made = known.get(key) ?? grade(trial, answer, consultant.at(trial.repeat, consulted));
    known.set(key, made);
    return made;
  });
  if (areKnown(grades)) return { grades, consulted };
  return Promise.all(grades.map((made) => whileRunning(made, signal))).then((all) => ({ grades: all, consulted }));
}

async function whileRunning(grade: Score | Promise<Grade>, signal: AbortSignal): Promise<Grade> {
  if (!(grade instanceof Promise)) return grade;
  if (signal.aborted) return runIsOver;
  let end = (): void => {};
  const over = new Promise<Failure>((resolve) => {
    end = () => resolve(runIsOver);
    signal.addEventListener('abort', end, { once: true });
  });
  try {
    return await Promise.race([grade, over]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

const runIsOver: Failure = {
  kind: 'failure',
  reason: 'cancelled',
  sentence: 'The run was stopped before this answer was graded.',
  retryable: false,
};

const areKnown = (grades: readonly (Score | Promise<Grade>)[]): grades is Score[] => !grades.some((grade) => grade instanceof Promise);
