import { visible } from '../documents/visible.ts';
import { clip } from './clip.ts';

/** `visible`, on one line: each run of line ends and the white space around it becomes ` ⏎ `. */
export const visibleLine = (text: string): string =>
  visible(text)
    .trim()
    .replace(/[^\S\n]*\n\s*/g, ' ⏎ ')
    .replace(/\t/g, ' ');

const longestRun = (text: string, run: RegExp): number => Math.max(0, ...(text.match(run) ?? []).map((found) => found.length));

/**
 * Markdown inline code that holds exactly the text: inside it nothing is a mention, a link, a reference or HTML.
 * `|` becomes `¦`, for renderers of tables disagree on whether `\\|` ends a cell.
 */
export function inlineCode(text: string, most = 200): string {
  const content = visibleLine(clip(text, most)).replaceAll('|', '¦');
  if (content === '') return '_(empty)_';
  const quote = '`'.repeat(longestRun(content, /`+/g) + 1);
  const space = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return `${quote}${space}${content}${space}${quote}`;
}

/**
 * A Markdown code block that holds exactly the text, its fence longer than any run of backticks inside. To stand at a line's start.
 * `language`: a word of ours.
 */
export function codeBlock(text: string, most: number, language = ''): string {
  const content = visible(clip(text, most));
  const fence = '`'.repeat(Math.max(3, longestRun(content, /`+/g) + 1));
  return `${fence}${language}\n${content}\n${fence}`;
}

const word = /^\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*$/u;
const number = /^[+−]?\d{1,6}(?:[.,]\d{1,6})?%?$/;
const commit = /[\da-f]{7}/i;
const dash = /^[—–−…→·%]$/;
const outside = /^([("'“‘]*)(.*?)([.,;:!?)"'”’…]*)$/su;

/** Words and numbers that no renderer gives a meaning; anything else may be a mention, a reference, a link or markup. */
const harmless = (core: string): boolean =>
  core === '' || (!commit.test(core) && (word.test(core) || number.test(core) || dash.test(core)));

/** A word as Markdown: what stands before and after the part that has to be inline code, or all of it where none has to. */
interface Word {
  readonly before: string;
  readonly code?: string;
  readonly after: string;
}

function taken(text: string, index: number): Word {
  const [, before = '', core = '', after = ''] = outside.exec(text) ?? [];
  const startsList = index === 0 && number.test(core) && after !== '';
  if (harmless(core) && !startsList) return { before: text, after: '' };
  return { before, code: /^`([^`]+)`$/.exec(core)?.[1] ?? core, after };
}

/** Neighbors that are both code become one piece of code. */
function joined(words: readonly Word[], word: Word): readonly Word[] {
  const last = words.at(-1);
  if (last?.code === undefined || word.code === undefined || last.after !== '' || word.before !== '') return [...words, word];
  return [...words.slice(0, -1), { before: last.before, code: `${last.code} ${word.code}`, after: word.after }];
}

/** Words, a span of code among them being one whatever white space it holds. */
const pieces = /(?:`[^`]+`|\S)+/gu;

/** A sentence of ours that may quote hostile text, as Markdown: words stay words, whatever else is in it becomes inline code. */
export const prose = (text: string, most = 600): string =>
  (visibleLine(clip(text, most)).match(pieces) ?? [''])
    .map(taken)
    .reduce(joined, [])
    .map(({ before, code, after }) => before + (code === undefined ? '' : inlineCode(code, most)) + after)
    .join(' ');

/**
 * Text for the Actions log in which no line is a workflow command: the runner takes `::name::` at a line's start, after any white
 * space, and `##[name]` anywhere in a line (actions/runner, `ActionCommand.cs`). Give it whole lines.
 */
export const withoutCommands = (lines: string): string =>
  lines.replace(/^((?:[^\S\n\r]|\u0085)*):(?=:)/gm, '$1: ').replace(/##(?=\[)/g, '## ');
