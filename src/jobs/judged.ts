import { type Sequence, where } from '../domain/sequence.ts';
import type { Prices } from '../evaluate/bounds.ts';
import type { SubjectTrial } from '../evaluate/plan.ts';
import { stoppedEarly } from '../gate/design.ts';
import { type Judgement, judge } from '../gate/gate.ts';
import { type PairedPlaces, pairTrials } from '../gate/pairs.ts';
import type { Gathered } from '../metrics/gather.ts';
import type { MetricReport } from '../report/model.ts';
import { gathered, type Scored } from './drawn.ts';
import type { Measurement } from './measurement.ts';
import { metricsOf, thresholdsOf } from './metrics.ts';
import { takenFor } from './taken.ts';

/** A comparison as its trials stand. */
export interface Judged {
  /** Those that count. */
  readonly trials: Sequence<SubjectTrial>;
  readonly paired: PairedPlaces;
  readonly scored: Scored;
  readonly gathered: Gathered;
  readonly metrics: readonly MetricReport[];
  readonly judgement: Judgement;
}

/** Judges both arms at look number `look` of the design. `endedAfter`: how many of the plan's first examples count, where harm ended it early. */
export function judged(measurement: Measurement, given: Sequence<SubjectTrial>, look: number, prices: Prices, endedAfter?: number): Judged {
  const { evalSet, meters, rules, design } = measurement;
  const asked = endedAfter === undefined ? undefined : firstExamples(given, endedAfter);
  const trials = asked === undefined ? given : where(given, ({ example }) => asked.has(example));
  const paired = pairTrials(evalSet.examples, trials, (example) => asked?.has(example) ?? true);
  const scored = { trials, places: paired.places, meters };
  const all = gathered(scored);
  const metrics = metricsOf(all, paired.places.length, evalSet.thresholds, takenFor(measurement, trials, prices));
  const judgement = judge(paired, thresholdsOf(metrics), { ...rules, alpha: design.looks[look]!.alpha });
  return {
    trials,
    paired,
    scored,
    gathered: all,
    metrics,
    judgement: endedAfter === undefined ? judgement : stoppedEarly(judgement, endedAfter, evalSet.examples.length),
  };
}

function firstExamples(trials: Iterable<SubjectTrial>, count: number): ReadonlySet<number> {
  const first = new Set<number>();
  for (const { example } of trials) {
    if (first.size === count && !first.has(example)) break;
    first.add(example);
  }
  return first;
}
