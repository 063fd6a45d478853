import type { Filter } from './filter.ts';

/** A prompt may grow by half or by this many tokens, whichever is more. */
const GROWTH = 1.5;
const ROOM = 400;

/** Optimizers lengthen prompts; every request pays for it. */
export const length: Filter = ({ text }, { incumbent, countTokens }) => {
  const before = countTokens(incumbent);
  const most = Math.max(GROWTH * before, before + ROOM);
  return countTokens(text) <= most ? undefined : `it is longer than ${Math.floor(most)} tokens`;
};
