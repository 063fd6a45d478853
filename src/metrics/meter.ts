import type { Arm } from '../domain/trial.ts';
import type { ByArm } from './arms.ts';
import type { MetricTable } from './tables.ts';

/** What a scorer saw in one answer, as numbers that its meter reads. */
export type Seen = ArrayLike<number>;

/** How what a scorer saw in many answers becomes metrics, all of them named in the table of metrics. */
export interface Meter {
  /** Meters of one id read the same numbers alike. */
  readonly id: string;
  /** Metrics that are means over examples. */
  readonly means: readonly string[];
  /** The value of each of `means` in one answer; NaN where it has none. */
  readonly valuesIn: (seen: Seen) => ArrayLike<number>;
  /** Metrics that are worked out from all answers at once. */
  readonly pooled: readonly string[];
  /** Collects for these; absent where there are none, nor tables. */
  readonly pool?: () => Pool;
}

/** Collects what was seen in the answers of both sides. */
export interface Pool {
  add(arm: Arm, example: number, seen: Seen): void;
  /** The pooled metrics in their order, example i counting `counts[i]` times; NaN where one has no value. */
  values(counts: ArrayLike<number>): ByArm<ArrayLike<number>>;
  /** What stands behind them. */
  tables(): readonly MetricTable[];
}
