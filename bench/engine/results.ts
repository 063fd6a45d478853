import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Target } from '../target.ts';
import { rounded, type Tables, targetsOf } from './tables.ts';

const FILE = fileURLToPath(new URL('../results/engine.json', import.meta.url));
const nothing: Tables = { runs: [], cache: [], starts: [], large: [] };

/** What a row of a table is known by: a newer one with the same takes its place. */
const keys: Readonly<Record<keyof Tables, readonly string[]>> = {
  runs: ['rows', 'concurrency', 'who'],
  cache: ['rows', 'who'],
  starts: ['what'],
  large: ['rows'],
};

export function readTables(): Tables {
  return { ...nothing, ...read().tables };
}

function read(): { readonly tables?: Tables; readonly versions?: Readonly<Record<string, string>> } {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as ReturnType<typeof read>) : {};
}

/** Puts rows into the result file beside those of earlier parts; gives the targets as they stand. */
export function merge(fresh: Partial<Tables>, versions: Readonly<Record<string, string>>): readonly Target[] {
  const before = readTables();
  const tables = Object.fromEntries(
    (Object.keys(keys) as (keyof Tables)[]).map((name) => [name, merged(before[name], fresh[name] ?? [], keys[name])]),
  ) as unknown as Tables;
  const targets = targetsOf(tables);
  const machine = { cores: availableParallelism(), node: process.version };
  const written = {
    date: new Date().toISOString().slice(0, 10),
    seed: 'the rows are made from their numbers',
    machine,
    // A peer whose rows stand is named though it was not measured this time.
    versions: { ...read().versions, ...versions },
    targets,
    tables,
  };
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(written, (_, value: unknown) => (typeof value === 'number' ? rounded(value) : value), 2)}\n`);
  return targets;
}

type Row = Readonly<Record<string, unknown>>;

function merged(before: readonly object[], fresh: readonly object[], by: readonly string[]): object[] {
  const keyOf = (row: object) => JSON.stringify(by.map((name) => (row as Row)[name]));
  const rows = new Map([...before, ...fresh].map((row) => [keyOf(row), row]));
  return [...rows.values()].sort((one, other) => by.map((name) => compared((one as Row)[name], (other as Row)[name])).find(Boolean) ?? 0);
}

function compared(one: unknown, other: unknown): number {
  return typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other));
}
