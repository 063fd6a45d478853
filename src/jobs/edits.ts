import type { ChangedPrompt } from '../domain/change.ts';
import type { Revisions } from '../domain/ports.ts';
import type { PromptPartial, Version } from '../domain/prompt.ts';
import { evened } from '../prompts/front-matter.ts';
import { type Hunk, hunksBetween, newStarts } from '../prompts/hunks.ts';
import type { EditReport, HunkReport } from '../report/model.ts';
import type { Versions } from './example-requests.ts';

/** Of one file; what is longer is told by its place alone. */
const MOST_CHARACTERS = 40_000;

/** What was done to the prompt's own file and to the partials it draws in, its own file first. Nothing for a new prompt's text. */
export async function editsOf(
  { path, previousPath = path }: ChangedPrompt,
  { base, head }: Versions,
  revisions: Revisions,
): Promise<EditReport[]> {
  if (base === undefined) return [];
  const [before, after] = await Promise.all([revisions.base.read(previousPath), revisions.head.read(path)]);
  const own = { path, ...(previousPath !== path && { previousPath }), hunks: reported(before, after) };
  return [own, ...partialEdits(base, head)].filter(({ hunks }) => hunks.length > 0);
}

function partialEdits(base: Version, head: Version): EditReport[] {
  const [before, after] = [textsOf(base), textsOf(head)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.map((path) => ({ path, hunks: reported(before.get(path), after.get(path)) }));
}

function textsOf({ partials }: Version): Map<string, string> {
  return new Map([...partials.values()].map(({ path, text }: PromptPartial) => [path, text]));
}

function reported(before = '', after = ''): HunkReport[] {
  const hunks = changesOf(evened(before), evened(after));
  const starts = newStarts(hunks);
  let room = MOST_CHARACTERS;
  return hunks.map((hunk, index) => {
    room -= [...hunk.oldLines, ...hunk.newLines].reduce((sum, line) => sum + line.length + 1, 0);
    return reportOf(hunk, starts[index]!, room >= 0);
  });
}

/** A text that was not there had no line, not an empty one. */
function changesOf(before: string, after: string): readonly Hunk[] {
  if (before !== '' && after !== '') return hunksBetween(before, after);
  const lines = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
  return before === after ? [] : [{ oldStart: 1, oldLines: lines(before), newLines: lines(after) }];
}

function reportOf({ oldStart, oldLines, newLines }: Hunk, newStart: number, whole: boolean): HunkReport {
  const counts = { oldStart, oldCount: oldLines.length, newStart, newCount: newLines.length };
  return { ...counts, oldLines: whole ? oldLines : [], newLines: whole ? newLines : [] };
}
