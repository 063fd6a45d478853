import { bodyStart } from '../edits/instructions.ts';
import type { Filter } from './filter.ts';

/** The model and its parameters are not the search's to choose. */
export const frontMatter: Filter = ({ text }, { incumbent }) =>
  text.slice(0, bodyStart(text)) === incumbent.slice(0, bodyStart(incumbent)) ? undefined : 'it changes the front matter';
