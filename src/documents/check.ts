import * as z from 'zod';
import type { Json } from '../domain/json.ts';
import type { Problem } from '../domain/problem.ts';
import { refuse } from './limits.ts';
import { type Located, located, problemAt } from './located.ts';
import { anyOf, type Path, shown, suggestion } from './words.ts';

/** A message for a schema of ours: what is wrong, as a clause, and how to mend it, as a sentence. */
export function explain(what: string, fix?: string): string {
  return fix === undefined ? what : `${what}\n${fix}`;
}

/** The value as the schema has it, on the lines it came from. UserError with one problem for each thing the schema refuses. */
export function check<T>(read: Located<unknown>, schema: z.ZodType<T>): Located<T> {
  const checked = examine(read, schema);
  return 'problems' in checked ? refuse(checked.problems) : checked;
}

/** As `check`, with the problems as a value, for those who have more places to look at. */
export function examine<T>(read: Located<unknown>, schema: z.ZodType<T>): Located<T> | { readonly problems: readonly Problem[] } {
  const parsed = schema.safeParse(read.value, { error: wording, reportInput: true });
  if (parsed.success) return located(read.file, parsed.data, read.placeOf([]), read.within);
  const { issues } = parsed.error;
  return { problems: issues.filter((issue) => !isIdle(issue, issues)).flatMap((issue) => problemsOf(read, issue, [])) };
}

/** Lengths are checked even of a value of the wrong kind, which is what matters. */
function isIdle(issue: z.core.$ZodIssue, all: readonly z.core.$ZodIssue[]): boolean {
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return false;
  return all.some((other) => other.code === 'invalid_type' && other.path.join('\0') === issue.path.join('\0'));
}

function problemsOf(read: Located<unknown>, issue: z.core.$ZodIssue, above: Path): Problem[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union' && issue.message === '') return unionProblems(read, issue, path);
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split('\n');
    return issue.keys.map((key) => problem(read, [...path, key], explain('unknown key', suggestion(key, known))));
  }
  return [problem(read, path, issue.message)];
}

function problem(read: Located<unknown>, path: Path, message: string): Problem {
  const [what = message, fix] = message.split('\n');
  return problemAt(read, path, { what, fix });
}

/** Of the forms a union allows, speaks of the one the value is nearest to: the one that was followed deepest. */
function unionProblems(read: Located<unknown>, issue: z.core.$ZodIssueInvalidUnion, path: Path): Problem[] {
  const forms = issue.errors.filter((form) => !form.some(isWrongKind));
  if (forms.length > 0) {
    const depth = (form: readonly z.core.$ZodIssue[]) => Math.max(...form.map((inner) => inner.path.length));
    const nearest = forms.reduce((best, form) => (depth(form) > depth(best) ? form : best));
    return nearest.flatMap((inner) => problemsOf(read, inner, path));
  }
  const kinds = new Set(issue.errors.flat().map((inner) => (inner.code === 'invalid_type' ? kindName(inner.expected) : '')));
  const kind = anyOf([...kinds].filter((name) => name !== ''));
  return [problem(read, path, issue.input === undefined ? missing(kind) : wrongKind(issue.input, kind))];
}

const isWrongKind = (issue: z.core.$ZodIssue) => issue.path.length === 0 && issue.code === 'invalid_type';

/**
 * The message of an issue that its schema does not word itself. Two are not sentences but what `problemsOf` makes sentences of:
 * the known keys, one a line, for unknown ones; nothing for a union.
 */
function wording(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return knownKeys(issue.inst).join('\n');
    case 'invalid_union':
      return '';
    case 'invalid_type':
      if (issue.input === undefined) return missing(kindName(issue.expected));
      return wrongKind(issue.input, kindName(issue.expected), keysOf(issue.inst));
    case 'invalid_value': {
      const choices = issue.values.map(shown);
      const near = typeof issue.input === 'string' ? suggestion(issue.input, issue.values.map(String)) : undefined;
      const fix = near?.startsWith('Did') ? near : `Write ${anyOf(choices)}.`;
      return explain(`${shown(issue.input)} is not ${anyOf(choices)}`, fix);
    }
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    default:
      return explain(`${shown(issue.input)} is not allowed here`, 'See the documentation of this key.');
  }
}

function knownKeys(schema: unknown): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** What a mapping of ours begins with: ` with keys such as name, temperature or topP`. */
function keysOf(schema: unknown): string {
  const keys = knownKeys(schema);
  return keys.length === 0 ? '' : ` with keys such as ${anyOf(keys.slice(0, 3))}`;
}

function missing(kind: string): string {
  return explain('the key is missing', `Add it: ${kind}.`);
}

function wrongKind(value: unknown, kind: string, more = ''): string {
  const isUnquoted = kind === kindNames.get('string') && (typeof value === 'number' || typeof value === 'boolean');
  return explain(`${shown(value)} is not ${kind}`, isUnquoted ? 'Put quotes around it.' : `Write ${kind}${more}.`);
}

function tooSmall({ input, minimum, inclusive, origin }: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): string {
  if (origin === 'string') return explain('the text is empty', 'Write something, or remove the key.');
  if (origin === 'array') return explain('the list is empty', `List at least ${minimum}.`);
  const bound = `${inclusive ? 'at least' : 'above'} ${minimum}`;
  return explain(`${shown(input)} is not ${bound}`, `Write a number ${bound}.`);
}

function tooBig({ input, maximum, inclusive, origin }: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>): string {
  if (origin === 'string') return explain('the text is too long', `Use at most ${maximum} characters.`);
  if (origin === 'array') return explain('the list is too long', `List at most ${maximum}.`);
  const bound = `${inclusive ? 'at most' : 'below'} ${maximum}`;
  return explain(`${shown(input)} is not ${bound}`, `Write a number ${bound}.`);
}

/** A schema's name for a kind of value, in the words of someone who writes YAML. */
function kindName(expected: string): string {
  return kindNames.get(expected) ?? expected;
}

const kindNames: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['object', 'a mapping'],
  ['record', 'a mapping'],
  ['array', 'a list'],
  ['null', 'null'],
]);

/** Any value JSON can carry. What it is given has been read from a document and holds nothing else. */
export const anyJson: z.ZodType<Json> = z.custom<Json>((value) => value !== undefined, explain('the value is missing', 'Write one.'));
