import type { ArmScore } from '../../domain/verdict.ts';
import type { RunOutcome } from '../../evaluate/run.ts';
import { armScore } from '../../gate/compare.ts';
import { headMeans } from '../../gate/pairs.ts';
import type { Measurement } from '../measurement.ts';
import { trialsOf } from '../settle.ts';

/** The head's mean score; undefined where it has none. */
export function headScore({ evalSet, subject }: Measurement, outcome: RunOutcome): ArmScore | undefined {
  const { means } = headMeans(evalSet.examples.length, trialsOf(outcome, subject.name));
  return means.length === 0 ? undefined : armScore(means);
}
