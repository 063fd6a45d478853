import type { PositionBias } from '../domain/agreement.ts';
import type { Consult } from '../domain/ports.ts';
import type { Score } from '../domain/score.ts';
import { mapped } from '../domain/sequence.ts';
import { type Answer, type Failure, isFailure } from '../domain/trial.ts';
import type { SubjectTrial } from '../evaluate/plan.ts';
import type { RunOutcome } from '../evaluate/run.ts';
import { pairwiseOfSet } from '../scorers/judge/assigned.ts';
import type { Compared } from '../scorers/judge/pair.ts';
import { wilson } from '../stats/proportion.ts';
import type { Measurement } from './measurement.ts';
import { alsoSpent, gradeRecorded, type Recorded, type RecordedOptions } from './recorded.ts';
import { rescored } from './rescored.ts';

/** The error rate at each end of the interval, as the gate's own by default. */
const ALPHA = 0.05;

/** Both sides' trials of one example and repeat. */
interface Both {
  readonly base?: SubjectTrial;
  readonly head?: SubjectTrial;
}

/** Compares answers of both sides once a run has brought them, for eval sets that ask for it. */
export class PairJudging {
  readonly #measurements: ReadonlyMap<string, Measurement>;
  /** By subject. */
  readonly #counts = new Map<string, { verdicts: number; flipped: number }>();

  constructor(measurements: readonly Measurement[]) {
    this.#measurements = new Map(
      measurements
        .filter(({ evalSet }) => pairwiseOfSet(evalSet) !== undefined)
        .map((measurement) => [measurement.subject.name, measurement]),
    );
  }

  /** The run with every pair's scores in the place of provisional ones. A pair that could not be compared has none: it is missing. */
  async judged(run: RunOutcome, options: RecordedOptions): Promise<RunOutcome> {
    if (this.#measurements.size === 0) return run;
    const pairs = this.#pairsIn(run);
    const compared = new Map<string, Compared>();
    const grade = async (key: string, _: Answer, consult: Consult): Promise<Score | Failure> => {
      const outcome = await this.#compare(pairs.get(key)!, consult);
      if ('kind' in outcome) return outcome;
      compared.set(key, outcome);
      return scoreOf(outcome, 'head');
    };
    const open = run.stopped === undefined ? [...pairs].filter(([, pair]) => isOpen(pair)) : [];
    const recorded = open.map(([key, { head }]): Recorded => ({ key, answer: answerOf(head!)! }));
    const { grades, outcome } = await gradeRecorded(recorded, grade, options);
    this.#count(compared, pairs);
    const trials = mapped(run.trials, (trial) => {
      if (!this.#measurements.has(trial.subject) || trial.score === undefined) return trial;
      const key = keyOf(trial);
      return settled(trial, pairs.get(key)!, compared.get(key) ?? failureIn(grades.get(key)));
    });
    return { ...alsoSpent(run, outcome), trials, ...(outcome.stopped && { stopped: outcome.stopped }) };
  }

  /** How often the order decided, not the answers; undefined for subjects of which nothing was compared. */
  biasOf(subject: string): PositionBias | undefined {
    const counted = this.#counts.get(subject);
    if (counted === undefined || counted.verdicts === 0) return undefined;
    const { verdicts, flipped } = counted;
    const { estimate, lower, upper } = wilson(flipped, verdicts, ALPHA);
    return { verdicts, flipped, rate: { estimate, lower, upper } };
  }

  #pairsIn({ trials }: RunOutcome): ReadonlyMap<string, Both> {
    const pairs = new Map<string, Both>();
    for (const trial of trials) {
      if (!this.#measurements.has(trial.subject)) continue;
      const key = keyOf(trial);
      pairs.set(key, { ...pairs.get(key), [trial.arm]: trial });
    }
    return pairs;
  }

  #compare({ base, head }: Both, consult: Consult): Promise<Compared | Failure> {
    const { evalSet } = this.#measurements.get(head!.subject)!;
    const contest = { first: answerOf(base!)!.text, second: answerOf(head!)!.text };
    return pairwiseOfSet(evalSet)!.compare(contest, evalSet.examples.at(head!.example)!, consult);
  }

  #count(compared: ReadonlyMap<string, Compared>, pairs: ReadonlyMap<string, Both>): void {
    for (const [key, { verdicts, flipped }] of compared) {
      const { subject } = pairs.get(key)!.head!;
      const so = this.#counts.get(subject) ?? { verdicts: 0, flipped: 0 };
      this.#counts.set(subject, { verdicts: so.verdicts + verdicts, flipped: so.flipped + flipped });
    }
  }
}

const keyOf = ({ subject, example, repeat }: SubjectTrial): string => `${subject}\0${example}\0${repeat}`;

const answerOf = ({ outcome }: SubjectTrial): Answer | undefined => (outcome.kind === 'answer' ? outcome : undefined);

const isBroken = (trial: SubjectTrial | undefined): boolean => trial?.score?.broken !== undefined;

/** Whether a judge must be asked: both answered, and neither broke a constraint. */
function isOpen({ base, head }: Both): boolean {
  return base?.score !== undefined && head?.score !== undefined && !isBroken(base) && !isBroken(head);
}

function scoreOf({ second, reason }: Compared, arm: SubjectTrial['arm']): Score {
  const value = arm === 'head' ? second : 1 - second;
  return { value, pass: value >= 0.5, reason };
}

/** The trial with the score that its pair gives it; where the judge is advisory, beside the one it has. */
function settled(trial: SubjectTrial, pair: Both, outcome: Compared | Failure): SubjectTrial {
  if (isBroken(trial) || !isWhole(pair)) return trial;
  const { value, pass, reason, advisory } = trial.score!;
  const own = { value, pass, reason };
  const scored = (judged: Score): SubjectTrial => rescored(trial, advisory === undefined ? judged : { ...own, advisory: judged });
  if (isBroken(trial.arm === 'head' ? pair.base : pair.head)) return scored(otherBroke);
  if (!('kind' in outcome)) return scored(scoreOf(outcome, trial.arm));
  return rescored(trial, advisory === undefined ? outcome : { ...own, unadvised: outcome.sentence });
}

const isWhole = ({ base, head }: Both): boolean => base?.score !== undefined && head?.score !== undefined;

const otherBroke: Score = { value: 1, pass: true, reason: 'the other version’s answer breaks a constraint' };

function failureIn(grade: Score | Failure | undefined): Failure {
  return grade !== undefined && isFailure(grade) ? grade : notCompared;
}

const notCompared: Failure = {
  kind: 'failure',
  reason: 'cancelled',
  sentence: 'The run was stopped before this pair was compared.',
  retryable: false,
};
