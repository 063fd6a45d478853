import type { Filter } from './filter.ts';

const REGION = /\{\{!\s*protect:[\s\S]*?(?:\{\{!\s*\/protect\s*\}\}|$)/g;

/** What stands between `{{! protect: why }}` and `{{! /protect }}` is somebody's exact wording: a lawyer's, say. */
export const protectedRegions: Filter = ({ text }, { incumbent }) =>
  same(regionsIn(text), regionsIn(incumbent)) ? undefined : 'it changes a protected region';

/** With their marks, in their order. A region that is not closed reaches to the end of the file. */
function regionsIn(text: string): readonly string[] {
  return text.match(REGION) ?? [];
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((region, at) => region === other[at]);
}
