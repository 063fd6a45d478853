import type { Arm } from '../../domain/trial.ts';
import { type ByArm, eachArm } from '../arms.ts';
import { labelReports, presentLabels } from '../classification.ts';
import { type Counts, f1Of } from '../f1.ts';
import type { Meter, Pool, Seen } from '../meter.ts';
import { hammingLossOf, type LabelSets, labelOutcomes, labelSetTally, meanLabelF1, pooledLabelF1 } from '../multi-label.ts';
import type { LabelTable } from '../tables.ts';
import { labelTable } from './label-table.ts';

const means = ['subsetAccuracy', 'samplesF1', 'hammingLoss'];
const pooled = ['multiLabelMicroF1', 'multiLabelMacroF1'];

/** The metrics of several labels at once. */
export const labelSetMetrics: readonly string[] = [...means, ...pooled];

/** Reads [how many unknown labels, then for each known label that is right or named its index times 3 plus its outcome]. */
export function labelSetMeter(labels: readonly string[]): Meter {
  return {
    id: `labels ${JSON.stringify(labels)}`,
    means,
    valuesIn: (seen) => {
      const counts = countsIn(seen);
      return [counts.falsePositives + counts.falseNegatives === 0 ? 1 : 0, f1Of(counts, 1), hammingLossOf(counts, labels.length)];
    },
    pooled,
    pool: () => new LabelSetPool(labels),
  };
}

/** What was right, wrong and missed in what was seen of one answer. */
export function countsIn(seen: Seen): Counts {
  const found = [0, 0, 0];
  for (let at = 1; at < seen.length; at++) found[seen[at]! % 3]! += 1;
  const { hit, extra, missed } = labelOutcomes;
  return { truePositives: found[hit]!, falsePositives: found[extra]! + seen[0]!, falseNegatives: found[missed]! };
}

interface Sets extends LabelSets {
  readonly outcomes: number[];
  readonly start: number[];
  readonly unknown: number[];
  readonly example: number[];
}

class LabelSetPool implements Pool {
  readonly #labels: readonly string[];
  readonly #arms: ByArm<Sets> = {};

  constructor(labels: readonly string[]) {
    this.#labels = labels;
  }

  add(arm: Arm, example: number, seen: Seen): void {
    this.#arms[arm] ??= { labels: this.#labels, outcomes: [], start: [0], unknown: [], example: [] };
    const sets = this.#arms[arm];
    for (let at = 1; at < seen.length; at++) sets.outcomes.push(seen[at]!);
    sets.start.push(sets.outcomes.length);
    sets.unknown.push(seen[0]!);
    sets.example.push(example);
  }

  values(counts: ArrayLike<number>): ByArm<ArrayLike<number>> {
    const tallies = eachArm(this.#arms, (sets) =>
      labelSetTally(
        sets,
        Float64Array.from(sets.example, (example) => counts[example]!),
      ),
    );
    const present = presentLabels(...Object.values(tallies));
    return eachArm(tallies, (tally) => [pooledLabelF1(tally), meanLabelF1(tally, present)]);
  }

  tables(): readonly LabelTable[] {
    return [
      labelTable(
        this.#labels,
        eachArm(this.#arms, (sets) => labelReports(labelSetTally(sets))),
      ),
    ];
  }
}
