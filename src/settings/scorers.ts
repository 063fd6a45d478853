import * as z from 'zod';
import { examine } from '../documents/check.ts';
import { type Located, located, part, problemAt } from '../documents/located.ts';
import type { ScorerSpec } from '../domain/evalset.ts';
import type { Json } from '../domain/json.ts';
import type { Problem } from '../domain/problem.ts';
import { groupTable } from '../scorers/groups.ts';
import { scorerTable } from '../scorers/table.ts';
import { type EntryTable, jsonObject, readEntry } from './entries.ts';

const weightSchema = z.number().gt(0).max(1_000_000).optional().describe("Share in the example's score; default: 1.");

/** An entry of `scorers:` before its kind's own schema has seen the options: a kind, or `{ kind: options }` with a weight beside it. */
const scorerEntry = z.union([z.string(), z.looseObject({ weight: weightSchema })]);

type Written = z.output<typeof scorerEntry>;

/** The entries of `scorers:`, or of a group. */
export const scorerList = z.array(scorerEntry).min(1).max(100);

/** The same for documentation: every kind with its options, every group with its members. */
const documentedScorerEntry: z.ZodType = z
  .lazy(() =>
    z.union([
      z.enum(Object.keys(scorerTable)),
      ...Object.values(scorerTable).map(({ kind, schema, summary }) =>
        z.strictObject({ [kind]: schema.describe(summary), weight: weightSchema }),
      ),
      ...Object.values(groupTable).map(({ name, schema, summary }) =>
        z.strictObject({ [name]: documentedScorers().describe(summary), ...schema.shape, weight: weightSchema }),
      ),
    ]),
  )
  .meta({ id: 'scorer' });

/** A list of them; each a schema of its own, so that every place of the schema can describe its list. */
export const documentedScorers = () => z.array(documentedScorerEntry).min(1).max(100);

interface Problems {
  readonly problems: readonly Problem[];
}

type Labels = Located<readonly Json[]> | undefined;

/** The scorers that the entries of a list name, and all that is wrong with them. One that takes labels and names none gets those of `labels`. */
export function readScorers(list: Located<readonly Written[]>, labels?: Labels): { readonly specs: ScorerSpec[] } & Problems {
  const outcomes = list.value.map((entry, at) => readScorer(part(list, [at], entry), labels));
  return {
    specs: outcomes.flatMap((outcome) => ('problems' in outcome ? [] : [outcome])),
    problems: outcomes.flatMap((outcome) => ('problems' in outcome ? outcome.problems : [])),
  };
}

function readScorer(entry: Located<Written>, labels: Labels): ScorerSpec | Problems {
  const keys = typeof entry.value === 'string' ? [entry.value] : Object.keys(entry.value);
  const group = keys.find((key) => Object.hasOwn(groupTable, key));
  return group === undefined ? readSingle(entry, labels) : readGroup(entry, group, labels);
}

const table: EntryTable = {
  noun: 'scorer',
  weighted: true,
  schemas: Object.fromEntries(Object.values(scorerTable).map(({ kind, schema }) => [kind, schema])),
  severalNames: {
    what: 'a scorer is one key, its kind, with a weight beside it if any',
    fix: 'Write "- exact: {}" and a line for each further scorer.',
  },
};

function readSingle(entry: Located<Written>, labels: Labels): ScorerSpec | Problems {
  const read = readEntry(entry, table, (options, schema) => ('labels' in schema.shape ? withLabels(options, labels) : options));
  return 'problems' in read ? read : { kind: read.name, weight: read.weight ?? 1, options: read.options };
}

function readGroup(entry: Located<Written>, name: string, labels: Labels): ScorerSpec | Problems {
  const { schema, weighted } = groupTable[name]!;
  if (typeof entry.value === 'string') return { problems: [problemAt(entry, [], noMembers(name))] };
  const { [name]: list, ...rest } = entry.value;
  const beside = examine(part(entry, [], rest), schema.extend({ weight: weightSchema }));
  const members = examine(part(entry, [name], list), scorerList);
  if ('problems' in members) return members;
  const { specs, problems } = readScorers(members, labels);
  const all = [...('problems' in beside ? beside.problems : []), ...problems, ...(weighted ? [] : idleWeights(members, name))];
  if ('problems' in beside || all.length > 0) return { problems: all };
  const { weight, ...options } = beside.value;
  return { kind: name, weight: weightSchema.parse(weight) ?? 1, options: jsonObject.parse(options), members: specs };
}

function noMembers(name: string) {
  return { what: `"${name}" is a group and names no scorers`, fix: `Write "- ${name}: [exact, …]".` };
}

function idleWeights(members: Located<readonly Written[]>, name: string): Problem[] {
  const fault = { what: `a weight means nothing in "${name}"`, fix: 'Remove it.' };
  return members.value.flatMap((entry, at) =>
    typeof entry === 'object' && entry.weight !== undefined ? [problemAt(members, [at, 'weight'], fault)] : [],
  );
}

/** Whether an eval set's own labels are of any use to a scorer. */
export function takesLabels({ kind }: ScorerSpec): boolean {
  return 'labels' in (scorerTable[kind]?.schema.shape ?? {});
}

function withLabels(options: Located<unknown>, labels: Labels): Located<unknown> {
  const { file, value, within, placeOf } = options;
  if (labels === undefined || typeof value !== 'object' || value === null || 'labels' in value) return options;
  const place = placeOf([]);
  const members = new Map([...(place.members ?? []), ['labels', labels.placeOf([])] as const]);
  return located(file, { ...value, labels: labels.value }, { ...place, members }, within);
}

/** What scores where an eval set says nothing of scorers. */
export function defaultScorers(file: string): readonly ScorerSpec[] {
  return readScorers(located(file, ['exact'], { line: 1 })).specs;
}
