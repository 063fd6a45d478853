import { formatPatch, type StructuredPatch, structuredPatch } from 'diff';

/** Beyond so many changed lines the way to the shortest edit takes too long. */
const MOST_CHANGED_LINES = 1000;

/**
 * The change as a unified diff that `git apply` and `patch` take. `before`: the file as it is, empty where there is none. Lines are as they are,
 * hostile text and all.
 */
export function patchOf(path: string, before: string, after: string): string {
  const [from, to] = [before === '' ? '/dev/null' : `a/${path}`, `b/${path}`];
  const options = { context: 3, maxEditLength: MOST_CHANGED_LINES };
  const patch = structuredPatch(from, to, before, after, undefined, undefined, options) ?? replaced(from, to, before, after);
  return formatPatch(patch).replace(/^=+\n/, '');
}

/** All lines of the one by all lines of the other. */
function replaced(from: string, to: string, before: string, after: string): StructuredPatch {
  const [gone, come] = [structuredPatch(from, to, before, ''), structuredPatch(from, to, '', after)].map(({ hunks }) => hunks[0]!);
  const hunk = { oldStart: 1, oldLines: gone!.oldLines, newStart: 1, newLines: come!.newLines, lines: [...gone!.lines, ...come!.lines] };
  return { ...structuredPatch(from, to, '', ''), hunks: [hunk] };
}
