import type { Sequence } from '../domain/sequence.ts';
import type { Trial } from '../domain/trial.ts';
import type { Pair } from '../domain/verdict.ts';
import type { Threshold } from '../gate/gate.ts';
import { type Drawn, drawnDifferences, meanDifference } from '../gate/metric.ts';
import { type ByArm, eachArm } from '../metrics/arms.ts';
import { type Gathered, gather, type MeanMetric, type ScoredRun } from '../metrics/gather.ts';
import type { Meter } from '../metrics/meter.ts';
import { metricNamed, metricTable } from '../metrics/table.ts';
import type { MetricReport } from '../report/model.ts';
import type { Taken } from './taken.ts';

type Thresholds = Readonly<Record<string, number>>;

/** What the scored answers to the examples at these places of the eval set, in ascending order, come to; others are left out. */
export function gathered(trials: Iterable<Trial>, places: ArrayLike<number>, meters: readonly Meter[]): Gathered {
  return gather(runsOf(trials, places), places.length, meters);
}

function* runsOf(trials: Iterable<Trial>, places: ArrayLike<number>): Generator<ScoredRun> {
  const known = new Int32Array((places[places.length - 1] ?? -1) + 1).fill(-1);
  for (let nth = 0; nth < places.length; nth++) known[places[nth]!] = nth;
  for (const { arm, example: place, score } of trials) {
    const example = known[place] ?? -1;
    if (example >= 0 && score !== undefined) yield { arm, example, score };
  }
}

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
  const whole = pool(new Uint32Array(examples).fill(1));
  const values = new Map([
    ...pooled.map((name, k) => [name, eachArm(whole, (own) => own[k]!)] as const),
    ...means.map((metric) => [metric.name, eachArm(metric.values, (own) => meanOf(own))] as const),
  ]);
  return (name) => {
    const { base, head } = values.get(name) ?? {};
    return { ...(Number.isFinite(base) && { base: base! }), ...(Number.isFinite(head) && { head: head! }) };
  };
}

/** The mean of the values that there are, value i counting `counts[i]` times; NaN for none. */
function meanOf(values: Float64Array, counts?: ArrayLike<number>): number {
  let [sum, n] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const count = counts?.[i] ?? 1;
    if (count === 0 || Number.isNaN(values[i])) continue;
    sum += count * values[i]!;
    n += count;
  }
  return sum / n;
}

/**
 * The metrics with the interval of their change, but for those that the verdict's own interval tells of. `seed` is the eval set's digest; the
 * examples are those of the pairs, in their order.
 */
export function withIntervals(
  metrics: readonly MetricReport[],
  gathered: Gathered,
  pairs: Sequence<Pair>,
  alpha: number,
  seed: string,
): MetricReport[] {
  const score = gathered.means.find(({ name }) => name === 'score');
  const told = gathered.means.filter((metric) => isSame(metric, score)).map(({ name }) => name);
  const direct = new Map(
    gathered.means.map((metric) => [metric.name, meanDifference(metric, metricNamed(metric.name)!.range, pairs, alpha)] as const),
  );
  const open = gathered.means.filter(({ name }) => direct.get(name) === undefined);
  const drawn = drawnDifferences(alsoMeans(gathered, open), pairs, alpha, seed);
  return metrics.map((metric) => {
    const difference = told.includes(metric.name) ? undefined : (direct.get(metric.name) ?? drawn.get(metric.name));
    return { ...metric, ...(difference && { difference }) };
  });
}

function isSame({ values }: MeanMetric, other: MeanMetric | undefined): boolean {
  const same = (one?: Float64Array, two?: Float64Array) => one?.every((value, i) => value === two?.[i]) === true;
  return same(values.base, other?.values.base) && same(values.head, other?.values.head);
}

/** Means that some examples have no part in are drawn like the rest. */
function alsoMeans({ pooled, pool }: Gathered, means: readonly MeanMetric[]): Drawn {
  return {
    pooled: [...pooled, ...means.map(({ name }) => name)],
    pool: (counts) => {
      const { base, head } = pool(counts);
      const row = (arm: 'base' | 'head', own: ArrayLike<number> | undefined) => [
        ...Array.from(own ?? pooled.map(() => Number.NaN)),
        ...means.map(({ values }) => (values[arm] === undefined ? Number.NaN : meanOf(values[arm], counts))),
      ];
      return { base: row('base', base), head: row('head', head) };
    },
  };
}

/** Metrics of the head that a threshold was set for. */
export function thresholdsOf(metrics: readonly MetricReport[]): Threshold[] {
  return metrics.flatMap(({ name, head, threshold }) =>
    threshold === undefined
      ? []
      : [{ metric: name, direction: metricNamed(name)!.direction, threshold, ...(head !== undefined && { value: head }) }],
  );
}
