import type { Arm } from '../../domain/trial.ts';
import { type ByArm, eachArm } from '../arms.ts';
import { type FieldCounts, outcomes } from '../compare-fields.ts';
import { f1Of } from '../f1.ts';
import type { FieldPlan } from '../field-plan.ts';
import { fieldRates, fieldReports, presentFields } from '../fields.ts';
import type { Meter, Pool, Seen } from '../meter.ts';
import type { FieldTable } from '../tables.ts';
import { WholeNumbers } from './whole-numbers.ts';

const means = ['documentF1', 'documentExact', 'schemaValidity'];
const pooled = ['fieldMicroF1', 'fieldMicroPrecision', 'fieldMicroRecall', 'fieldMacroF1'];

/** The metrics of extraction. */
export const fieldMetrics: readonly string[] = [...means, ...pooled];

/** Reads [whether the answer is valid (1 or 0), then pairs of a place in the plan's counts and the count that is there]. */
export function fieldMeter(plan: FieldPlan): Meter {
  return {
    id: `fields ${JSON.stringify(plan.paths)}`,
    means,
    valuesIn: (seen) => {
      const [correct, wrong, missing, spurious] = totalsIn(seen);
      const counts = { truePositives: correct, falsePositives: wrong + spurious, falseNegatives: wrong + missing };
      return [f1Of(counts, 1), wrong + missing + spurious === 0 ? 1 : 0, seen[0]!];
    },
    pooled,
    pool: () => new FieldPool(plan),
  };
}

/** What is observed of one document. */
export function seenOf(isValid: boolean, counts: FieldCounts): number[] {
  const seen = [isValid ? 1 : 0];
  for (let at = 0; at < counts.length; at++) if (counts[at] !== 0) seen.push(at, counts[at]!);
  return seen;
}

function totalsIn(seen: Seen): [number, number, number, number] {
  const totals: [number, number, number, number] = [0, 0, 0, 0];
  for (let at = 1; at < seen.length; at += 2) totals[seen[at]! % outcomes.length]! += seen[at + 1]!;
  return totals;
}

/** The pairs of all documents one after another, and of each document its example and where its pairs end. */
class Documents {
  readonly pairs = new WholeNumbers();
  readonly example = new WholeNumbers();
  readonly end = new WholeNumbers();
}

class FieldPool implements Pool {
  readonly #plan: FieldPlan;
  readonly #arms: ByArm<Documents> = {};

  constructor(plan: FieldPlan) {
    this.#plan = plan;
  }

  add(arm: Arm, example: number, seen: Seen): void {
    this.#arms[arm] ??= new Documents();
    const { pairs, example: examples, end } = this.#arms[arm];
    for (let at = 1; at < seen.length; at++) pairs.push(seen[at]!);
    examples.push(example);
    end.push(pairs.length);
  }

  values(counts: ArrayLike<number>): ByArm<ArrayLike<number>> {
    const sums = eachArm(this.#arms, (documents) => this.#sums(documents, counts));
    const present = presentFields(...Object.values(sums).map((own) => own.sums));
    return eachArm(sums, (own) => {
      const { microF1, microPrecision, microRecall, macroF1 } = fieldRates(own.sums, own.total, present);
      return [microF1, microPrecision, microRecall, macroF1];
    });
  }

  tables(): readonly FieldTable[] {
    const sums = eachArm(this.#arms, (documents) => this.#sums(documents).sums);
    const present = presentFields(...Object.values(sums));
    const reports = eachArm(sums, (own) => fieldReports(this.#plan, own));
    const rows = this.#plan.paths.map((field, row) => ({ field, ...eachArm(reports, (own) => own[row]!) }));
    return [{ kind: 'fields', rows: rows.filter((_, row) => this.#plan.isValue[row] || present[row]) }];
  }

  #sums({ pairs, example, end }: Documents, counts?: ArrayLike<number>): { sums: Float64Array; total: number } {
    const sums = new Float64Array(this.#plan.paths.length * outcomes.length);
    let [total, at] = [0, 0];
    for (let i = 0; i < example.length; i++) {
      const weight = counts?.[example.at(i)] ?? 1;
      const until = end.at(i);
      if (weight > 0) for (; at < until; at += 2) sums[pairs.at(at)]! += weight * pairs.at(at + 1);
      total += weight;
      at = until;
    }
    return { sums, total };
  }
}
