import { applyHunks, type Hunk, hunksBetween } from '../../prompts/hunks.ts';

/**
 * Both sides' changes to one text, or undefined where they change the same lines in different ways. Lines that both insert at one place
 * are kept, the first side's first: rules of a prompt stand beside each other, where two versions of a line could not. A paragraph that both insert
 * there is kept once.
 */
export function mergeTexts(base: string, one: string, other: string): string | undefined {
  const mine = hunksBetween(base, one);
  const theirs = hunksBetween(base, other)
    .filter((hunk) => !mine.some((same) => areEqual(hunk, same)))
    .flatMap((hunk) => withoutRepeats(hunk, mine));
  if (theirs.some((hunk) => mine.some((against) => collide(hunk, against)))) return undefined;
  const all = [...mine, ...theirs].map((hunk, order) => ({ hunk, order }));
  all.sort((a, b) => a.hunk.oldStart - b.hunk.oldStart || a.hunk.oldLines.length - b.hunk.oldLines.length || a.order - b.order);
  return applyHunks(
    base,
    all.map(({ hunk }) => hunk),
  );
}

/** The hunk without the paragraphs that `mine` inserts at the same place; none where nothing is left of it. */
function withoutRepeats(hunk: Hunk, mine: readonly Hunk[]): readonly Hunk[] {
  const beside = mine.filter((one) => isInsertion(one) && isInsertion(hunk) && one.oldStart === hunk.oldStart);
  const said = new Set(beside.flatMap(({ newLines }) => paragraphsOf(newLines)));
  const paragraphs = paragraphsOf(hunk.newLines);
  const fresh = paragraphs.filter((paragraph) => !said.has(paragraph));
  if (fresh.length === paragraphs.length) return [hunk];
  return fresh.length === 0 ? [] : [{ ...hunk, newLines: spacedLike(hunk.newLines, fresh) }];
}

const isInsertion = ({ oldLines }: Hunk): boolean => oldLines.length === 0;
const isBlank = (line: string | undefined): boolean => line?.trim() === '';

/** Runs of lines between blank ones. */
function paragraphsOf(lines: readonly string[]): readonly string[] {
  const paragraphs: string[][] = [];
  for (const [at, line] of lines.entries()) {
    if (isBlank(line)) continue;
    if (at === 0 || isBlank(lines[at - 1])) paragraphs.push([line]);
    else paragraphs.at(-1)!.push(line);
  }
  return paragraphs.map((paragraph) => paragraph.join('\n'));
}

/** Paragraphs with a blank line between them, and at either end where `lines` have one. */
function spacedLike(lines: readonly string[], paragraphs: readonly string[]): readonly string[] {
  const [before, after] = [lines[0], lines.at(-1)].map((end) => (isBlank(end) ? [''] : []));
  return [...before!, ...paragraphs.join('\n\n').split('\n'), ...after!];
}

/** Whether both replace a line in common, or one inserts within what the other replaces. */
function collide(one: Hunk, other: Hunk): boolean {
  const [first, second] = one.oldStart <= other.oldStart ? [one, other] : [other, one];
  return second.oldStart < first.oldStart + first.oldLines.length && (second.oldLines.length > 0 || second.oldStart > first.oldStart);
}

function areEqual(one: Hunk, other: Hunk): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
