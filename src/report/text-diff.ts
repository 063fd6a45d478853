import type { EditReport, HunkReport, PromptReport } from './model.ts';
import { codeBlock, inlineCode } from './neutral.ts';
import { grouped } from './numbers.ts';

const linesShown = 40;
const lineLength = 300;

const total = (edits: readonly EditReport[], count: (hunk: HunkReport) => number): number =>
  edits.flatMap(({ hunks }) => hunks.map(count)).reduce((sum, lines) => sum + lines, 0);

/** `+3 −1`: lines that came and went over all prompts. */
export function editStat(prompts: readonly PromptReport[]): string {
  const edits = prompts.flatMap((prompt) => prompt.edits ?? []);
  return `+${grouped(total(edits, ({ newCount }) => newCount))} −${grouped(total(edits, ({ oldCount }) => oldCount))}`;
}

/** What was done to a prompt's text and to its partials', as diffs of at most `most` characters each; '' where nothing was. */
export function textDiff({ path, edits = [] }: PromptReport, most: number): string {
  const shown = edits.filter(({ hunks }) => hunks.length > 0);
  const isAlone = shown.length === 1 && shown[0]!.path === path;
  return shown.map((edit) => (isAlone ? '' : `${inlineCode(edit.path)}\n\n`) + codeBlock(linesOf(edit), most, 'diff')).join('\n\n');
}

function linesOf({ hunks }: EditReport): string {
  const lines = hunks.flatMap((hunk) => [
    `@@ -${hunk.oldStart},${hunk.oldCount} +${hunk.newStart},${hunk.newCount} @@`,
    ...marked('-', hunk.oldLines),
    ...marked('+', hunk.newLines),
  ]);
  const more = lines.length - linesShown;
  return [...lines.slice(0, linesShown), ...(more > 0 ? [`… and ${grouped(more)} more lines`] : [])].join('\n');
}

/** Line ends within a line would begin one of their own, without a sign. */
const marked = (sign: string, lines: readonly string[]): string[] =>
  lines.map((line) => sign + (line.length > lineLength ? `${line.slice(0, lineLength)}…` : line).replaceAll(/[\r\n\u2028\u2029]/g, ' '));
