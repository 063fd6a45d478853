import { type Sequence, sliced } from './sequence.ts';

/** Most ids that a report lists in one place, however many examples there are: `trials.jsonl` has all of them. */
export const MOST_LISTED = 200;

/** The first ids of so many, and how many there are `more`; absent: none. */
export interface Listed {
  readonly exampleIds: readonly string[];
  readonly more?: number;
}

/** Those that are left out are not looked up. */
export function listed(ids: Sequence<string>): Listed {
  const more = ids.length - MOST_LISTED;
  return { exampleIds: [...sliced(ids, 0, Math.min(ids.length, MOST_LISTED))], ...(more > 0 && { more }) };
}
