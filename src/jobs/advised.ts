import { mapped, type Sequence } from '../domain/sequence.ts';
import type { Because } from '../domain/verdict.ts';
import type { SubjectTrial } from '../evaluate/plan.ts';
import type { JudgeReport } from '../report/model.ts';
import type { Detail } from './flips.ts';
import { rescored } from './rescored.ts';
import type { Trust } from './trust.ts';

/** The trials as they would be scored if advisory judges had a say: an answer that one of them did not grade has no score. */
export function advisedTrials(trials: Sequence<SubjectTrial>): Sequence<SubjectTrial> {
  return mapped(trials, (trial) => {
    const { score } = trial;
    return score === undefined || score.broken !== undefined ? trial : rescored(trial, score.advisory);
  });
}

/** Why judges decide nothing, as far as any is advisory: the first of them stands for all. */
export function advisoryReason(trust: Trust, detail: Detail): Because[] {
  const distrust = shownJudges(trust, detail).find((judge) => judge.distrust !== undefined)?.distrust;
  return trust.left === undefined || distrust === undefined ? [] : [{ rule: 'advisory-judge', left: trust.left, distrust }];
}

/** The judges as far as a report may speak of them: servers quote what they were asked. */
export function shownJudges({ judges }: Trust, detail: Detail): readonly JudgeReport[] {
  if (detail === 'full') return judges;
  return judges.map((judge) => (judge.distrust?.why === 'ungraded' ? { ...judge, distrust: { why: 'ungraded' } } : judge));
}

/** Answers that an advisory judge did not grade change no verdict, but leave the reader with less to see. */
export function unadvised(trials: Iterable<SubjectTrial>, detail: Detail): string[] {
  let count = 0;
  let first: string | undefined;
  for (const { score } of trials) {
    if (score?.unadvised === undefined) continue;
    count += 1;
    first ??= score.unadvised;
  }
  if (first === undefined) return [];
  const counted = count === 1 ? '1 answer was' : `${count} answers were`;
  return [`${counted} not graded by the advisory judge.${detail === 'full' ? ` ${first}` : ''}`];
}
