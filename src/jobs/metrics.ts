import type { NarrowArray } from '../domain/narrow-column.ts';
import type { Sequence } from '../domain/sequence.ts';
import type { Pair } from '../domain/verdict.ts';
import type { Threshold } from '../gate/gate.ts';
import { meanDifference } from '../gate/metric.ts';
import { type ByArm, eachArm } from '../metrics/arms.ts';
import { type Gathered, type MeanMetric, meanOf } from '../metrics/gather.ts';
import { metricNamed, metricTable } from '../metrics/table.ts';
import type { MetricReport } from '../report/model.ts';
import { drawnIntervals, type Scored } from './drawn.ts';
import type { Taken } from './taken.ts';

type Thresholds = Readonly<Record<string, number>>;

/**
 * Every metric that has a value, in the order of the table, and those that a threshold holds whether they have one or not. The mean score is
 * left out where it tells no more than the accuracy.
 */
export function metricsOf(gathered: Gathered, examples: number, thresholds: Thresholds, taken: ByArm<Taken> = {}): MetricReport[] {
  const scored = valuesIn(gathered, examples);
  const valuesOf = (name: string) => (metricNamed(name)?.family === 'run' ? takenValues(taken, name, thresholds) : scored(name));
  const all = metricTable.flatMap(({ name }): MetricReport[] => {
    const threshold = thresholds[name];
    const { base, head } = valuesOf(name);
    if (base === undefined && head === undefined && threshold === undefined) return [];
    return [{ name, ...given({ base, head, threshold }) }];
  });
  const accuracy = all.find(({ name }) => name === 'accuracy');
  return all.filter(
    ({ name, base, head, threshold }) => name !== 'score' || threshold !== undefined || base !== accuracy?.base || head !== accuracy?.head,
  );
}

/** What answers took differs from run to run, so that a report speaks of it only where a threshold has it decide. */
function takenValues({ base, head }: ByArm<Taken>, name: string, thresholds: Thresholds): Values {
  if (thresholds[name] === undefined) return {};
  const value = (side: Taken | undefined) => (name === 'latencyP95Ms' ? side?.latencyP95Ms : side?.costPer1kUsd);
  return given({ base: value(base), head: value(head), threshold: undefined });
}

type Values = Pick<MetricReport, 'base' | 'head' | 'threshold'>;

function given(values: { [key in keyof Values]: number | undefined }): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function valuesIn({ means, pooled, pool }: Gathered, examples: number): (name: string) => { base?: number; head?: number } {
  const whole = pooled.length === 0 ? {} : pool(new Uint32Array(examples).fill(1));
  const values = new Map([
    ...pooled.map((name, k) => [name, eachArm(whole, (own) => own[k]!)] as const),
    ...means.map((metric) => [metric.name, eachArm(metric.values, (own) => meanOf(own))] as const),
  ]);
  return (name) => {
    const { base, head } = values.get(name) ?? {};
    return { ...(Number.isFinite(base) && { base: base! }), ...(Number.isFinite(head) && { head: head! }) };
  };
}

/**
 * The metrics with the interval of their change, but for those that the verdict's own interval tells of. `seed` is the eval set's digest; the
 * examples are those of the pairs, in their order.
 */
export function withIntervals(
  metrics: readonly MetricReport[],
  gathered: Gathered,
  scored: Scored,
  pairs: Sequence<Pair>,
  alpha: number,
  seed: string,
): MetricReport[] {
  const score = gathered.means.find(({ name }) => name === 'score');
  const told = gathered.means.filter((metric) => isSame(metric, score)).map(({ name }) => name);
  const own = gathered.means.filter(({ name }) => !told.includes(name));
  const direct = new Map(
    own.map((metric) => [metric.name, meanDifference(metric, metricNamed(metric.name)!.range, pairs, alpha)] as const),
  );
  const open = own.filter(({ name }) => direct.get(name) === undefined);
  const drawn = drawnIntervals(
    gathered,
    open.map(({ name }) => name),
    scored,
    pairs,
    alpha,
    seed,
  );
  return metrics.map((metric) => {
    const difference = direct.get(metric.name) ?? drawn.get(metric.name);
    return { ...metric, ...(difference && { difference }) };
  });
}

function isSame({ values }: MeanMetric, other: MeanMetric | undefined): boolean {
  const same = (one?: NarrowArray, two?: NarrowArray) => one?.every((value, i) => value === two?.[i]) === true;
  return same(values.base, other?.values.base) && same(values.head, other?.values.head);
}

/** Metrics of the head that a threshold was set for. */
export function thresholdsOf(metrics: readonly MetricReport[]): Threshold[] {
  return metrics.flatMap(({ name, head, threshold }) =>
    threshold === undefined
      ? []
      : [{ metric: name, direction: metricNamed(name)!.direction, threshold, ...(head !== undefined && { value: head }) }],
  );
}
