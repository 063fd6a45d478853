import { defineScorer } from './definition.ts';
import { rubricOf, rubricOptions } from './judge/rubric.ts';

export const rubric = defineScorer({
  kind: 'rubric',
  summary:
    'Grades the answer by named criteria, each by a [judge](judges.md) or by a rule: their weighted mean, passing from `passMark` on.',
  schema: rubricOptions,
  bind(options) {
    const { criteria, requires, grade, ready } = rubricOf(options);
    return { requires, score: (answer, example, consult) => grade(answer, example, consult), consults: criteria.length > 0, ready };
  },
});
