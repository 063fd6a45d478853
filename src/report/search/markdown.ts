import { bullets, fold } from '../markdown-parts.ts';
import { markdown } from '../markup.ts';
import type { Run } from '../model.ts';
import { codeBlock } from '../neutral.ts';
import { duration } from '../numbers.ts';
import { runLineMarkdown } from '../run-line.ts';
import { verdictWords } from '../words.ts';
import type { OptimizeReport, SearchReport } from './model.ts';
import { caveats, findingSentence, incumbentSentence, searchMethod, sizeClause } from './sentences.ts';
import { findingWords } from './words.ts';

const MOST_BULLETS = 20;

/** A finding in Markdown: its sentence, what holds it back, the edit in a fold, what it rests on in another. `patch`: most characters of the edit. */
export function searchMarkdown(path: string, search: SearchReport, patch: number): string {
  const { suggestion, finding } = search;
  const size = suggestion === undefined ? '' : ` ${capital(sizeClause(suggestion))}.`;
  const diff = suggestion && patch > 0 ? patchFold(search, patch) : '';
  return [
    `${findingWords[finding].emoji} ${findingSentence(path, search, markdown)}${size}`,
    bullets(caveats(search, markdown), MOST_BULLETS),
    diff,
    fold('How it was searched', bullets(searchMethod(search, markdown), MOST_BULLETS)),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function patchFold({ suggestion }: SearchReport, most: number): string {
  const { patch, isNew } = suggestion!;
  const block = codeBlock(patch.trimEnd(), most).replace(/^(`+)/, '$1diff');
  return fold(isNew ? 'The suggested file' : 'The suggested edit', block);
}

/** What an `optimize` job came to, for a job summary or a pull request. */
export function renderOptimizeSummary(report: OptimizeReport, run: Run, patch = 200_000): string {
  const { path, problem, search, notes } = report;
  const took = run.searches?.[path]?.latencyMs;
  return `${[
    problem === undefined
      ? searchMarkdown(path, search, patch)
      : `${verdictWords['could-not-measure'].emoji} **Could not measure** ${markdown.code(path)}. ${markdown.prose(problem)}`,
    incumbentSentence(report),
    bullets(
      notes.map((note) => markdown.prose(note)),
      MOST_BULLETS,
    ),
    took === undefined || took.before + took.after === 0 ? '' : `Median answer: ${duration(took.before)} → ${duration(took.after)}.`,
    runLineMarkdown(run, markdown),
  ]
    .filter(Boolean)
    .join('\n\n')}\n`;
}

const capital = (clause: string): string => clause.charAt(0).toUpperCase() + clause.slice(1);
