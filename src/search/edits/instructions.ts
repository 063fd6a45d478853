import { roleOfTag, type Tag, tagsIn } from '../../prompts/tags.ts';

/**
 * Where the instructions of a prompt file end, as an index into its text: before the second role, where there is one; in a prompt of one message
 * before the paragraph that holds the first variable, since what follows it is the question; else at the end of the file.
 */
export function endOfInstructions(text: string): number {
  const start = bodyStart(text);
  const tags = tagsIn(text.slice(start)).tags.map((tag) => ({ ...tag, index: tag.index + start }));
  const isLead = (tag: Tag) => text.slice(start, tag.index).trim() === '';
  const nextRole = tags.find((tag) => roleOfTag(tag.inner) !== undefined && !isLead(tag));
  if (nextRole !== undefined) return nextRole.index;
  const variable = tags.find(isVariable);
  const paragraph = variable && paragraphOf(text, variable.index);
  const isPreceded = paragraph !== undefined && withoutRoles(text.slice(start, paragraph)).trim() !== '';
  return isPreceded ? paragraph : text.length;
}

/** The first character below the front matter. */
export function bodyStart(text: string): number {
  return /^\uFEFF?---[ \t]*\r?\n(?:[\s\S]*?\n)?---[ \t]*(?:\r?\n|$)/.exec(text)?.[0].length ?? 0;
}

function isVariable({ inner }: Tag): boolean {
  return roleOfTag(inner) === undefined && !/^\s*[!>#^/]/.test(inner);
}

function paragraphOf(text: string, index: number): number {
  const breaks = [...text.slice(0, index).matchAll(/\n[ \t]*\r?\n/g)];
  const last = breaks.at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}

function withoutRoles(text: string): string {
  return text.replace(/\{\{role\s[^}]*\}\}/g, '');
}
