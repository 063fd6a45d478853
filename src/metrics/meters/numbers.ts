import type { Arm } from '../../domain/trial.ts';
import { type ByArm, eachArm } from '../arms.ts';
import type { Meter, Pool, Seen } from '../meter.ts';
import { numericReport } from '../numeric.ts';
import { Columns } from './columns.ts';

const means = ['withinTolerance', 'scaledScore', 'numberGiven'];
const pooled = ['mae', 'rmse', 'mape', 'r2'] as const;

/** The metrics of numbers. */
export const numberMetrics: readonly string[] = [...means, ...pooled];

/**
 * Reads [right number, number given, whether it is within the tolerance (1 or 0), score on the declared scale]: NaN for an answer without a
 * number, and for a score where no scale is declared.
 */
export const numberMeter: Meter = {
  id: 'number',
  means,
  valuesIn: (seen) => [seen[2]!, seen[3]!, Number.isNaN(seen[1]) ? 0 : 1],
  pooled,
  pool: () => new NumberPool(),
};

class NumberPool implements Pool {
  readonly #arms: ByArm<Columns> = {};

  add(arm: Arm, example: number, seen: Seen): void {
    this.#arms[arm] ??= new Columns(2);
    this.#arms[arm].add(example, seen);
  }

  values(counts: ArrayLike<number>): ByArm<ArrayLike<number>> {
    return eachArm(this.#arms, (arm) => {
      const report = numericReport({ truth: arm.column(0), predicted: arm.column(1) }, arm.weights(counts));
      return pooled.map((metric) => report[metric]);
    });
  }

  tables(): readonly [] {
    return [];
  }
}
