import Mustache from 'mustache';
import { refuseAny } from '../documents/limits.ts';
import { type Problem, UserError } from '../domain/problem.ts';
import type { Role } from '../domain/prompt.ts';
import type { Source } from './source.ts';
import { foreignTags, isRemark, roleOfTag, type Tag, tagsIn, unclosedSection } from './tags.ts';

/** One parsed tag or run of text, as mustache.js gives it: [type, value, start, end, children or indentation, …]. */
export type Token = ReturnType<typeof Mustache.parse>[number];

/** A stretch of the body that becomes one message, or the place where the conversation so far goes. */
export type Segment =
  | { readonly kind: 'message'; readonly role: Role | undefined; readonly tokens: readonly Token[] }
  | { readonly kind: 'history' };

const DEEPEST = 50;
const ROLES: Readonly<Record<string, Role>> = { system: 'system', user: 'user', model: 'assistant', assistant: 'assistant' };

/** Parses Mustache; UserError with file and line for unbalanced sections and for tags of other languages. */
export function parseTemplate(source: Source): readonly Token[] {
  const { tags, unclosed } = tagsIn(source.text);
  refuseAny(foreignTags(source, tags));
  if (unclosed !== undefined) throw new UserError(syntaxProblem(source, 'Unclosed tag', unclosed));
  const tokens = parsed(source, tags);
  for (const token of tokens) refuseDeep(source, token, 1);
  return tokens;
}

function parsed(source: Source, tags: readonly Tag[]): readonly Token[] {
  try {
    return Mustache.parse(withoutRemarks(source.text, tags), ['{{', '}}']);
  } catch (error) {
    // mustache.js ends its messages with ` at <index>`.
    const [, what = String(error), index = '0'] = /^(.*) at (\d+)$/s.exec(error instanceof Error ? error.message : '') ?? [];
    // It has seen the end of an unclosed section's surroundings; where the section begins is what helps.
    const begins = what.startsWith('Unclosed section') ? unclosedSection(tags) : undefined;
    throw new UserError(syntaxProblem(source, what, begins ?? Number(index)));
  }
}

/** The text, as long as before, with nothing in its remarks: mustache.js takes the square of the time for blanks in them. */
function withoutRemarks(text: string, tags: readonly Tag[]): string {
  let [copied, rest] = ['', 0];
  for (const { inner, innerIndex } of tags.filter(isRemark)) {
    copied += text.slice(rest, innerIndex) + '!'.repeat(inner.length);
    rest = innerIndex + inner.length;
  }
  return copied + text.slice(rest);
}

/** Whatever walks tokens afterwards may recurse without exhausting the stack. */
function refuseDeep(source: Source, token: Token, depth: number): void {
  if (depth > DEEPEST) throw new UserError({ ...at(source, token), what: `sections are nested more than ${DEEPEST} deep` });
  for (const child of childrenOf(token)) refuseDeep(source, child, depth + 1);
}

function syntaxProblem(source: Source, what: string, index: number): Problem {
  return { ...source.at(index), what: `${what} in the template`, fix: 'Every {{#name}} needs its {{/name}}, and every {{ its }}.' };
}

/** Cuts the body at its `{{role "…"}}` and `{{history}}` tags. Text before the first role has none. */
export function segmentsOf(source: Source): readonly Segment[] {
  const segments: Segment[] = [];
  let role: Role | undefined;
  let tokens: Token[] = [];
  const close = () => {
    if (tokens.length > 0) segments.push({ kind: 'message', role, tokens });
    tokens = [];
  };
  for (const token of parseTemplate(source)) {
    refuseNestedRole(source, token);
    const named = token[0] === 'name' ? roleOfTag(token[1]) : undefined;
    if (named !== undefined) {
      close();
      role = knownRole(source, token, named);
    } else if (token[0] === 'name' && token[1] === 'history') {
      close();
      segments.push({ kind: 'history' });
    } else tokens.push(token);
  }
  close();
  return segments;
}

function knownRole(source: Source, token: Token, named: string): Role {
  const role = Object.hasOwn(ROLES, named) ? ROLES[named] : undefined;
  if (role !== undefined) return role;
  throw new UserError({ ...at(source, token), what: `unknown role "${named}"`, fix: 'Roles are system, user and model.' });
}

/** Roles cut the whole body, so none may depend on a section. */
function refuseNestedRole(source: Source, token: Token): void {
  for (const child of childrenOf(token)) {
    if (child[0] === 'name' && roleOfTag(child[1]) !== undefined)
      throw new UserError({ ...at(source, child), what: 'a role stands inside a section', fix: 'Move {{role …}} outside of {{#…}}.' });
    refuseNestedRole(source, child);
  }
}

/** Names of the partials drawn in, in order of appearance. */
export function partialNames(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    if (token[0] === '>') return [token[1]];
    return partialNames(childrenOf(token));
  });
}

/** Whether anything in the tokens depends on an example, partials included. `seen`: partials that are known to depend on none. */
export function hasVariable(tokens: readonly Token[], partial: (name: string) => readonly Token[], seen = new Set<string>()): boolean {
  return tokens.some(([kind, name]) => {
    if (kind !== '>') return kind === 'name' || kind === '&' || kind === '#' || kind === '^';
    if (seen.has(name)) return false;
    seen.add(name);
    return hasVariable(partial(name), partial, seen);
  });
}

/** File and line of a token. */
export function at(source: Source, token: Token): ReturnType<Source['at']> {
  return source.at(token[2]);
}

/** The tokens inside a section; none for any other token. */
export function childrenOf(token: Token): readonly Token[] {
  return (token[0] === '#' || token[0] === '^') && Array.isArray(token[4]) ? token[4] : [];
}
