import { singleSpaced } from '../../metrics/spaces.ts';
/** A heading of a Markdown text (CommonMark): its level from 1 to 6, and its text without marks. */
export interface Heading {
  readonly level: number;
  readonly text: string;
}

/** The headings of the text in order, ATX (`## Title`) and setext (underlined); none of those in code fences. */
export function headingsOf(text: string): Heading[] {
  const headings: Heading[] = [];
  let before = '';
  for (const line of proseLines(text)) {
    const heading = atx(line) ?? setext(line, before);
    if (heading) headings.push(heading);
    before = heading ? '' : line;
  }
  return headings;
}

/** The text without fenced code; lines keep their order. */
export function prose(text: string): string {
  return proseLines(text).join('\n');
}

function proseLines(text: string): string[] {
  const kept: string[] = [];
  let fence = '';
  for (const line of text.split(/\r\n|\n|\r/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && mark !== '') fence = mark;
    else if (fence === '') kept.push(line);
    else if (mark.startsWith(fence) && line.trim() === mark) fence = '';
  }
  return kept;
}

function atx(line: string): Heading | undefined {
  const marks = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(line);
  if (!marks?.[1]) return undefined;
  const rest = line.slice(marks[0].length).trim();
  return { level: marks[1].length, text: plain(withoutClosing(rest)) };
}

/** `## Title ##`: the closing marks count only after a space. */
function withoutClosing(rest: string): string {
  let end = rest.length;
  while (end > 0 && rest[end - 1] === '#') end--;
  return end === 0 || /[ \t]/.test(rest.charAt(end - 1)) ? rest.slice(0, end).trim() : rest;
}

function setext(line: string, before: string): Heading | undefined {
  const isTitle = before.trim() !== '' && !/^(?: {4}|\t| {0,3}(?:[-*+>]|\d{1,9}[.)])[ \t])/.test(before);
  if (!isTitle) return undefined;
  const mark = line.trim().charAt(0);
  if ((mark !== '=' && mark !== '-') || /^(?: {4}|\t)/.test(line) || !isOnly(line.trim(), mark)) return undefined;
  return { level: mark === '=' ? 1 : 2, text: plain(before.trim()) };
}

function isOnly(text: string, mark: string): boolean {
  return Array.from(text).every((character) => character === mark);
}

/** Without emphasis and code marks, and with single spaces. */
function plain(text: string): string {
  return singleSpaced(text.replace(/[*`]|__/g, '')).trim();
}
