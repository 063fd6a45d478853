import * as z from 'zod';
import { anyJson, examine } from '../documents/check.ts';
import { type Located, part, problemAt } from '../documents/located.ts';
import { shown, suggestion } from '../documents/words.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Problem } from '../domain/problem.ts';

/** An object that only JSON could hold. */
export const jsonObject: z.ZodType<JsonObject, Record<string, unknown>> = z.record(z.string(), anyJson);

/** A table that entries of a list name something of, and how messages speak of it. */
export interface EntryTable {
  /** `scorer`, `constraint`. */
  readonly noun: string;
  readonly schemas: Readonly<Record<string, z.ZodObject>>;
  /** Said of an entry that is not exactly one name with its options. */
  readonly severalNames: Pick<Problem, 'what' | 'fix'>;
  /** Whether a weight may stand beside the name. */
  readonly weighted: boolean;
}

/** What an entry names, its options checked. */
export interface NamedEntry {
  readonly name: string;
  readonly weight?: number;
  readonly options: JsonObject;
}

type Written = string | { readonly [key: string]: unknown };
type Completed = (options: Located<unknown>, schema: z.ZodObject) => Located<unknown>;

/** Reads an entry: a name, or `{ name: options }` with a weight beside it. `completed` may add to the options before they are checked. */
export function readEntry(
  entry: Located<Written>,
  { noun, schemas, severalNames, weighted }: EntryTable,
  completed: Completed = (options) => options,
): NamedEntry | { readonly problems: readonly Problem[] } {
  const { name, weight, options } = takenApart(entry, weighted);
  if (name === undefined) return { problems: [problemAt(entry, [], severalNames)] };
  const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  if (schema === undefined) {
    const fault = { what: `there is no ${noun} ${shown(name)}`, fix: suggestion(name, Object.keys(schemas)) };
    return { problems: [problemAt(entry, typeof entry.value === 'string' ? [] : [name], fault)] };
  }
  const checked = examine(completed(options, schema), schema.pipe(jsonObject));
  return 'problems' in checked ? checked : { name, ...(weight !== undefined && { weight }), options: checked.value };
}

function takenApart(entry: Located<Written>, weighted: boolean): { name?: string; weight?: number; options: Located<unknown> } {
  if (typeof entry.value === 'string') return { name: entry.value, options: part(entry, [], {}) };
  const { weight, ...rest } = entry.value;
  const [name, ...others] = Object.keys(weighted ? rest : entry.value);
  if (name === undefined || others.length > 0) return { options: entry };
  return { name, ...(weighted && typeof weight === 'number' && { weight }), options: part(entry, [name], entry.value[name] ?? {}) };
}
