import { type Candidate, INCUMBENT } from './candidate.ts';

/** By version and change (each version but the incumbent brings one, numbered as it is), how often the change is in it: 1 or 0 where merges are of different changes. */
export type Pedigree = readonly Float64Array[];

/** What each version is made of: its first parent's changes and its own; a merge line by line has those of both parents, the common ones once. */
export function pedigreeOf(candidates: readonly Candidate[]): Pedigree {
  const made: Float64Array[] = [];
  for (const { id, parents, ancestor } of candidates) {
    const [one, other] = (ancestor === undefined ? parents.slice(0, 1) : parents).map((parent) => made[parent]!);
    const common = ancestor === undefined ? undefined : made[ancestor]!;
    made.push(Float64Array.from(candidates, (_, at) => Math.max(0, (one?.[at] ?? 0) + (other?.[at] ?? 0) - (common?.[at] ?? 0))));
    if (id !== INCUMBENT) made[id]![id] = 1;
  }
  return made;
}

/** Sum over the changes that two versions share, each weighed. */
export function inCommon(one: Float64Array, other: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let change = 0; change < weights.length; change++) sum += one[change]! * other[change]! * weights[change]!;
  return sum;
}

/** Sum over the changes of a version, each weighed. */
export function inAll(version: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let change = 0; change < weights.length; change++) sum += version[change]! * weights[change]!;
  return sum;
}
