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
 * lists in any order, objects field by field. A field of several kinds, or deeper than 64 levels, is compared as `exact`. No value is kept.
 */
export function comparatorsLike(examples: Iterable<Json>): FieldComparators {
  const shape = new Shape(DEEPEST);
  for (const example of examples) shape.add(example);
  const like = shape.comparator();
  return like?.kind === 'object' ? like.fields : {};
}

type Kind = 'list' | 'object' | 'text' | 'number' | 'exact';

/** What the values of one field have in common, taken in one after another. */
class Shape {
  readonly #depth: number;
  /** Undefined while every value was empty. */
  #kind: Kind | undefined;
  #elements: Shape | undefined;
  readonly #fields = new Map<string, Shape>();

  constructor(depth: number) {
    this.#depth = depth;
  }

  add(value: Json): void {
    if (isEmpty(value)) return;
    const kind = this.#depth <= 1 ? 'exact' : kindOf(value);
    this.#kind = this.#kind === undefined || this.#kind === kind ? kind : 'exact';
    if (this.#kind === 'list' && isList(value)) for (const element of value) this.#element().add(element);
    else if (this.#kind === 'object' && isObject(value)) for (const [name, inside] of Object.entries(value)) this.#field(name).add(inside);
    else this.#fields.clear();
  }

  /** Undefined where there was no value. */
  comparator(): FieldComparator | undefined {
    if (this.#kind === 'list') return { kind: 'list', of: this.#elements?.comparator() ?? { kind: 'exact' } };
    if (this.#kind !== 'object') return this.#kind && { kind: this.#kind };
    const fields = [...this.#fields].map(([name, inside]) => [name, inside.comparator() ?? { kind: 'exact' }] as const);
    return { kind: 'object', fields: Object.fromEntries(fields) };
  }

  #element(): Shape {
    this.#elements ??= new Shape(this.#depth - 1);
    return this.#elements;
  }

  #field(name: string): Shape {
    const known = this.#fields.get(name) ?? new Shape(this.#depth - 1);
    this.#fields.set(name, known);
    return known;
  }
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function kindOf(value: Json): Kind {
  if (isList(value)) return 'list';
  if (isObject(value)) return 'object';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'number' : 'exact';
}
