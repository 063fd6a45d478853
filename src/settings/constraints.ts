import * as z from 'zod';
import { type Located, part } from '../documents/located.ts';
import type { ConstraintSpec } from '../domain/evalset.ts';
import type { Problem } from '../domain/problem.ts';
import { constraintTable } from '../scorers/constraints/table.ts';
import { type EntryTable, readEntry } from './entries.ts';

/** The entries of `constraints:` before their own schemas have seen the options: a name, or `{ name: options }`. */
export const constraintList = z.array(z.union([z.string(), z.looseObject({})]));

/** The same for documentation: every constraint with its options. */
const documentedConstraint = z
  .union([
    z.enum(Object.keys(constraintTable)),
    ...Object.values(constraintTable).map(({ name, schema, summary }) => z.strictObject({ [name]: schema.describe(summary) })),
  ])
  .meta({ id: 'constraint' });

export const documentedConstraints = () => z.array(documentedConstraint);

const table: EntryTable = {
  noun: 'constraint',
  weighted: false,
  schemas: Object.fromEntries(Object.values(constraintTable).map(({ name, schema }) => [name, schema])),
  severalNames: { what: 'a constraint is one key, its name', fix: 'Write "- json: {}" and a line for each further constraint.' },
};

/** The constraints that the entries of a list name, and all that is wrong with them. */
export function readConstraints(list: Located<z.output<typeof constraintList>>): {
  readonly specs: ConstraintSpec[];
  readonly problems: readonly Problem[];
} {
  const outcomes = list.value.map((entry, at) => readEntry(part(list, [at], entry), table));
  return {
    specs: outcomes.flatMap((outcome) => ('problems' in outcome ? [] : [{ name: outcome.name, options: outcome.options }])),
    problems: outcomes.flatMap((outcome) => ('problems' in outcome ? outcome.problems : [])),
  };
}
