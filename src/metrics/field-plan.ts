import { isObject, type Json } from '../domain/json.ts';
import { comparison, costOf, isEmpty, type Same, type ValueComparator } from './compare-values.ts';

/** How a field is held against the right one: a single value, an object field by field, or a list element by element. */
export type FieldComparator =
  | ValueComparator
  | { readonly kind: 'object'; readonly fields: FieldComparators }
  /** `order: 'any'`: elements go together as fits best; `kept`: by position. */
  | { readonly kind: 'list'; readonly of: FieldComparator; readonly order?: 'any' | 'kept' };

/** A comparator per field name. */
export type FieldComparators = Readonly<Record<string, FieldComparator>>;

/** A field that is compared. Every part has a row of counts; those of objects and lists only count values of another shape. */
export type FieldPart =
  | { readonly kind: 'value'; readonly row: number; readonly same: Same; readonly cost: (right: unknown, predicted: unknown) => number }
  | ObjectPart
  | { readonly kind: 'list'; readonly row: number; readonly of: FieldPart; readonly ordered: boolean };

/** An object of which some fields are compared. */
export interface ObjectPart {
  readonly kind: 'object';
  readonly row: number;
  readonly fields: readonly (readonly [name: string, part: FieldPart])[];
  /** Their names, where any other field is spurious. */
  readonly only?: ReadonlySet<string>;
}

/** What is made of fields that no comparator names: nothing, or each counts as a spurious value of the object they stand in. */
export type ExtraFields = 'ignored' | 'spurious';

/** Comparators made ready to compare many documents. `paths[row]` names the field of a row of counts: `address.city`, `lines[].price`. */
export interface FieldPlan {
  readonly paths: readonly string[];
  /** Whether a row is that of a single value, not of an object or list. */
  readonly isValue: readonly boolean[];
  /** The counts of nothing, four to a row. */
  readonly zeros: readonly number[];
  readonly root: ObjectPart;
}

/** Levels of fields inside fields. */
const DEEPEST = 64;

/** Makes comparators ready. RangeError for options out of range, or for more than 64 levels. */
export function planFields(comparators: FieldComparators, extra: ExtraFields = 'ignored'): FieldPlan {
  const paths: string[] = [];
  const root = objectPart(comparators, '', { paths, extra }, DEEPEST);
  const isValue = paths.map(() => false);
  markValues(root, isValue);
  return { paths, isValue, zeros: paths.flatMap(() => [0, 0, 0, 0]), root };
}

function markValues(part: FieldPart, isValue: boolean[]): void {
  if (part.kind === 'value') isValue[part.row] = true;
  else if (part.kind === 'list') markValues(part.of, isValue);
  else for (const [, field] of part.fields) markValues(field, isValue);
}

interface Planned {
  readonly paths: string[];
  readonly extra: ExtraFields;
}

function objectPart(comparators: FieldComparators, path: string, planned: Planned, depth: number): ObjectPart {
  if (depth === 0) throw new RangeError(`fields may lie at most ${DEEPEST} levels deep`);
  const row = planned.paths.push(path) - 1;
  const inside = path === '' ? '' : `${path}.`;
  const fields = Object.entries(comparators).map(
    ([name, comparator]) => [name, partOf(comparator, inside + named(name), planned, depth - 1)] as const,
  );
  return { kind: 'object', row, fields, ...(planned.extra === 'spurious' && { only: new Set(Object.keys(comparators)) }) };
}

function partOf(comparator: FieldComparator, path: string, planned: Planned, depth: number): FieldPart {
  if (comparator.kind === 'object') return objectPart(comparator.fields, path, planned, depth);
  if (depth === 0) throw new RangeError(`fields may lie at most ${DEEPEST} levels deep`);
  const row = planned.paths.push(path) - 1;
  if (comparator.kind === 'list')
    return { kind: 'list', row, of: partOf(comparator.of, `${path}[]`, planned, depth - 1), ordered: comparator.order === 'kept' };
  return { kind: 'value', row, same: comparison(comparator), cost: (right, predicted) => costOf(comparator, right, predicted) };
}

/** A name as it stands in a path, quoted where it would not be told from a path. */
function named(name: string): string {
  return /^[^.[\]"]+$/.test(name) ? name : `[${JSON.stringify(name)}]`;
}

/**
 * Comparators for fields like those of the right values: texts as `text`, numbers as `number`, true and false as `exact`, lists of values as
 * lists in any order, objects field by field. A field of several kinds, or deeper than 64 levels, is compared as `exact`.
 */
export function comparatorsLike(examples: readonly Json[]): FieldComparators {
  const like = comparatorLike(examples, DEEPEST);
  return like?.kind === 'object' ? like.fields : {};
}

function comparatorLike(values: readonly Json[], depth: number): FieldComparator | undefined {
  const present = values.filter((value) => !isEmpty(value));
  const [first] = present;
  if (first === undefined) return undefined;
  if (depth <= 1) return { kind: 'exact' };
  if (present.every((value) => Array.isArray(value)))
    return { kind: 'list', of: comparatorLike(present.flat(), depth - 1) ?? { kind: 'exact' } };
  if (present.every(isObject)) {
    const byName = new Map<string, Json[]>();
    for (const object of present) {
      for (const [name, value] of Object.entries(object)) {
        const inside = byName.get(name);
        if (inside === undefined) byName.set(name, [value]);
        else inside.push(value);
      }
    }
    const fields = [...byName].map(([name, inside]) => [name, comparatorLike(inside, depth - 1) ?? { kind: 'exact' }] as const);
    return { kind: 'object', fields: Object.fromEntries(fields) };
  }
  if (present.every((value) => typeof value === 'string')) return { kind: 'text' };
  return present.every((value) => typeof value === 'number') ? { kind: 'number' } : { kind: 'exact' };
}
