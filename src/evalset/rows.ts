import { type CsvRecord, readCsv } from '../documents/csv.ts';
import { readJson, readJsonLines } from '../documents/json.ts';
import { refuse, refuseAny, type Unsound, unsoundKey } from '../documents/limits.ts';
import { type Located, located, part, problemAt } from '../documents/located.ts';
import { shown, suggestion } from '../documents/words.ts';
import { readYaml } from '../documents/yaml.ts';
import type { Json } from '../domain/json.ts';
import type { Problem } from '../domain/problem.ts';
import { type Row, readRow, rowKeys } from './row.ts';

/**
 * The rows of a .jsonl, .csv, .json, .yaml or .yml file, in their order; skipped ones are marked. UserError with everything that is
 * wrong with them, and where there is none.
 */
export function readRows(file: string, text: string): Row[] {
  const values = readValues(file, text);
  refuseEmpty(file, values.length);
  return checkedRows(values);
}

/** UserError for a file without rows. */
export function refuseEmpty(file: string, rows: number): void {
  if (rows > 0) return;
  refuse([{ file, what: 'there are no examples in the file', fix: 'Add one, or do not name the file under "examples:".' }]);
}

/** The rows that values read from a file are. UserError with everything that is wrong with them. */
export function checkedRows(values: readonly Located<unknown>[]): Row[] {
  const problems: Problem[] = [];
  const rows = values.flatMap((value) => {
    const row = readRow(value);
    if (!('problems' in row)) return [row];
    problems.push(...row.problems);
    return [];
  });
  refuseAny(problems);
  return rows;
}

function readValues(file: string, text: string): readonly Located<unknown>[] {
  const extension = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase();
  if (extension === 'jsonl') return readJsonLines(file, text);
  if (extension === 'csv') return csvRows(file, text);
  if (extension === 'json') return elements(readJson(file, text));
  if (extension === 'yaml' || extension === 'yml') return elements(readYaml(file, text));
  return refuse([{ file, what: 'the format is not known by its extension', fix: 'Name it .jsonl, .csv, .json, .yaml or .yml.' }]);
}

function elements(list: Located): readonly Located[] {
  if (list.value === null) return [];
  if (!Array.isArray(list.value)) {
    return refuse([
      problemAt(list, [], { what: `${shown(list.value)} is not a list of examples`, fix: 'Write a list with one mapping for each.' }),
    ]);
  }
  return list.value.map((element: Json, index) => part(list, [index], element));
}

/** A record's `vars.name` columns fill the variables, an empty field of another column counts as not given; all values are text. */
function csvRows(file: string, text: string): readonly Located<unknown>[] {
  const table = readCsv(file, text);
  if (table === undefined) return [];
  refuseAny(table.columns.value.flatMap((name) => columnProblem(table.columns, name)));
  return table.records.map((record) => located(file, csvRow(record.value), record.placeOf([])));
}

/** Histories do not fit into a cell. */
const plainColumns = rowKeys.filter((key) => key !== 'vars' && key !== 'messages');
const variable = /^vars\.([^.]+)$/;

function columnProblem(columns: Located<unknown>, name: string): Problem[] {
  const wrong = columnFault(name);
  return wrong === undefined ? [] : [problemAt(columns, [name], wrong)];
}

function columnFault(name: string): Unsound | undefined {
  const key = variable.exec(name)?.[1];
  if (key !== undefined) return unsoundKey(key);
  return plainColumns.includes(name) ? undefined : { what: 'unknown column', fix: suggestion(name, [...plainColumns, 'vars.<name>']) };
}

function csvRow(record: CsvRecord): { readonly [key: string]: Json } {
  const fields = Object.entries(record);
  const vars = fields.flatMap(([name, value]) => {
    const key = variable.exec(name)?.[1];
    return key === undefined ? [] : [[key, value] as const];
  });
  const given = fields.filter(([name, value]) => !variable.test(name) && value !== '');
  return {
    ...Object.fromEntries(given.map(([name, value]) => [name, name === 'skip' ? skipField(value) : value])),
    vars: Object.fromEntries(vars),
  };
}

function skipField(value: string): boolean | string {
  const word = value.trim().toLowerCase();
  if (['true', 'yes', '1'].includes(word)) return true;
  return ['false', 'no', '0'].includes(word) ? false : value;
}
