import type { Because } from '../domain/verdict.ts';
import type { Judgement } from '../gate/gate.ts';
import type { Gathered } from '../metrics/gather.ts';
import type { Comparison, PromptReport } from '../report/model.ts';
import type { Measurement } from './measurement.ts';
import type { Remarks } from './remarks.ts';

/** What one measurement came to, before policy has its say. */
export interface Conclusion {
  readonly judgement: Pick<Judgement, 'verdict' | 'because'>;
  readonly comparison: Comparison;
  /** What it would be if advisory judges had a say. */
  readonly advisory?: NonNullable<PromptReport['advisory']>;
  readonly notes: readonly string[];
}

/** Nothing could be said, for this reason. */
export function unmeasured(because: Because): Conclusion['judgement'] {
  return { verdict: 'could-not-measure', because: [because] };
}

/** A comparison of which nothing is known but what was to be measured. */
export function bare({ evalSet, models }: Measurement): Comparison {
  return { evalSet: summary(evalSet), models, metrics: [], slices: [], examples: [] };
}

/** An eval set as the report names it. */
export function summary({ path, digest, examples }: Measurement['evalSet']): NonNullable<Comparison['evalSet']> {
  return { path, digest, examples: examples.length };
}

/** What stands behind the metrics, where anything does. */
export function tablesOf({ tables }: Gathered): Pick<Comparison, 'tables'> {
  const all = tables();
  return all.length === 0 ? {} : { tables: all };
}

/** The constraints that answers broke, where any did. */
export function broken(constraints: Remarks['constraints']): Pick<Comparison, 'constraints'> {
  return constraints.length === 0 ? {} : { constraints };
}
