import type { Problem } from '../domain/problem.ts';
import type { Source } from './source.ts';

const BLOCK_HELPERS = new Set(['if', 'unless', 'each', 'with', 'lookup', 'log', 'ifEquals', 'unlessEquals']);
const ROLE = /^role\s+(?:"([^"]*)"|'([^']*)')$/;
const MUSTACHE_INSTEAD = 'Prompts are Mustache: write {{#name}}…{{/name}} for "if" and "each", {{^name}}…{{/name}} for "unless".';

/** The role a `{{role "x"}}` tag names, or undefined for any other tag. */
export function roleOfTag(tag: string): string | undefined {
  const match = ROLE.exec(tag.trim());
  return match === null ? undefined : (match[1] ?? match[2]);
}

/** A `{{…}}` or `{{{…}}}`. */
export interface Tag {
  /** Where it begins. */
  readonly index: number;
  /** What stands between its braces. */
  readonly inner: string;
  /** Where that begins. */
  readonly innerIndex: number;
}

/** The tags of a text in their order, up to the first that is never closed. */
export function tagsIn(text: string): { readonly tags: readonly Tag[]; readonly unclosed?: number } {
  const tags: Tag[] = [];
  for (let index = text.indexOf('{{'); index !== -1; ) {
    const braces = text[index + 2] === '{' ? 3 : 2;
    const end = text.indexOf('}'.repeat(braces), index + braces);
    if (end === -1) return { tags, unclosed: index };
    tags.push({ index, inner: text.slice(index + braces, end), innerIndex: index + braces });
    index = text.indexOf('{{', end + braces);
  }
  return { tags };
}

/** Whether a tag is a remark, of which nothing is ever shown. */
export function isRemark({ inner }: Tag): boolean {
  return inner.trimStart().startsWith('!');
}

/** Where the section begins that is not closed when another closes or the text ends; undefined where there is none. */
export function unclosedSection(tags: readonly Tag[]): number | undefined {
  const open: { readonly index: number; readonly name: string }[] = [];
  for (const tag of tags) {
    const [, mark, name = ''] = isPlain(tag) ? (/^([#^/])\s*(.*)$/s.exec(tag.inner.trim()) ?? []) : [];
    if (mark === '#' || mark === '^') open.push({ index: tag.index, name });
    if (mark !== '/') continue;
    const last = open.pop();
    if (last?.name !== name) return last?.index;
  }
  return open.at(-1)?.index;
}

/** Between three braces there is a variable, whatever it looks like. */
const isPlain = ({ index, innerIndex }: Tag): boolean => innerIndex - index === 2;

/**
 * Tags that look like Handlebars or change the delimiters. Mustache would read them as odd variable names
 * and print nothing, so each is refused by name.
 */
export function foreignTags(source: Source, tags: readonly Tag[]): Problem[] {
  return tags.flatMap((tag) => {
    const refused = isRemark(tag) ? undefined : refusal(tag.inner.trim());
    return refused === undefined ? [] : [{ ...source.at(tag.index), ...refused }];
  });
}

function refusal(tag: string): Pick<Problem, 'what' | 'fix'> | undefined {
  const name = tag.replace(/^[#^/&>]\s*/, '');
  const first = name.split(/\s/, 1)[0]!;
  if (/^[#^/]/.test(tag) && (BLOCK_HELPERS.has(first) || name !== first))
    return { what: `Handlebars block {{${clip(tag)}}} is not supported`, fix: MUSTACHE_INSTEAD };
  if (tag.startsWith('=')) return { what: 'changing the delimiters {{=…=}} is not supported', fix: 'Keep {{ and }}.' };
  if (tag === 'else') return { what: 'Handlebars {{else}} is not supported', fix: MUSTACHE_INSTEAD };
  if (tag === 'this' || tag.startsWith('@') || tag.startsWith('this.'))
    return { what: `Handlebars {{${clip(tag)}}} is not supported`, fix: 'Inside a section the current value is {{.}}.' };
  if ((name !== first && roleOfTag(tag) === undefined) || /[{}]/.test(tag))
    return { what: `tag {{${clip(tag)}}} is not supported`, fix: 'A tag names one variable, section or partial, or is {{role "system"}}.' };
  return undefined;
}

function clip(tag: string): string {
  const line = tag.slice(0, 200).replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
