import { roleOfTag, tagsIn } from '../../prompts/tags.ts';
import type { Filter } from './filter.ts';

/** The same roles in the same order. */
export const roles: Filter = ({ text }, { incumbent }) =>
  rolesOf(text).join() === rolesOf(incumbent).join() ? undefined : 'it changes the roles or their order';

function rolesOf(text: string): string[] {
  return tagsIn(text).tags.flatMap(({ inner }) => roleOfTag(inner) ?? []);
}
