import type { Arm } from '../../domain/trial.ts';
import { type ByArm, eachArm } from '../arms.ts';
import { type Binning, calibrationError, type ReliabilityBin, reliabilityOf } from '../calibration.ts';
import { groupsOf, type SortedForecasts, sortForecasts } from '../forecasts.ts';
import type { Meter, Pool, Seen } from '../meter.ts';
import { squaredMiss, surprise } from '../proper-scores.ts';
import type { ReliabilityTable } from '../tables.ts';
import { Columns } from './columns.ts';

const width: Binning = { equal: 'width', bins: 10 };
const mass: Binning = { equal: 'mass', bins: 10 };

const means = ['brier', 'logLoss', 'confidenceGiven'];
const pooled = ['ece', 'mce', 'rmsce', 'eceEqualMass'];

/** The metrics of stated confidences. */
export const calibrationMetrics: readonly string[] = [...means, ...pooled];

/** Reads [confidence, outcome]: a chance in [0, 1], NaN where the answer gives none, and whether it passed (1 or 0). */
export const calibrationMeter: Meter = {
  id: 'confidence',
  means,
  valuesIn: (seen) => {
    const [confidence, outcome] = [seen[0]!, seen[1]!];
    if (Number.isNaN(confidence)) return [Number.NaN, Number.NaN, 0];
    return [squaredMiss(confidence, outcome), surprise(confidence, outcome), 1];
  },
  pooled,
  pool: () => new CalibrationPool(),
};

class CalibrationPool implements Pool {
  readonly #arms: ByArm<Columns> = {};
  #sorted: ByArm<SortedForecasts> | undefined;

  add(arm: Arm, example: number, seen: Seen): void {
    if (Number.isNaN(seen[0])) return;
    this.#arms[arm] ??= new Columns(2);
    this.#arms[arm].add(example, seen);
    this.#sorted = undefined;
  }

  values(counts: ArrayLike<number>): ByArm<ArrayLike<number>> {
    return eachArm(this.#forecasts(), (forecasts, arm) => {
      const groups = groupsOf(forecasts, this.#arms[arm]!.weights(counts));
      const { expected, maximum, rootMeanSquare } = calibrationError(reliabilityOf(groups, width));
      return [expected, maximum, rootMeanSquare, calibrationError(reliabilityOf(groups, mass)).expected];
    });
  }

  tables(): readonly ReliabilityTable[] {
    const bins: ByArm<readonly ReliabilityBin[]> = eachArm(this.#forecasts(), (forecasts) => reliabilityOf(groupsOf(forecasts), width));
    return Object.keys(bins).length === 0 ? [] : [{ kind: 'reliability', ...bins }];
  }

  #forecasts(): ByArm<SortedForecasts> {
    this.#sorted ??= eachArm(this.#arms, (arm) => sortForecasts({ confidence: arm.column(0), outcome: arm.column(1) }));
    return this.#sorted;
  }
}
