import { type ByArm, eachArm } from '../arms.ts';
import type { LabelReport } from '../classification.ts';
import type { LabelTable } from '../tables.ts';

/** Either side's figures of each label beside the other's. */
export function labelTable(labels: readonly string[], reports: ByArm<readonly LabelReport[]>): LabelTable {
  return { kind: 'labels', rows: labels.map((label, k) => ({ label, ...eachArm(reports, (own) => own[k]!) })) };
}
