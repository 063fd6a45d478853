import type { IntervalMethod } from '../domain/verdict.ts';
import { populationMethod, runsArePassFail } from './compare.ts';
import type { Evidence } from './evidence.ts';

/** Below this many examples no interval can certify "no worse" at a useful margin. */
export const FEWEST_TO_PASS = 20;
/** Runs per example from which a handful of examples can be tested for its own sake. */
const REPEATS_FOR_SET = 5;
/** Fewer origins than this say nothing of further ones. */
const FEWEST_CLUSTERS = 5;
/** Below this many the error rates of clustered intervals are not assured. */
const CLUSTERS_ASSURED = 10;

/**
 * What a verdict speaks of. `inputs`: inputs like these, examples and runs both being chance. `examples`: exactly these, only the
 * runs being chance; it can show change, but never that nothing else gets worse. `nothing`: too few origins to speak of inputs,
 * too few runs to speak of the examples.
 */
export type Scope = 'inputs' | 'examples' | 'nothing';

/** The widest that these pairs bear out. */
export function scopeOf(evidence: Evidence): Scope {
  const few = tooFewClusters(evidence);
  if (!few && evidence.pairs.length >= FEWEST_TO_PASS) return 'inputs';
  if (evidence.repeats >= REPEATS_FOR_SET && runsArePassFail(evidence)) return 'examples';
  return few ? 'nothing' : 'inputs';
}

/** The interval for that scope; with `nothing` to claim it is only shown. */
export function methodFor(evidence: Evidence, scope: Scope): IntervalMethod {
  return scope === 'examples' ? 'cmh' : populationMethod(evidence);
}

/** Whether examples share origins, and too few to say anything of further ones. */
export function tooFewClusters({ clusters }: Evidence): boolean {
  return clusters !== undefined && clusters.count < FEWEST_CLUSTERS;
}

/** Whether examples share origins, and so few that a verdict has to be told with a caution. */
export function fewClusters({ clusters }: Evidence): boolean {
  return clusters !== undefined && clusters.count < CLUSTERS_ASSURED;
}
