import * as z from 'zod';
import { quote } from '../../quote.ts';
import { defineConstraint, unless } from '../definition.ts';
import { readJson } from '../json.ts';
import { strippedEnd, strippedStart } from './python.ts';
import { threshold } from './relation.ts';

const placeholders = defineConstraint({
  name: 'detectable_content:number_placeholders',
  summary: 'IFEval: the answer has at least `num_placeholders` placeholders in square brackets, such as `[address]`.',
  schema: z.strictObject({ num_placeholders: threshold.describe('How many there must be at least.') }),
  bind({ num_placeholders: wanted }) {
    return ({ text }) => atLeast(total(text.split('\n'), placeholdersIn), wanted, 'placeholders in square brackets');
  },
});

/** Every opening bracket up to the next closing one. */
function placeholdersIn(line: string): number {
  let found = 0;
  for (let open = line.indexOf('['); open >= 0; ) {
    const close = line.indexOf(']', open);
    if (close < 0) break;
    found++;
    open = line.indexOf('[', close);
  }
  return found;
}

const postscript = defineConstraint({
  name: 'detectable_content:postscript',
  summary: 'IFEval: the answer has a postscript that begins with `postscript_marker`, in any case.',
  schema: z.strictObject({ postscript_marker: z.string().trim().min(1).describe('Such as `P.S.` or `P.P.S`.') }),
  bind({ postscript_marker: marker }) {
    return ({ text }) => {
      const folded = text.toLowerCase();
      const found = markers[marker]?.test(folded) ?? folded.includes(marker.toLowerCase());
      return unless(found ? undefined : `has no postscript that begins with ${quote(marker)}`);
    };
  },
});

/** The two published markers may be written with spaces between their letters. */
const markers: Readonly<Record<string, RegExp>> = { 'P.S.': /p\.\s?s\./, 'P.P.S': /p\.\s?p\.\s?s/ };

const bulletLists = defineConstraint({
  name: 'detectable_format:number_bullet_lists',
  summary: 'IFEval: the answer has exactly `num_bullets` bullet points, lines that begin with `*` or `-`.',
  schema: z.strictObject({ num_bullets: threshold.describe('How many there must be.') }),
  bind({ num_bullets: wanted }) {
    return ({ text }) => {
      const found = bulletsIn(text);
      return unless(found === wanted ? undefined : `has ${found} bullet points, not ${wanted}`);
    };
  },
});

/** A line with an asterisk alone and the line after it are one bullet point; two asterisks begin none. */
function bulletsIn(text: string): number {
  const lines = text.split('\n').map((line) => line.trimStart());
  let found = lines.filter((line) => line.startsWith('-')).length;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (!line.startsWith('*') || line.startsWith('**')) continue;
    if (line !== '*') found++;
    else if (++at < lines.length) found++;
  }
  return found;
}

const constrainedAnswers = ['My answer is yes.', 'My answer is no.', 'My answer is maybe.'];

const constrainedResponse = defineConstraint({
  name: 'detectable_format:constrained_response',
  summary: 'IFEval: the answer contains `My answer is yes.`, `My answer is no.` or `My answer is maybe.`.',
  schema: z.strictObject({}),
  bind() {
    return ({ text }) =>
      unless(
        constrainedAnswers.some((one) => text.includes(one)) ? undefined : `contains none of ${constrainedAnswers.map(quote).join(', ')}`,
      );
  },
});

const highlights = defineConstraint({
  name: 'detectable_format:number_highlighted_sections',
  summary: 'IFEval: the answer highlights at least `num_highlights` sections as `*one*` or `**one**`.',
  schema: z.strictObject({ num_highlights: threshold.describe('How many there must be at least.') }),
  bind({ num_highlights: wanted }) {
    return ({ text }) =>
      atLeast(
        total(text.split('\n'), (line) => highlighted(line, '*') + highlighted(line, '**')),
        wanted,
        'highlighted sections',
      );
  },
});

/** Sections between two `mark`s on one line, without an asterisk and not blank; each mark opens or closes one section only. */
function highlighted(line: string, mark: string): number {
  let found = 0;
  for (let open = line.indexOf(mark); open >= 0; ) {
    const inner = open + mark.length;
    const star = line.indexOf('*', inner);
    if (star < 0) break;
    const closes = line.startsWith(mark, star);
    if (closes && line.slice(inner, star).trim() !== '') found++;
    open = line.indexOf(mark, closes ? star + mark.length : open + 1);
  }
  return found;
}

const multipleSections = defineConstraint({
  name: 'detectable_format:multiple_sections',
  summary: 'IFEval: the answer has at least `num_sections` sections that begin with `section_spliter` and a number.',
  schema: z.strictObject({
    section_spliter: z.string().trim().min(1).describe('The word before the number, such as `Section`.'),
    num_sections: threshold.describe('How many there must be at least.'),
  }),
  bind({ section_spliter: word, num_sections: wanted }) {
    return ({ text }) => {
      const numbered = text.split(word).filter((part, place) => place > 0 && /^\s?\p{Nd}/u.test(part));
      return atLeast(numbered.length, wanted, `sections marked ${quote(word)} with a number`);
    };
  },
});

const jsonFormat = defineConstraint({
  name: 'detectable_format:json_format',
  summary: 'IFEval: the whole answer is JSON, with or without a code fence around it.',
  schema: z.strictObject({}),
  bind() {
    return ({ text }) => {
      const inner = text
        .trim()
        .replace(/^```(?:json|Json|JSON)?/, '')
        .replace(/```$/, '');
      const parsed = readJson(inner);
      return unless('problem' in parsed ? parsed.problem : undefined);
    };
  },
});

const title = defineConstraint({
  name: 'detectable_format:title',
  summary: 'IFEval: the answer has a title in double angular brackets, such as `<<poem of joy>>`.',
  schema: z.strictObject({}),
  bind() {
    return ({ text }) => unless(text.split('\n').some(hasTitle) ? undefined : 'has no title in double angular brackets');
  },
});

function hasTitle(line: string): boolean {
  const open = line.indexOf('<<');
  const close = line.lastIndexOf('>>');
  if (open < 0 || close < open + 3) return false;
  return strippedEnd(strippedStart(line.slice(open, close), '<'), '>').trim() !== '';
}

function total(lines: readonly string[], countIn: (line: string) => number): number {
  return lines.reduce((sum, line) => sum + countIn(line), 0);
}

function atLeast(found: number, wanted: number, things: string) {
  return unless(found >= wanted ? undefined : `has ${found} ${things}, not at least ${wanted}`);
}

export const formatKinds = [placeholders, postscript, bulletLists, constrainedResponse, highlights, multipleSections, jsonFormat, title];
