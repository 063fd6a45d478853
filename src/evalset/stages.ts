import type { EvalSet, Example } from '../domain/evalset.ts';

/**
 * Where an example comes in the order of asking that an eval set's `stages` declare, as a number: those of a lower one come first, and what is
 * equal comes in seeded order. First the stages in their order, then what is of none. Within each those on which about half of earlier answers
 * passed, which tell versions apart; never the easy ones. A row that nobody knows is not taken for a dull one.
 */
export function rankIn(stages: NonNullable<EvalSet['stages']>): (example: Example) => number {
  const tags = stages === 'passRate' ? [] : stages;
  return ({ tags: own, passRate = 0.5 }) => {
    const stage = tags.findIndex((tag) => own.includes(tag));
    // Rounded, so that 0.3 and 0.7 are equal.
    return (stage === -1 ? tags.length : stage) + Math.round(Math.abs(passRate - 0.5) * 1e9) / 1e9;
  };
}
