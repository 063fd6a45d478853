import { structuredPatch } from 'diff';

/** Lines of a file that are replaced by others. Lines carry no line break. */
export interface Hunk {
  /** 1-based line at which the old lines begin; where there are none, the line that the new ones come before. */
  readonly oldStart: number;
  readonly oldLines: readonly string[];
  readonly newLines: readonly string[];
}

/** Every run of changed lines by itself, without context, in the file's order. A line break missing at the end of a file is no change. */
export function hunksBetween(before: string, after: string): readonly Hunk[] {
  const { hunks } = structuredPatch('', '', ended(before), ended(after), undefined, undefined, { context: 0 });
  return hunks.map(({ oldStart, lines }) => ({ oldStart, oldLines: signed(lines, '-'), newLines: signed(lines, '+') }));
}

/** The file with hunks of it applied, which stand apart and in its order. */
export function applyHunks(text: string, hunks: readonly Hunk[]): string {
  const lines = text.split('\n');
  for (const { oldStart, oldLines, newLines } of hunks.toReversed()) lines.splice(oldStart - 1, oldLines.length, ...newLines);
  return lines.join('\n');
}

function signed(lines: readonly string[], sign: string): string[] {
  return lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
