import * as z from 'zod';
import { anyOf } from '../documents/words.ts';
import type { ScorerSpec } from '../domain/evalset.ts';
import type { Problem } from '../domain/problem.ts';
import type { MetricDefinition } from '../metrics/definition.ts';
import { metricNamed, metricTable } from '../metrics/table.ts';
import { confidenceMetrics } from '../scorers/confidence.ts';
import { scorerTable } from '../scorers/table.ts';

/** What there is of every answer, whatever scores it. */
const always: ReadonlySet<string> = new Set<MetricDefinition['family']>(['any', 'run']);

/** The metrics that something measures. */
const held = metricTable.filter(({ name, family }) => always.has(family) || family === 'calibration' || kindsGiving(name).length > 0);

/** `thresholds:` of an eval set: a floor for each metric, or a ceiling where lower values are better. */
export const thresholdsSchema = z
  .strictObject(Object.fromEntries(held.map((metric) => [metric.name, boundOf(metric)])))
  .pipe(z.record(z.string(), z.number()));

function boundOf({ direction, range: [least, greatest], summary }: MetricDefinition) {
  const number = z.number();
  const floored = Number.isFinite(least) ? number.min(least) : number;
  const bounded = Number.isFinite(greatest) ? floored.max(greatest) : floored;
  return bounded.optional().describe(`${direction === 'higher' ? 'Least' : 'Greatest'} value: ${summary}`);
}

/** What is wrong with a threshold on a metric that none of the scorers gives; undefined where one does. */
export function idleThreshold(metric: string, scorers: readonly ScorerSpec[]): Pick<Problem, 'what' | 'fix'> | undefined {
  if (always.has(metricNamed(metric)?.family ?? '') || scorers.some((spec) => metricsGivenBy(spec).includes(metric))) return undefined;
  if (metricNamed(metric)?.family === 'calibration')
    return { what: 'no scorer looks at confidences', fix: 'Give one the option "confidence", or remove the threshold.' };
  const kinds = kindsGiving(metric).map((kind) => `"${kind}"`);
  return { what: 'no scorer gives this metric', fix: `Add ${anyOf(kinds)} to scorers, or remove the threshold.` };
}

function metricsGivenBy(spec: ScorerSpec): readonly string[] {
  return [...(scorerTable[spec.kind]?.metrics ?? []), ...confidenceMetrics(spec)];
}

function kindsGiving(metric: string): string[] {
  return Object.values(scorerTable).flatMap(({ kind, metrics }) => (metrics.includes(metric) ? [kind] : []));
}
