import * as z from 'zod';
import { patternSource } from '../options.ts';
import { compile, matches } from '../pattern.ts';
import { quote } from '../quote.ts';
import { isWholeWordAt } from '../words.ts';
import { defineConstraint, unless } from './definition.ts';

const phrase = z.string().min(1).max(10_000);

/** What may be looked for in an answer. */
const wantedOptions = {
  phrases: z.array(phrase).max(10_000).default([]).describe('Texts.'),
  patterns: z.array(patternSource).max(1_000).default([]).describe('Patterns (RE2 syntax: no lookahead, no backreferences).'),
  ignoreCase: z.boolean().default(false).describe('Whether upper and lower case are the same.'),
  wholeWords: z.boolean().default(false).describe('Whether a phrase counts only where no word goes on over its ends.'),
};

const anything = { error: 'needs a phrase or a pattern' };
const wanted = z.strictObject(wantedOptions);

/** One thing to look for: how a reason names it, and whether a text has it. */
interface Finder {
  readonly name: string;
  readonly isIn: (text: string) => boolean;
}

function findersOf({ phrases, patterns, ignoreCase, wholeWords }: z.output<typeof wanted>): Finder[] {
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  return [
    ...phrases.map((one) => ({
      name: quote(one),
      isIn: (text: string) => (wholeWords ? hasWord(fold(text), fold(one)) : fold(text).includes(fold(one))),
    })),
    ...patterns.map((source) => ({ name: `a match of ${quote(source)}`, isIn: patternFinder(source, ignoreCase ? 'i' : '') })),
  ];
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (isWholeWordAt(text, word, at)) return true;
  return false;
}

/** For a pattern whose schema has passed. */
function patternFinder(source: string, flags: string): (text: string) => boolean {
  const compiled = compile(source, flags);
  if ('problem' in compiled) throw new Error(`unchecked constraint options: ${compiled.problem}`);
  return (text) => matches(compiled.pattern, text);
}

const hasAny = ({ phrases, patterns }: { readonly phrases: readonly string[]; readonly patterns: readonly string[] }) =>
  phrases.length + patterns.length > 0;

export const contains = defineConstraint({
  name: 'contains',
  summary: 'The answer contains all of the phrases and patterns, or at least one of them.',
  schema: z
    .strictObject({ ...wantedOptions, require: z.enum(['all', 'any']).default('all').describe('`all` of them or `any` one.') })
    .refine(hasAny, anything),
  bind(options) {
    const finders = findersOf(options);
    return ({ text }) => {
      const missing = finders.filter(({ isIn }) => !isIn(text));
      if (options.require === 'all') return unless(missing[0] && `does not contain ${several(missing)}`);
      return unless(missing.length < finders.length ? undefined : `contains none of ${several(finders)}`);
    };
  },
});

export const notContains = defineConstraint({
  name: 'notContains',
  summary: 'The answer contains none of the phrases and patterns.',
  schema: z.strictObject(wantedOptions).refine(hasAny, anything),
  bind(options) {
    const finders = findersOf(options);
    return ({ text }) => {
      const found = finders.filter(({ isIn }) => isIn(text));
      return unless(found[0] && `contains ${several(found)}`);
    };
  },
});

const rule = z
  .strictObject({
    ...wantedOptions,
    ignoreCase: wantedOptions.ignoreCase.default(true),
    wholeWords: wantedOptions.wholeWords.default(true),
    name: z.string().trim().min(1).max(200).describe('What the rule forbids, such as `medical advice`; it is named in the report.'),
  })
  .refine(hasAny, anything);

export const policy = defineConstraint({
  name: 'policy',
  summary:
    'The answer touches none of the forbidden topics and makes none of the forbidden claims, each a named list of phrases and patterns.',
  schema: z.strictObject({ forbidden: z.array(rule).min(1).max(1_000).describe('The rules; in any case and as whole words by default.') }),
  bind({ forbidden }) {
    const rules = forbidden.map((one) => ({ name: one.name, finders: findersOf(one) }));
    return ({ text }) => {
      for (const { name, finders } of rules) {
        const found = finders.filter(({ isIn }) => isIn(text));
        if (found[0]) return unless(`breaks the rule ${quote(name)}: contains ${several(found)}`);
      }
      return unless(undefined);
    };
  },
});

function several(finders: readonly Finder[]): string {
  const shown = finders
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ');
  return finders.length > 3 ? `${shown} and ${finders.length - 3} more` : shown;
}
