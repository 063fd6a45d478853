import * as z from 'zod';
import type { Json, JsonObject } from '../domain/json.ts';
import type { ValueComparator } from '../metrics/compare-values.ts';
import type { FieldComparator, FieldComparators } from '../metrics/field-plan.ts';
import { readingOptions } from './number.ts';

const punctuation = z.enum(['kept', 'ignored']).default('kept');
const atLeast = z.number().gt(0).max(1).default(0.8);
const tolerance = z.number().min(0).optional();

/** Comparators by name, each with what may be said about it. */
const options = {
  exact: z.strictObject({}),
  text: z.strictObject({ punctuation }),
  number: z.strictObject({ absolute: tolerance, relative: tolerance, ...readingOptions }),
  date: z.strictObject({ order: z.enum(['day-first', 'month-first', 'unknown']).default('unknown') }),
  set: z.strictObject({ punctuation }),
  fuzzy: z.strictObject({ atLeast }),
};

type Name = keyof typeof options;

const names = ['exact', 'text', 'number', 'date', 'set', 'fuzzy'] as const satisfies Name[];

const single = z.union([z.enum(names), ...names.map((name) => z.strictObject({ [name]: options[name] }))]);

/** A comparator as an eval set writes it: a name, a name with options, `object` with a comparator for each field, or `list` with that of its elements. */
const written: z.ZodType = z
  .lazy(() =>
    z.union([
      single,
      z.strictObject({ object: z.record(z.string(), written) }),
      z.strictObject({ list: written, order: z.enum(['any', 'kept']).default('any') }),
    ]),
  )
  .meta({ id: 'comparator' });

/** A comparator for each field. */
export const comparatorsSchema = z.record(z.string(), written);

/** Comparators that passed the schema, ready to be planned. */
export function comparatorsOf(fields: Readonly<Record<string, unknown>>): FieldComparators {
  return Object.fromEntries(Object.entries(fields).map(([name, comparator]) => [name, comparatorOf(comparator)]));
}

function comparatorOf(comparator: unknown): FieldComparator {
  if (typeof comparator === 'string') return valueComparator(comparator, {});
  const given = mapping.parse(comparator);
  if ('object' in given) return { kind: 'object', fields: comparatorsOf(mapping.parse(given['object'])) };
  if ('list' in given) return { kind: 'list', of: comparatorOf(given['list']), order: given['order'] === 'kept' ? 'kept' : 'any' };
  const [[name, rest] = ['exact', {}]] = Object.entries(given);
  return valueComparator(name, rest);
}

const mapping = z.record(z.string(), z.unknown());

function valueComparator(name: string, given: unknown): ValueComparator {
  switch (name) {
    case 'text':
    case 'set':
      return { kind: name, ...options[name].parse(given) };
    case 'number': {
      const { absolute, relative, ...reading } = options.number.parse(given);
      return {
        kind: 'number',
        tolerance: { ...(absolute !== undefined && { absolute }), ...(relative !== undefined && { relative }) },
        reading,
      };
    }
    case 'date':
      return { kind: 'date', ...options.date.parse(given) };
    case 'fuzzy':
      return { kind: 'fuzzy', ...options.fuzzy.parse(given) };
    default:
      return { kind: 'exact' };
  }
}

/** The same the other way round, for comparators without options of their own. */
export function writtenAs(fields: FieldComparators): JsonObject {
  return Object.fromEntries(Object.entries(fields).map(([name, comparator]) => [name, writtenComparator(comparator)]));
}

function writtenComparator(comparator: FieldComparator): Json {
  if (comparator.kind === 'object') return { object: writtenAs(comparator.fields) };
  return comparator.kind === 'list' ? { list: writtenComparator(comparator.of) } : comparator.kind;
}
