import type { AnswerStore, Consult } from '../domain/ports.ts';
import type { Score } from '../domain/score.ts';
import type { Answer, Failure, ModelRequest } from '../domain/trial.ts';
import { planTrials } from '../evaluate/plan.ts';
import { requestKey } from '../evaluate/questions.ts';
import { type RunOptions, type RunOutcome, runTrials } from '../evaluate/run.ts';
import { plus } from '../evaluate/tally.ts';

/** An answer that is there already, under a key of its own. */
export interface Recorded {
  readonly key: string;
  readonly answer: Answer;
}

/** Grades the answer of that key. */
export type GradeRecorded = (key: string, answer: Answer, consult: Consult) => Score | Promise<Score | Failure>;

/** What became of answers that were only graded. */
export interface Regraded {
  readonly grades: ReadonlyMap<string, Score | Failure>;
  readonly outcome: RunOutcome;
}

/** How it is done: what a run's own questions take besides is left out. */
export type RecordedOptions = Omit<RunOptions, 'grade' | 'consults' | 'harmed' | 'onProgress'>;

/** Stands where a run names the model that answers. No server is asked for it. */
const nobody = 'recorded answers';

/**
 * Grades answers that nobody is asked for any more, as a run does: at its pace, below its caps, paid from its ledger, each request once. Labelled
 * answers, answers of both arms together, and answers that a judge is asked about a second time are graded so.
 */
export async function gradeRecorded(recorded: readonly Recorded[], grade: GradeRecorded, options: RecordedOptions): Promise<Regraded> {
  if (recorded.length === 0) return nothingGraded;
  const requests = recorded.map(({ key }) => requestFor(key));
  const answers = new Map(recorded.map(({ answer }, index) => [requestKey(requests[index]!, 0), answer]));
  const examples = recorded.map(({ key }, index) => ({ exampleId: key, requests: { head: requests[index]! } }));
  const outcome = await runTrials(planTrials([{ name: nobody, seed: nobody, repeats: 1, examples }]), {
    ...options,
    prices: { ...options.prices, [nobody]: { inputPer1M: 0, outputPer1M: 0 } },
    answers: withRecorded(answers, options.answers),
    grade: ({ exampleId }, answer, consult) => grade(exampleId, answer, consult),
  });
  const grades = new Map<string, Score | Failure>();
  for (const { exampleId, outcome: reply, score, ungraded } of outcome.trials) {
    const grade = score ?? ungraded ?? (reply.kind === 'failure' ? reply : undefined);
    if (grade !== undefined) grades.set(exampleId, grade);
  }
  return { grades, outcome: { ...outcome, cached: Math.max(0, outcome.cached - recorded.length) } };
}

const requestFor = (key: string): ModelRequest => ({ model: nobody, params: {}, messages: [{ role: 'user', content: key }] });

/** A store that knows the recorded answers by their questions, besides what `store` knows. */
function withRecorded(answers: ReadonlyMap<string, Answer>, store: AnswerStore | undefined): AnswerStore {
  return {
    find: (key, request) => answers.get(key) ?? store?.find(key, request),
    has: (key, request) => answers.has(key) || (store?.has(key, request) ?? false),
    keep: (key, answer, request) => store?.keep(key, answer, request),
  };
}

/** What grading nothing comes to. */
export const nothingGraded: Regraded = {
  grades: new Map(),
  outcome: {
    trials: [],
    calls: 0,
    reused: 0,
    cached: 0,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    latenciesMs: new Float32Array(),
    ended: new Map(),
    spared: 0,
  },
};

/** A run with what further grading took. */
export function alsoSpent(run: RunOutcome, further: RunOutcome): RunOutcome {
  const { costUsd: _, ...rest } = run;
  const consulted = [run.consulted, further.consulted].filter((spent) => spent !== undefined);
  return {
    ...rest,
    ...plus(run, further),
    ...(consulted.length > 0 && { consulted: consulted.reduce(plus) }),
    cached: run.cached + further.cached,
  };
}
