import type { Allowance } from './allowance.ts';
import { markdown } from './markup.ts';
import type { Report, Run } from './model.ts';
import { runLineMarkdown, runLineRoom } from './run-line.ts';
import {
  commits,
  constraints,
  criteria,
  edits,
  fixed,
  judges,
  method,
  metricDetails,
  metrics,
  notes,
  plot,
  problems,
  prompts,
  proposed,
  reasons,
  regressed,
  type Section,
  searches,
  sentence,
  shortened,
  slices,
  trend,
  usage,
  warnings,
} from './sections.ts';

/** The body from top to bottom. */
const layout: readonly Section[] = [
  sentence,
  warnings,
  problems,
  prompts,
  plot,
  reasons,
  judges,
  searches,
  proposed,
  notes,
  constraints,
  usage,
  edits,
  regressed,
  fixed,
  slices,
  criteria,
  metrics,
  metricDetails,
  trend,
  method,
  shortened,
  commits,
];

/** Where no prompt changed there is one line to say, as a rule. */
const idleLayout: readonly Section[] = [sentence, warnings, notes];

/** What stays when even the smallest allowance is too long. */
const leastLayout: readonly Section[] = [sentence, shortened, commits];

/** A place where Markdown is shown, and how a body that is too long for it is shortened. */
export interface Place {
  /** Tried in turn: answers shorter, then fewer examples, then fewer rows. */
  readonly ladder: readonly Allowance[];
  /** What `measure` may come to. */
  readonly limit: number;
  readonly measure: (markdown: string) => number;
  /** Where everything stands, as the end of a sentence. */
  readonly fullReport: string;
}

/** The report for a place, its last line the run's unless nothing was run. All lines before it depend on the report alone. */
export function renderMarkdown(report: Report, run: Run, { ladder, limit, measure, fullReport }: Place): string {
  const body = (sections: readonly Section[], allowance: Allowance): string =>
    sections
      .map((section) => section(report, allowance, fullReport))
      .filter(Boolean)
      .join('\n\n');
  const least = ladder.at(-1) ?? { text: 0, examples: 0, examplesInAll: 0, rows: 0, entries: 0 };
  const fits = (text: string): boolean => measure(text) + runLineRoom <= limit;
  if (report.prompts.length === 0 && report.problems.length === 0) return body(idleLayout, least);
  const last = `\n\n${runLineMarkdown(run, markdown)}`;
  for (const allowance of ladder) {
    const text = body(layout, allowance);
    if (fits(text)) return text + last;
  }
  return body(leastLayout, least) + last;
}

const commentLadder: readonly Allowance[] = [
  { text: 1500, examples: 10, examplesInAll: 40, rows: 100, entries: 20 },
  { text: 500, examples: 10, examplesInAll: 40, rows: 100, entries: 20 },
  { text: 200, examples: 10, examplesInAll: 40, rows: 100, entries: 20 },
  { text: 200, examples: 5, examplesInAll: 20, rows: 100, entries: 20 },
  { text: 200, examples: 2, examplesInAll: 10, rows: 100, entries: 10 },
  { text: 0, examples: 0, examplesInAll: 0, rows: 100, entries: 10 },
  { text: 0, examples: 0, examplesInAll: 0, rows: 30, entries: 5 },
  { text: 0, examples: 0, examplesInAll: 0, rows: 5, entries: 2 },
];

/** GitHub refuses a comment over 65,536 characters; the rest is left to the caller's marker. */
const commentLimit = 60_000;

/**
 * The pull request comment in Markdown, at most `limit` characters (60,000). The last line holds what depends on the run; the text
 * before it is a function of the report alone.
 */
export function renderComment(report: Report, run: Run, { limit = commentLimit }: { readonly limit?: number } = {}): string {
  return renderMarkdown(report, run, {
    ladder: commentLadder,
    limit,
    measure: (text) => text.length,
    fullReport: 'the job summary and `report.json`',
  });
}
