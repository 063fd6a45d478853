import { isRemark, tagsIn } from '../../prompts/tags.ts';
import type { Filter } from './filter.ts';

/** Every tag as often as before: a prompt that has lost its question may still score, and a variable without a value asks nothing. */
export const placeholders: Filter = ({ text }, { incumbent }) => {
  const [before, after] = [tagCounts(incumbent), tagCounts(text)];
  const lost = [...before].find(([tag, count]) => (after.get(tag) ?? 0) < count);
  if (lost !== undefined) return `it loses the placeholder {{${lost[0]}}}`;
  const added = [...after].find(([tag, count]) => (before.get(tag) ?? 0) < count);
  return added && `it adds the placeholder {{${added[0]}}}`;
};

function tagCounts(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const tag of tagsIn(text).tags) {
    if (isRemark(tag)) continue;
    const name = tag.inner.replace(/\s+/g, ' ').trim();
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
