import type { Score } from '../domain/score.ts';
import { type Failure, isFailure } from '../domain/trial.ts';
import type { SubjectTrial } from '../evaluate/plan.ts';

/** The trial with another grade in the place of its own; its texts are fetched where they are looked at. */
export function rescored(trial: SubjectTrial, grade: Score | Failure | undefined): SubjectTrial {
  const { subject, arm, example, repeat } = trial;
  return {
    subject,
    arm,
    example,
    repeat,
    get exampleId() {
      return trial.exampleId;
    },
    get outcome() {
      return trial.outcome;
    },
    ...(grade !== undefined && (isFailure(grade) ? { ungraded: grade } : { score: grade })),
  };
}
