import type { Arm } from '../../domain/trial.ts';
import { type ByArm, eachArm } from '../arms.ts';
import {
  balancedAccuracy,
  labelReports,
  macroF1,
  macroPrecision,
  macroRecall,
  matthews,
  type Present,
  presentLabels,
  weightedF1,
} from '../classification.ts';
import { confusionMatrix, type LabelledExamples, type LabelTally, labelTally } from '../confusion.ts';
import type { Meter, Pool, Seen } from '../meter.ts';
import type { ConfusionTable, LabelTable } from '../tables.ts';
import { Columns } from './columns.ts';
import { labelTable } from './label-table.ts';

const pooled: Readonly<Record<string, (tally: LabelTally, present: Present) => number>> = {
  balancedAccuracy: (tally) => balancedAccuracy(tally),
  macroF1,
  weightedF1: (tally) => weightedF1(tally),
  macroPrecision,
  macroRecall,
  matthews: (tally) => matthews(tally),
};

/** The metrics of single labels. */
export const labelMetrics: readonly string[] = ['microF1', ...Object.keys(pooled)];

/** Reads [right label, named label], both indices into `labels`; the named one is `labels.length` where an answer names none or several. */
export function labelMeter(labels: readonly string[]): Meter {
  return {
    id: `label ${JSON.stringify(labels)}`,
    means: ['microF1'],
    valuesIn: (seen) => [seen[0] === seen[1] ? 1 : 0],
    pooled: Object.keys(pooled),
    pool: () => new LabelPool(labels),
  };
}

class LabelPool implements Pool {
  readonly #labels: readonly string[];
  readonly #arms: ByArm<Columns> = {};

  constructor(labels: readonly string[]) {
    this.#labels = labels;
  }

  add(arm: Arm, example: number, seen: Seen): void {
    this.#arms[arm] ??= new Columns(2);
    this.#arms[arm].add(example, seen);
  }

  values(counts: ArrayLike<number>): ByArm<ArrayLike<number>> {
    const tallies = eachArm(this.#arms, (arm) => labelTally(this.#examplesOf(arm), arm.weights(counts)));
    const present = presentLabels(...Object.values(tallies));
    return eachArm(tallies, (tally) => Object.values(pooled).map((metric) => metric(tally, present)));
  }

  tables(): readonly [LabelTable, ConfusionTable] {
    const reports = eachArm(this.#arms, (arm) => labelReports(labelTally(this.#examplesOf(arm))));
    return [labelTable(this.#labels, reports), this.#confusionTable()];
  }

  #confusionTable(): ConfusionTable {
    const matrices = eachArm(this.#arms, (arm) => confusionMatrix(this.#examplesOf(arm)).cells);
    const columns = this.#labels.length + 1;
    const filled = [...new Set(Object.values(matrices).flatMap(filledCells))].sort((one, other) => one - other);
    const cells = filled.map((at) => ({
      expected: this.#labels[Math.floor(at / columns)]!,
      named: this.#labels[at % columns] ?? null,
      ...eachArm(matrices, (own) => own[at]!),
    }));
    return { kind: 'confusion', labels: this.#labels, cells };
  }

  #examplesOf(arm: Columns): LabelledExamples {
    return { labels: this.#labels, truth: arm.column(0), predicted: arm.column(1) };
  }
}

function filledCells(cells: Float64Array): number[] {
  return Array.from(cells.keys()).filter((at) => cells[at] !== 0);
}
