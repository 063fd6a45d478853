import { compose } from '../compose.ts';
import { classify } from './classify.ts';
import { copyFields } from './copy-fields.ts';
import { grade } from './grade.ts';
import { readNumber } from './read-number.ts';
import type { Asked, Skill } from './skill.ts';

/** What this model can do. The first that finds in the prompt what it is there for answers. */
export const skills: readonly { readonly when: string; readonly answer: Skill }[] = [
  { when: 'a rubric with levels, and material between marked fences', answer: grade },
  { when: 'a form of several fields: JSON, a schema, a template with holes', answer: copyFields },
  { when: 'a number, and no labels that are described', answer: readNumber },
  { when: 'a set of labels', answer: chooseLabel },
];

function chooseLabel({ reading }: Asked): string | undefined {
  const ranking = classify(reading);
  return ranking && compose(reading, ranking);
}
