import type { SubjectTrial } from '../evaluate/plan.ts';
import { stoppedEarly } from '../gate/design.ts';
import { type Judgement, judge } from '../gate/gate.ts';
import { type Paired, pairTrials } from '../gate/pairs.ts';
import type { Gathered } from '../metrics/gather.ts';
import type { MetricReport } from '../report/model.ts';
import type { Measurement } from './measurement.ts';
import { gathered, metricsOf, thresholdsOf } from './metrics.ts';

/** A comparison as its trials stand. */
export interface Judged {
  /** Those that count. */
  readonly trials: readonly SubjectTrial[];
  readonly paired: Paired;
  readonly gathered: Gathered;
  readonly metrics: readonly MetricReport[];
  readonly judgement: Judgement;
}

/** Judges both arms at look number `look` of the design. `endedAfter`: how many of the plan's first examples count, where harm ended it early. */
export function judged(measurement: Measurement, given: readonly SubjectTrial[], look: number, endedAfter?: number): Judged {
  const { evalSet, meters, rules, design } = measurement;
  const trials = endedAfter === undefined ? given : firstExamples(given, endedAfter);
  const asked = new Set(trials.map(({ exampleId }) => exampleId));
  const paired = pairTrials(endedAfter === undefined ? evalSet.examples : evalSet.examples.filter(({ id }) => asked.has(id)), trials);
  const ids = paired.pairs.map(({ exampleId }) => exampleId);
  const all = gathered(trials, ids, meters);
  const metrics = metricsOf(all, ids.length, evalSet.thresholds);
  const judgement = judge(paired, thresholdsOf(metrics), { ...rules, alpha: design.looks[look]!.alpha });
  return {
    trials,
    paired,
    gathered: all,
    metrics,
    judgement: endedAfter === undefined ? judgement : stoppedEarly(judgement, endedAfter, evalSet.examples.length),
  };
}

function firstExamples(trials: readonly SubjectTrial[], count: number): SubjectTrial[] {
  const first = new Set([...new Set(trials.map(({ exampleId }) => exampleId))].slice(0, count));
  return trials.filter(({ exampleId }) => first.has(exampleId));
}
