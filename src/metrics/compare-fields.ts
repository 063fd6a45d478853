import { bestAssignment } from './assignment.ts';
import { isEmpty } from './compare-values.ts';
import { type Counts, f1Of } from './f1.ts';
import type { FieldPart, FieldPlan, ObjectPart } from './field-plan.ts';

/** What can become of a field: counts stand in this order, four to a row of the plan. */
export const outcomes = ['correct', 'wrong', 'missing', 'spurious'] as const;

const CORRECT = 0;
const WRONG = 1;
const MISSING = 2;
const SPURIOUS = 3;

/** Four counts (see `outcomes`) per row of the plan: what one document, or many, got right and wrong. No typed array: a small one takes longer to make. */
export type FieldCounts = number[];

/** Pairs of list elements that are compared to find the best assignment; longer lists are matched by position. */
const mostPairs = 40_000;

/** Steps that finding the best assignments of one document may take, well under a second; what is left then is matched by position. */
const mostSteps = 200_000_000;

/** What is left of them. */
interface Budget {
  steps: number;
}

/**
 * Holds the predicted document against the right one, field by field: equal is correct; two different values are wrong; a value where there is
 * none is missing or spurious (the names of SemEval-2013 task 9.1); empty against empty counts nothing. Fields the plan does not name are not looked at, or are
 * spurious in the row of their object where the plan says so. A value of another shape than the plan's (a text for an object) is spurious in the row of that object, and what it stands for is missing; a value for a
 * list is a list of one. Elements of an unordered list go together so that most of their fields agree, and those that agree in none stay alone.
 */
export function compareFields(plan: FieldPlan, right: unknown, predicted: unknown): FieldCounts {
  const counts = plan.zeros.slice();
  compare(plan.root, right, predicted, counts, { steps: mostSteps });
  return counts;
}

function compare(part: FieldPart, right: unknown, predicted: unknown, counts: FieldCounts, budget: Budget): void {
  if (part.kind === 'value') compareValue(part, right, predicted, counts, budget);
  else if (part.kind === 'list') compareLists(part, elementsOf(right), elementsOf(predicted), counts, budget);
  else compareObjects(part, right, predicted, counts, budget);
}

function compareObjects(part: ObjectPart, right: unknown, predicted: unknown, counts: FieldCounts, budget: Budget): void {
  if (!isEmpty(predicted) && !isObject(predicted)) add(counts, part.row, SPURIOUS);
  else if (part.only !== undefined && isObject(predicted)) addExtras(part.row, part.only, predicted, counts);
  for (const [name, field] of part.fields) compare(field, valueAt(right, name), valueAt(predicted, name), counts, budget);
}

function addExtras(row: number, only: ReadonlySet<string>, predicted: Readonly<Record<string, unknown>>, counts: FieldCounts): void {
  for (const name of Object.keys(predicted)) if (!only.has(name) && !isEmpty(valueAt(predicted, name))) add(counts, row, SPURIOUS);
}

function compareValue(part: FieldPart & { kind: 'value' }, right: unknown, predicted: unknown, counts: FieldCounts, budget: Budget): void {
  const [wanted, given] = [!isEmpty(right), !isEmpty(predicted)];
  budget.steps -= 1;
  if (wanted && given) {
    budget.steps -= part.cost(right, predicted);
    add(counts, part.row, part.same(right, predicted) ? CORRECT : WRONG);
  } else if (wanted) add(counts, part.row, MISSING);
  else if (given) add(counts, part.row, SPURIOUS);
}

function compareLists(
  part: FieldPart & { kind: 'list' },
  right: readonly unknown[],
  predicted: readonly unknown[],
  counts: FieldCounts,
  budget: Budget,
): void {
  const byPosition = part.ordered || right.length * predicted.length > mostPairs;
  const partner = (byPosition ? undefined : bestPartners(part.of, right, predicted, counts.slice(), budget)) ?? byPlace(right, predicted);
  const taken = new Set<number>();
  for (const [i, element] of right.entries()) {
    const j = partner[i]!;
    if (j >= 0) taken.add(j);
    compare(part.of, element, j >= 0 ? predicted[j] : undefined, counts, budget);
  }
  for (const [j, element] of predicted.entries()) if (!taken.has(j)) compare(part.of, undefined, element, counts, budget);
}

function byPlace(right: readonly unknown[], predicted: readonly unknown[]): ArrayLike<number> {
  return right.map((_, i) => (i < predicted.length ? i : -1));
}

/**
 * For each right element the predicted one it goes with, or -1: the most fields right in all, which alone decides the F1 of the document, and
 * among such assignments the one with the greatest sum of the pairs' F1. Undefined where that would take too long. Overwrites `scratch`.
 */
function bestPartners(
  part: FieldPart,
  right: readonly unknown[],
  predicted: readonly unknown[],
  scratch: FieldCounts,
  budget: Budget,
): ArrayLike<number> | undefined {
  const gain = new Float64Array(right.length * predicted.length);
  budget.steps -= assignmentSteps(right.length, predicted.length);
  for (const [i, one] of right.entries()) {
    for (const [j, other] of predicted.entries()) {
      if (budget.steps < 0) return undefined;
      scratch.fill(0);
      budget.steps -= scratch.length;
      compare(part, one, other, scratch, budget);
      const counts = pooledCounts(scratch);
      gain[i * predicted.length + j] = counts.truePositives + f1Of(counts, 0) / (right.length + 1);
    }
  }
  const partner = bestAssignment(gain, right.length, predicted.length);
  return partner.map((j, i) => (j >= 0 && gain[i * predicted.length + j]! > 0 ? j : -1));
}

/** The worst that an assignment can take, which is the square of the shorter side times the longer one. */
function assignmentSteps(rows: number, columns: number): number {
  return Math.min(rows, columns) * rows * columns;
}

/** All rows together as true and false positives and false negatives: a wrong value is one of each of the false. */
export function pooledCounts(counts: ArrayLike<number>): Counts {
  let [truePositives, falsePositives, falseNegatives] = [0, 0, 0];
  for (let row = 0; row < counts.length; row += outcomes.length) {
    const wrong = counts[row + WRONG]!;
    truePositives += counts[row + CORRECT]!;
    falsePositives += wrong + counts[row + SPURIOUS]!;
    falseNegatives += wrong + counts[row + MISSING]!;
  }
  return { truePositives, falsePositives, falseNegatives };
}

function add(counts: FieldCounts, row: number, outcome: number): void {
  counts[row * outcomes.length + outcome]! += 1;
}

function elementsOf(value: unknown): readonly unknown[] {
  if (isEmpty(value)) return [];
  return (Array.isArray(value) ? value : [value]).filter((element) => !isEmpty(element));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property, so that `constructor` is a field like any other. */
function valueAt(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
