import { visible } from '../../documents/visible.ts';
import { plain } from '../markup.ts';
import type { Run } from '../model.ts';
import { withoutCommands } from '../neutral.ts';
import { duration } from '../numbers.ts';
import { runLinePlain } from '../run-line.ts';
import { block, bullets, paint, type Screen } from '../screen.ts';
import { wrap } from '../terminal-text.ts';
import type { OptimizeReport, SearchPlanReport, SearchReport } from './model.ts';
import { caveats, findingSentence, incumbentSentence, searchMethod, searchPlanText, sizeClause } from './sentences.ts';
import { findingWords } from './words.ts';

const colors = { verified: 'green', promising: 'yellow', none: 'dim' } as const;
const MOST_BULLETS = 20;
/** Lines of a diff that a terminal shows. */
const MOST_LINES = 200;

/** What a search is about to do, in lines for a terminal or a log. */
export function renderSearchPlan(plan: SearchPlanReport): string {
  return searchPlanText(plan, plain);
}

/** A finding with its evidence, as plain text: the sentence, what holds it back, the edit as a diff. */
export function searchText(path: string, search: SearchReport, screen: Screen): string {
  const { sign } = findingWords[search.finding];
  const { suggestion } = search;
  return [
    paint(screen, colors[search.finding], wrap(`${sign} ${findingSentence(path, search, plain)}`, screen.width, '  ')),
    bullets(caveats(search, plain), MOST_BULLETS, screen),
    suggestion && block(`Suggestion (${sizeClause(suggestion)})`, diffText(suggestion.patch, screen), screen),
    block('Search', bullets(searchMethod(search, plain), MOST_BULLETS, screen), screen),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Control characters of the prompt and of the proposer are shown by name. */
function diffText(patch: string, screen: Screen): string {
  const lines = visible(patch).trimEnd().split('\n');
  const more = lines.length > MOST_LINES ? [`… and ${lines.length - MOST_LINES} more lines`] : [];
  return [...lines.slice(0, MOST_LINES), ...more].map((line) => paintLine(line, screen)).join('\n');
}

function paintLine(line: string, screen: Screen): string {
  if (line.startsWith('+')) return paint(screen, 'green', line);
  return line.startsWith('-') ? paint(screen, 'red', line) : line;
}

/** What an `optimize` job came to, for a terminal. The last line holds what depends on the run. */
export function renderOptimize(report: OptimizeReport, run: Run, screen: Screen): string {
  const { path, problem, search, notes } = report;
  const took = run.searches?.[path]?.latencyMs;
  const body = [
    problem === undefined
      ? searchText(path, search, screen)
      : paint(screen, 'red', wrap(`Could not measure: ${plain.prose(problem)}`, screen.width, '  ')),
    wrap(incumbentSentence(report), screen.width),
    bullets(
      notes.map((note) => plain.prose(note)),
      MOST_BULLETS,
      screen,
    ),
    took === undefined || took.before + took.after === 0 ? '' : `Median answer: ${duration(took.before)} → ${duration(took.after)}.`,
    paint(screen, 'dim', runLinePlain(run, plain)),
  ];
  return `${body.filter(Boolean).join('\n\n')}\n`;
}

const LOG_WIDTH = 140;

/** The same for the Actions log: no line of it is a workflow command. */
export function optimizeLog(report: OptimizeReport, run: Run): string {
  return withoutCommands(renderOptimize(report, run, { color: false, width: LOG_WIDTH }));
}

/** What an `optimize` job came to, on one line. */
export function optimizeSentence({ path, problem, search }: OptimizeReport): string {
  return withoutCommands(problem === undefined ? findingSentence(path, search, plain) : `Could not measure: ${plain.prose(problem)}`);
}
