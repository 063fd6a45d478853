import { listed } from '../domain/listed-ids.ts';
import { mapped, picked, type Sequence } from '../domain/sequence.ts';
import type { Because, Verdict } from '../domain/verdict.ts';
import type { Prices } from '../evaluate/bounds.ts';
import type { SubjectTrial } from '../evaluate/plan.ts';
import { armScore } from '../gate/compare.ts';
import { MISSING_LIMIT } from '../gate/decide.ts';
import { missedThresholds, unmeasuredThresholds } from '../gate/gate.ts';
import { headMeans } from '../gate/pairs.ts';
import { bare, broken, type Conclusion, tablesOf, unmeasured } from './conclusion.ts';
import { criteriaOf } from './criteria.ts';
import { gathered } from './drawn.ts';
import type { Detail } from './flips.ts';
import type { Measurement } from './measurement.ts';
import { metricsOf, thresholdsOf } from './metrics.ts';
import { remarksOf } from './remarks.ts';
import { takenFor } from './taken.ts';

/** A prompt with nothing to be compared with: its score is shown, and thresholds still hold. */
export function concludeAlone(measurement: Measurement, trials: Sequence<SubjectTrial>, prices: Prices, detail: Detail): Conclusion {
  const { evalSet, meters, design } = measurement;
  const { places, means } = headMeans(evalSet.examples.length, trials);
  const { notes, constraints } = remarksOf(trials, evalSet.examples, detail);
  const listedAt = (those: Uint32Array) => listed(mapped(picked(evalSet.examples, those), ({ id }) => id));
  const invalid = places.filter((_, nth) => !(means[nth]! >= 0 && means[nth]! <= 1));
  if (invalid.length > 0)
    return { judgement: unmeasured({ rule: 'invalid-scores', ...listedAt(invalid) }), comparison: bare(measurement), notes };
  const missing = placesBeside(places, evalSet.examples.length);
  const all = gathered({ trials, places, meters });
  const metrics = metricsOf(all, places.length, evalSet.thresholds, takenFor(measurement, trials, prices));
  const thresholds = thresholdsOf(metrics);
  const missed = missedThresholds(thresholds);
  const unknown = missed.length > 0 ? [] : unmeasuredThresholds(thresholds);
  const criteria = criteriaOf(evalSet, trials, [], design.looks[0]!.alpha);
  const isMeasured = missing.length <= MISSING_LIMIT * evalSet.examples.length;
  return {
    judgement: isMeasured
      ? { verdict: newVerdict(missed, unknown), because: [...missed, ...unknown, { rule: 'new-prompt' }] }
      : unmeasured({ rule: 'pairs-missing', missing: missing.length, total: evalSet.examples.length, ...listedAt(missing) }),
    comparison: {
      ...bare(measurement),
      ...broken(constraints),
      ...(means.length > 0 && { head: armScore(means) }),
      metrics,
      ...tablesOf(all),
      ...(criteria.length > 0 && { criteria }),
    },
    notes,
  };
}

/** The places below `length` that are not among these. */
function placesBeside(places: Uint32Array, length: number): Uint32Array {
  const isThere = new Uint8Array(length);
  for (const place of places) isThere[place] = 1;
  return Uint32Array.from({ length }, (_, place) => place).filter((place) => isThere[place] === 0);
}

function newVerdict(missed: readonly Because[], unknown: readonly Because[]): Verdict {
  if (missed.length > 0) return 'regressed';
  return unknown.length > 0 ? 'could-not-measure' : 'not-evaluated';
}
