import { type Hunk, newStarts } from '../../prompts/hunks.ts';
import { markdown } from '../markup.ts';
import type { PromptReport } from '../model.ts';
import { findingSentence } from './sentences.ts';

/** A review comment whose suggestion replaces lines of the pull request's file. */
export interface SuggestionComment {
  readonly path: string;
  /** 1-based, both within one hunk of the pull request's diff. */
  readonly startLine: number;
  readonly line: number;
  readonly body: string;
}

/** Lines of context that GitHub shows around a change, which can be commented on too. */
const CONTEXT = 3;
/** More are no edit that anyone applies one by one. */
const MOST = 10;

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The suggested edit as review comments that a click applies; none where any part of it lies outside the pull request's diff, for a part of an
 * edit is another edit, of which nothing is claimed.
 */
export function suggestionComments(prompt: PromptReport): readonly SuggestionComment[] {
  const { path, search } = prompt;
  const { suggestion } = search ?? {};
  if (search === undefined || suggestion === undefined || suggestion.isNew || suggestion.text.includes('\r')) return [];
  const { hunks, text } = suggestion;
  const diff = diffRanges(prompt);
  const starts = newStarts(hunks);
  const parts = hunks.map((hunk, at) => replacement(hunk, starts[at]!, text.split('\n')));
  if (parts.length === 0 || parts.length > MOST || !parts.every(({ range }) => isWithin(range, diff))) return [];
  const together = parts.length === 1 ? '' : ` Apply all ${parts.length} parts together: the claim is about the whole.`;
  return parts.map(({ range, lines }) => ({
    path,
    startLine: range.from,
    line: range.to,
    body: `${findingSentence(path, search, markdown)}${together}\n\n${suggestionBlock(lines)}`,
  }));
}

/** What stands there in the head, and what is to: an insertion takes the line beside it along, for a suggestion has to replace something. */
function replacement(
  { oldStart, oldLines, newLines }: Hunk,
  newStart: number,
  text: readonly string[],
): { range: Range; lines: readonly string[] } {
  if (oldLines.length > 0) return { range: { from: oldStart, to: oldStart + oldLines.length - 1 }, lines: newLines };
  if (oldStart > 1) return { range: { from: oldStart - 1, to: oldStart - 1 }, lines: [text[newStart - 2]!, ...newLines] };
  return { range: { from: 1, to: 1 }, lines: [...newLines, text[newStart - 1 + newLines.length]!] };
}

/** The head's lines that the pull request's diff shows; all of a new file. */
function diffRanges({ path, status, edits = [] }: PromptReport): readonly Range[] {
  if (status === 'added') return [{ from: 1, to: Number.POSITIVE_INFINITY }];
  const own = edits.find((edit) => edit.path === path);
  const ranges: { from: number; to: number }[] = [];
  for (const { newStart, newCount } of own?.hunks ?? []) {
    const range = { from: newStart - CONTEXT, to: newStart + newCount - 1 + CONTEXT };
    const last = ranges.at(-1);
    if (last !== undefined && range.from <= last.to + 1) last.to = range.to;
    else ranges.push(range);
  }
  return ranges;
}

function isWithin({ from, to }: Range, ranges: readonly Range[]): boolean {
  return ranges.some((range) => range.from <= from && to <= range.to);
}

/** The fence is longer than any in the prompt. */
function suggestionBlock(lines: readonly string[]): string {
  const runs = lines.join('\n').match(/`{3,}/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return [`${fence}suggestion`, ...lines, fence].join('\n');
}
