import { UserError } from '../../domain/problem.ts';
import { splitFrontMatter } from '../../prompts/front-matter.ts';
import { sourceOf } from '../../prompts/source.ts';
import { segmentsOf } from '../../prompts/template.ts';
import type { Filter } from './filter.ts';

/** A prompt file that could not be read could not be merged. */
export const parses: Filter = ({ text }, { path }) => {
  try {
    const { body, bodyLine } = splitFrontMatter(path, text);
    segmentsOf(sourceOf(path, body, bodyLine));
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `it is no prompt file: ${error.problems[0]!.what}`;
  }
};
