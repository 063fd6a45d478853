import { endOfInstructions } from './instructions.ts';

/** A change to one place of a prompt file. */
export interface Edit {
  /** Text that stands in the file exactly once; empty: what is to come at the end of the instructions. */
  readonly find: string;
  readonly replace: string;
}

/** Why edits cannot be applied, as a clause about the edit with that 0-based number. */
export interface Misfit {
  readonly edit: number;
  readonly what: string;
}

/** A stretch of the file, its end excluded, and what comes there instead. */
interface Spot {
  readonly start: number;
  readonly end: number;
  readonly replace: string;
}

/** The text after all edits, each of which is sought in the text as it was; a misfit where one is found nowhere, twice, or across another. */
export function applyEdits(text: string, edits: readonly Edit[]): { readonly text: string } | { readonly misfit: Misfit } {
  const spots: (Spot & { readonly edit: number })[] = [];
  for (const [edit, { find, replace }] of edits.entries()) {
    const spot = find.trim() === '' ? atTheEnd(text, replace) : quoted(text, find, replace);
    if (typeof spot === 'string') return { misfit: { edit, what: spot } };
    spots.push({ ...spot, edit });
  }
  spots.sort((one, other) => one.start - other.start || one.edit - other.edit);
  const crossing = spots.find(({ start }, at) => at > 0 && start < spots[at - 1]!.end);
  if (crossing !== undefined) return { misfit: { edit: crossing.edit, what: 'it overlaps another edit' } };
  return { text: spots.reduceRight((so, { start, end, replace }) => so.slice(0, start) + replace + so.slice(end), text) };
}

/** Models add and drop blank space at the ends of what they quote: where the exact text is not there, the text without it counts. */
function quoted(text: string, find: string, replace: string): Spot | string {
  const isThere = text.includes(find);
  const [sought, put] = isThere ? [find, replace] : [find.trim(), replace.trim()];
  const start = text.indexOf(sought);
  if (start === -1) return 'its text does not stand in the prompt';
  if (text.includes(sought, start + 1)) return 'its text stands in the prompt more than once';
  return { start, end: start + sought.length, replace: put };
}

/** A paragraph of its own. */
function atTheEnd(text: string, addition: string): Spot {
  const end = endOfInstructions(text);
  const start = text.slice(0, end).trimEnd().length;
  const isLast = text.slice(end).trim() === '';
  return { start, end, replace: `${start === 0 ? '' : '\n\n'}${addition.trim()}\n${isLast ? '' : '\n'}` };
}
