import { defineScorer } from './definition.ts';
import { pairwiseOf, pairwiseOptions } from './judge/pairwise.ts';

/** Nobody knows what an answer is worth beside another before both are there: the pair is scored once they are. */
export const pairwise = defineScorer({
  kind: 'pairwise',
  summary:
    'Asks a [judge](judges.md#comparing-pairs) which of both versions’ answers is better, in both orders: the better one scores 1, the other 0, each 0.5 where neither is.',
  schema: pairwiseOptions,
  bind(options) {
    const { requires } = pairwiseOf(options);
    return { requires, score: () => ({ value: 0.5, pass: true, reason: 'not compared with the other version yet' }) };
  },
});
