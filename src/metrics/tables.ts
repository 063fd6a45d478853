import type { ByArm } from './arms.ts';
import type { ReliabilityBin } from './calibration.ts';
import type { LabelReport } from './classification.ts';
import type { FieldReport } from './fields.ts';

/** How each label fares, either side's figures beside the other's. */
export interface LabelTable {
  readonly kind: 'labels';
  readonly rows: readonly (ByArm<LabelReport> & { readonly label: string })[];
}

/** Which label was named where which was right: the cells that hold anything, by right label, then by what was named. */
export interface ConfusionTable {
  readonly kind: 'confusion';
  readonly labels: readonly string[];
  /** `named` is null where an answer named none of the labels, or several. Counts of answers. */
  readonly cells: readonly { readonly expected: string; readonly named: string | null; readonly base?: number; readonly head?: number }[];
}

/** Confidence beside the share of answers that were right, by bins of equal width that hold any. */
export interface ReliabilityTable extends ByArm<readonly ReliabilityBin[]> {
  readonly kind: 'reliability';
}

/** What became of each field on either side. */
export interface FieldTable {
  readonly kind: 'fields';
  readonly rows: readonly (ByArm<FieldReport> & { readonly field: string })[];
}

/** What stands behind metrics that are no means. */
export type MetricTable = LabelTable | ConfusionTable | ReliabilityTable | FieldTable;
