import { copied } from './copied.ts';
import { duplicate } from './duplicate.ts';
import type { Draft, Filter, Ground } from './filter.ts';
import { frontMatter } from './front-matter.ts';
import { length } from './length.ts';
import { parses } from './parses.ts';
import { placeholders } from './placeholders.ts';
import { protectedRegions } from './protected.ts';
import { roles } from './roles.ts';

const filters: readonly Filter[] = [duplicate, frontMatter, parses, placeholders, roles, protectedRegions, length, copied];

/** The first reason not to spend a call on a draft, as a clause; undefined where there is none. */
export function refusalOf(draft: Draft, ground: Ground): string | undefined {
  for (const filter of filters) {
    const refusal = filter(draft, ground);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
