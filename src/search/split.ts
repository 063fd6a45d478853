import { createHash } from 'node:crypto';
import type { Example } from '../domain/evalset.ts';
import { groupBy } from './group.ts';

/** Ids of the examples that candidates are chosen on, and of those that only the chosen one meets. Each in the eval set's order. */
export interface Split {
  readonly search: readonly string[];
  readonly confirm: readonly string[];
}

/** Share of the examples that the search may look at. */
const SEARCH_SHARE = 0.4;

/** Combinations of tags that fewer examples have than this are dealt out together. */
const SMALLEST_STRATUM = 5;

/** Examples that must not be parted: those of one cluster, and those that ask the same. */
interface Unit {
  readonly hash: string;
  readonly stratum: string;
  readonly ids: readonly string[];
}

type SplitExample = Pick<Example, 'id' | 'input' | 'vars' | 'messages' | 'tags' | 'cluster'>;

/**
 * Deals the examples out by the hash of their ids, 40 % to the search and 60 % to the confirmation, the same share of every combination of tags.
 * It depends on ids, tags and clusters alone, so that no later push moves a confirm row into the search; a new example moves at most one
 * other of its own combination, and one of each that follows.
 */
export function splitRows(examples: readonly SplitExample[]): Split {
  const search = new Set(strataOf(unitsOf(examples)).flatMap(searchUnits()));
  const ids = examples.map(({ id }) => id);
  return { search: ids.filter((id) => search.has(id)), confirm: ids.filter((id) => !search.has(id)) };
}

/** Which examples stand or fall together: 0-based unit of each, in the order given. */
export function unitOf(examples: readonly SplitExample[]): readonly number[] {
  const index = new Map<string, number>();
  return examples.map((example) => {
    const key = unitKey(example);
    if (!index.has(key)) index.set(key, index.size);
    return index.get(key)!;
  });
}

function unitKey({ cluster, input, vars, messages }: SplitExample): string {
  return cluster === undefined ? JSON.stringify([input, vars, messages]) : JSON.stringify(cluster);
}

function unitsOf(examples: readonly SplitExample[]): readonly Unit[] {
  const of = unitOf(examples);
  const members = groupBy(examples, (_, at) => of[at]!);
  return [...members.values()].map((rows) => ({
    hash: rows.map(({ id }) => hashOf(id)).sort()[0]!,
    stratum: [...new Set(rows.flatMap(({ tags }) => tags))].sort().join('\0'),
    ids: rows.map(({ id }) => id),
  }));
}

/** By tags, each in the order of the hashes; small ones together at the end. */
function strataOf(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const byTags = [...groupBy(units, ({ stratum }) => stratum)].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, some]) => some);
  const isSmall = (some: readonly Unit[]) => rowsIn(some) < SMALLEST_STRATUM;
  return [...byTags.filter((some) => !isSmall(some)), byTags.filter(isSmall).flat()].map((some) =>
    some.toSorted((one, other) => (one.hash < other.hash ? -1 : 1)),
  );
}

/** Takes from one stratum after the other what brings the whole nearest to the share. */
function searchUnits(): (units: readonly Unit[]) => readonly string[] {
  let [seen, taken] = [0, 0];
  return (units) => {
    seen += rowsIn(units);
    const chosen: string[] = [];
    for (const { ids } of units) {
      if (taken + chosen.length + ids.length / 2 <= SEARCH_SHARE * seen) chosen.push(...ids);
    }
    taken += chosen.length;
    return chosen;
  };
}

function rowsIn(units: readonly Unit[]): number {
  return units.reduce((sum, { ids }) => sum + ids.length, 0);
}

function hashOf(id: string): string {
  return createHash('sha256').update(`search split\0${id}`).digest('hex');
}
