import type { Filter } from './filter.ts';

const REGION = /\{\{!\s*protect:[\s\S]*?(?:\{\{!\s*\/protect\s*\}\}|$)/g;

/** What stands between `{{! protect: why }}` and `{{! /protect }}` is somebody's exact wording, a lawyer's, say; and so is what a team lists. */
export const protectedRegions: Filter = ({ text }, { incumbent, protect }) => {
  if (!same(regionsIn(text), regionsIn(incumbent))) return 'it changes a protected region';
  const isKept = protect.every((wording) => countOf(text, wording) === countOf(incumbent, wording));
  return isKept ? undefined : 'it changes protected wording';
};

function countOf(text: string, wording: string): number {
  return text.split(wording).length - 1;
}

/** With their marks, in their order. A region that is not closed reaches to the end of the file. */
function regionsIn(text: string): readonly string[] {
  return text.match(REGION) ?? [];
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((region, at) => region === other[at]);
}
