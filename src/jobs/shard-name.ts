import { UserError } from '../domain/problem.ts';
import type { Shard } from '../evaluate/shard.ts';

/** As many jobs as a matrix has at most. https://docs.github.com/en/actions/reference/limits */
const MOST_SHARDS = 256;

/** Reads `2/4`. UserError, naming the input or flag as it is `spelled`, for anything else. */
export function readShard(text: string, spelled: string): Shard {
  const [, index, count] = (/^\s*([1-9]\d{0,2})\s*\/\s*([1-9]\d{0,2})\s*$/.exec(text) ?? []).map(Number);
  if (index !== undefined && count !== undefined && index <= count && count <= MOST_SHARDS) return { index, count };
  throw new UserError({
    file: spelled,
    what: `"${text.slice(0, 40)}" names no part of a run`,
    fix: `Write which of how many, such as 2/4; there may be up to ${MOST_SHARDS}.`,
  });
}
