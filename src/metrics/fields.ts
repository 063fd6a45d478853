import { type FieldCounts, outcomes, pooledCounts } from './compare-fields.ts';
import { f1Of, precisionOf, recallOf } from './f1.ts';
import type { FieldPlan } from './field-plan.ts';
import { requireLength, totalWeight, type Weights, weightedMean } from './weights.ts';

/** How one field fares over all documents. */
export interface FieldReport {
  /** Its path in the plan. Objects and lists are only listed where values of another shape stood for them. */
  readonly field: string;
  readonly correct: number;
  readonly wrong: number;
  readonly missing: number;
  readonly spurious: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Extraction over documents; rates in [0, 1], NaN without documents. */
export interface ExtractionReport {
  readonly fields: readonly FieldReport[];
  /** Counts pooled over fields and documents. 1 where nothing was to find and nothing was found. */
  readonly microPrecision: number;
  readonly microRecall: number;
  readonly microF1: number;
  /** Mean of the fields' F1; a field that is empty throughout is skipped. Differs from micro where fields are not equally often filled. */
  readonly macroF1: number;
  /** Share of documents with every field right. */
  readonly documentExact: number;
  /** Mean of the documents' F1: what the gate compares, documents being the independent unit. */
  readonly documentF1: number;
}

/** The score of one document: 2 TP / (2 TP + FP + FN) over its fields, a wrong value being one FP and one FN; 1 where nothing was to find and nothing was found. */
export function documentF1(counts: FieldCounts): number {
  return f1Of(pooledCounts(counts), 1);
}

/** Whether every field is right. */
export function isDocumentExact(counts: FieldCounts): boolean {
  const { falsePositives, falseNegatives } = pooledCounts(counts);
  return falsePositives + falseNegatives === 0;
}

/** Precision, recall and F1 by field, micro and macro, from the counts of `compareFields` per document. */
export function extractionReport(plan: FieldPlan, documents: readonly FieldCounts[], weights?: Weights): ExtractionReport {
  const total = totalWeight(documents.length, weights);
  const sums = new Float64Array(plan.paths.length * outcomes.length);
  let [exact, f1Sum] = [0, 0];
  for (const [i, counts] of documents.entries()) {
    requireLength('counts', counts, sums.length);
    const weight = weights?.[i] ?? 1;
    if (weight === 0) continue;
    for (let at = 0; at < counts.length; at++) sums[at]! += weight * counts[at]!;
    f1Sum += weight * documentF1(counts);
    if (isDocumentExact(counts)) exact += weight;
  }
  const fields = fieldReports(plan, sums);
  const present = presentFields(sums);
  return {
    fields: fields.filter((_, row) => plan.isValue[row] || present[row]),
    ...fieldRates(sums, total, present),
    documentExact: exact / total,
    documentF1: Math.min(1, f1Sum / total),
  };
}

/** Each row of the plan, from the sums of the documents' counts. */
export function fieldReports(plan: FieldPlan, sums: Float64Array): FieldReport[] {
  return plan.paths.map((field, row) => fieldReport(field, sums.subarray(row * outcomes.length, (row + 1) * outcomes.length)));
}

/** Per row whether anything was counted there in any of the sums: what the macro average is over. To compare two arms give the sums of both. */
export function presentFields(...sums: readonly Float64Array[]): boolean[] {
  const rows = (sums[0]?.length ?? 0) / outcomes.length;
  const isSeen = (row: number) => sums.some((own) => outcomes.some((_, outcome) => own[row * outcomes.length + outcome]! > 0));
  return Array.from({ length: rows }, (_, row) => isSeen(row));
}

/** Rates of all fields together, from the sums of the counts of documents that weigh `total`. */
export function fieldRates(
  sums: Float64Array,
  total: number,
  present: readonly boolean[] = presentFields(sums),
): Pick<ExtractionReport, 'microPrecision' | 'microRecall' | 'microF1' | 'macroF1'> {
  const none = total === 0 ? Number.NaN : 1;
  const all = pooledCounts(sums);
  const { truePositives, falsePositives, falseNegatives } = all;
  const isEmpty = truePositives + falsePositives + falseNegatives === 0;
  return {
    microPrecision: isEmpty ? none : precisionOf(all),
    microRecall: isEmpty ? none : recallOf(all),
    microF1: f1Of(all, none),
    macroF1: total === 0 ? none : meanF1(sums, present),
  };
}

/** 1 where no field is present. */
function meanF1(sums: Float64Array, present: readonly boolean[]): number {
  let [sum, fields] = [0, 0];
  for (const [row, isPresent] of present.entries()) {
    if (!isPresent) continue;
    const [correct = 0, wrong = 0, missing = 0, spurious = 0] = sums.subarray(row * outcomes.length);
    sum += f1Of({ truePositives: correct, falsePositives: wrong + spurious, falseNegatives: wrong + missing }, 0);
    fields += 1;
  }
  return fields === 0 ? 1 : sum / fields;
}

function fieldReport(field: string, [correct = 0, wrong = 0, missing = 0, spurious = 0]: Float64Array): FieldReport {
  const counts = { truePositives: correct, falsePositives: wrong + spurious, falseNegatives: wrong + missing };
  return { field, correct, wrong, missing, spurious, precision: precisionOf(counts), recall: recallOf(counts), f1: f1Of(counts, 0) };
}

/** Share of documents that are valid against their schema. In [0, 1], NaN without documents. */
export function validityRate(valid: readonly boolean[], weights?: Weights): number {
  return weightedMean(Float64Array.from(valid, Number), weights);
}
