import { applyHunks, type Hunk, hunksBetween } from '../../prompts/hunks.ts';

/**
 * Both sides' changes to one text, or undefined where they change the same lines in different ways. Lines that both insert at one place
 * are kept, the first side's first: rules of a prompt stand beside each other, where two versions of a line could not.
 */
export function mergeTexts(base: string, one: string, other: string): string | undefined {
  const mine = hunksBetween(base, one);
  const theirs = hunksBetween(base, other).filter((hunk) => !mine.some((same) => areEqual(hunk, same)));
  if (theirs.some((hunk) => mine.some((against) => collide(hunk, against)))) return undefined;
  const all = [...mine, ...theirs].map((hunk, order) => ({ hunk, order }));
  all.sort((a, b) => a.hunk.oldStart - b.hunk.oldStart || a.hunk.oldLines.length - b.hunk.oldLines.length || a.order - b.order);
  return applyHunks(
    base,
    all.map(({ hunk }) => hunk),
  );
}

/** Whether both replace a line in common, or one inserts within what the other replaces. */
function collide(one: Hunk, other: Hunk): boolean {
  const [first, second] = one.oldStart <= other.oldStart ? [one, other] : [other, one];
  return second.oldStart < first.oldStart + first.oldLines.length && (second.oldLines.length > 0 || second.oldStart > first.oldStart);
}

function areEqual(one: Hunk, other: Hunk): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
