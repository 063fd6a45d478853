import { structuredPatch } from 'diff';

/** Lines of a file that are replaced by others. Lines carry no line break. */
export interface Hunk {
  /** 1-based line at which the old lines begin; where there are none, the line that the new ones come before. */
  readonly oldStart: number;
  readonly oldLines: readonly string[];
  readonly newLines: readonly string[];
}

/** Beyond so many changed lines the way to the shortest edit takes too long: time grows with the square of their number. */
const MOST_CHANGED_LINES = 4000;

/** Every run of changed lines by itself, without context, in the file's order. A line break missing at the end of a file is no change. */
export function hunksBetween(before: string, after: string): readonly Hunk[] {
  const [old, now] = [ended(before), ended(after)];
  const patch = structuredPatch('', '', old, now, undefined, undefined, { context: 0, maxEditLength: MOST_CHANGED_LINES });
  if (patch === undefined) return [wholeHunk(old.split('\n'), now.split('\n'))];
  return patch.hunks.map(({ oldStart, lines }) => ({ oldStart, oldLines: signed(lines, '-'), newLines: signed(lines, '+') }));
}

/** All between the first and the last line that differ. */
function wholeHunk(old: readonly string[], now: readonly string[]): Hunk {
  let start = 0;
  while (old[start] === now[start] && start < Math.min(old.length, now.length)) start++;
  let end = 0;
  while (old.at(-1 - end) === now.at(-1 - end) && end < Math.min(old.length, now.length) - start) end++;
  return { oldStart: start + 1, oldLines: old.slice(start, old.length - end), newLines: now.slice(start, now.length - end) };
}

/** The 1-based line of the new file at which each hunk's new lines begin, or would. */
export function newStarts(hunks: readonly Hunk[]): number[] {
  let shift = 0;
  return hunks.map(({ oldStart, oldLines, newLines }) => {
    const start = oldStart + shift;
    shift += newLines.length - oldLines.length;
    return start;
  });
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
