import { type Allowance, examplesWithheld, leftOut } from './allowance.ts';
import { constraintsTitle, newFailures, standingFailures } from './constraints.ts';
import { advisedSentence, criteriaTable, judgeSentences } from './judges.ts';
import { plain } from './markup.ts';
import { commonMethod, comparedCommits, outlookSentence, promptMethod, slicesCaution } from './method.ts';
import { metricTables } from './metric-tables.ts';
import { isInSight } from './metric-words.ts';
import type { PromptReport, Report, Run } from './model.ts';
import { counted, grouped } from './numbers.ts';
import { intervalPlot } from './plot.ts';
import { pricesSentence } from './prices.ts';
import { runLinePlain } from './run-line.ts';
import { block, bullets, fullReport, indented, paint, type Screen, verdictColor } from './screen.ts';
import { searchText } from './search/terminal.ts';
import { metricsTable, metricsWorthShowing, promptsTable, slicesTable, type Table, worthTabulating } from './tables.ts';
import { examples } from './terminal-examples.ts';
import { alignedTable, wrap } from './terminal-text.ts';
import { headline, judgement, proposedSentence, tellingReasons, verdictSentence, worstFirst } from './verdict-sentence.ts';
import { verdictWords } from './words.ts';

type Section = (report: Report, screen: Screen) => string;

const allowance: Allowance = { text: 400, examples: 5, examplesInAll: 20, rows: 1000, entries: 20 };

const lead: Section = (report, screen) => {
  const verdict = headline(report);
  return paint(screen, verdictColor[verdict], wrap(`${verdictWords[verdict].sign} ${verdictSentence(report, plain)}`, screen.width, '  '));
};

const warnings: Section = ({ warnings }, screen) =>
  warnings.map((text) => paint(screen, 'yellow', wrap(`Warning: ${plain.prose(text)}`, screen.width, '  '))).join('\n');

const problems: Section = ({ problems }, screen) =>
  problems.length < 2
    ? ''
    : bullets(
        problems.map((text) => plain.prose(text)),
        allowance.entries,
        screen,
      );

const prompts: Section = (report, screen) => {
  if (!worthTabulating(report)) return '';
  const order = worstFirst(report.prompts);
  const [heading = '', ...lines] = alignedTable(
    promptsTable(order, plain, (verdict) => `${verdictWords[verdict].sign} ${verdictWords[verdict].word}`),
  );
  const rows = lines.map((line, index) => paint(screen, verdictColor[order[index]?.verdict ?? 'not-evaluated'], line));
  return block(heading, rows.join('\n'), screen);
};

const plot: Section = ({ prompts: [only, ...others] }, screen) => {
  if (only?.effect === undefined || only.verdict === 'could-not-measure' || others.length > 0) return '';
  return [indented(intervalPlot(only.effect), '  '), wrap(outlookSentence(only), screen.width)].filter(Boolean).join('\n\n');
};

const reasons: Section = ({ prompts }, screen) => {
  const speaking = prompts.length < 2 ? [] : worstFirst(prompts).filter((prompt) => tellingReasons(prompt).length > 0);
  return bullets(
    speaking.map((prompt) => judgement(prompt, plain.code(prompt.path), plain)),
    allowance.entries,
    screen,
  );
};

const judges: Section = ({ prompts }, screen) => {
  const of = (prompt: PromptReport): string => (prompts.length > 1 ? `${plain.code(prompt.path)}: ` : '');
  const lines = prompts.flatMap((prompt) => [
    ...[advisedSentence(prompt, plain) ?? []].flat(),
    ...judgeSentences(prompt, plain).map((text) => of(prompt) + text),
  ]);
  return bullets(lines, allowance.entries, screen);
};

const criteria: Section = (report, screen) =>
  part(
    'Judged criteria',
    '',
    perPrompt(report, (prompt) => (prompt.criteria === undefined ? [] : tableLines(criteriaTable(prompt, plain)))),
    screen,
  );

const proposed: Section = ({ prompts }, screen) => {
  const lines = prompts.flatMap((prompt) => proposedSentence(prompt, plain) ?? []);
  return bullets(lines, allowance.entries, screen);
};

const searches: Section = ({ prompts }, screen) =>
  prompts.flatMap(({ path, search }) => (search === undefined ? [] : [searchText(path, search, screen)])).join('\n\n');

const notes: Section = (report, screen) => {
  const several = report.prompts.length > 1;
  const own = report.prompts.flatMap((prompt) =>
    [...prompt.notes.map((note) => plain.prose(note)), ...standingFailures(prompt, plain)].map(
      (note) => (several ? `${plain.code(prompt.path)}: ` : '') + note,
    ),
  );
  const withheld = examplesWithheld(report) ? ['Examples are not listed: report.examples is none.'] : [];
  return bullets([...report.notes.map((note) => plain.prose(note)), ...own, ...withheld], allowance.entries, screen);
};

const constraints: Section = (report, screen) =>
  block(constraintsTitle, bullets(newFailures(report, plain), allowance.entries, screen), screen);

/** What each prompt has to show, under its path where there are several. */
function perPrompt({ prompts }: Report, lines: (prompt: PromptReport) => readonly string[]): string {
  const all = worstFirst(prompts)
    .map((prompt) => ({ prompt, lines: lines(prompt) }))
    .filter((each) => each.lines.length > 0);
  const named = all
    .slice(0, allowance.entries)
    .flatMap((each) => [...(prompts.length > 1 ? [`${plain.code(each.prompt.path)}:`] : []), ...each.lines]);
  const more = all.length > allowance.entries ? [`… and ${counted(all.length - allowance.entries, 'more prompt')}`] : [];
  return [...named, ...more].join('\n');
}

/** A heading, a remark and what each prompt has to show; nothing where none has. */
function part(title: string, remark: string, details: string, screen: Screen): string {
  const wrapped = remark === '' ? [] : [wrap(remark, screen.width)];
  return details === '' ? '' : block(title, [...wrapped, details].join('\n'), screen);
}

function tableLines({ align, rows: [heading = [], ...body] }: Table): readonly string[] {
  const most = allowance.entries;
  const more = body.length > most ? [`  … and ${grouped(body.length - most)} more`] : [];
  return [...alignedTable({ align, rows: [heading, ...body.slice(0, most)] }).map((line) => `  ${line}`), ...more];
}

const slices: Section = (report, screen) =>
  part(
    'Slices',
    slicesCaution,
    perPrompt(report, ({ slices }) => (slices.length === 0 ? [] : tableLines(slicesTable(slices, plain)))),
    screen,
  );

function metricLines({ metrics }: PromptReport, screen: Screen): readonly string[] {
  const inSight = metrics.filter(isInSight);
  const more = metrics.length - inSight.length;
  return [
    ...tableLines(metricsTable(inSight, plain)),
    ...(more === 0 ? [] : [`  … and ${counted(more, 'more metric')} in ${fullReport(screen)}`]),
  ];
}

const metrics: Section = (report, screen) =>
  part(
    'Metrics and thresholds',
    '',
    perPrompt(report, (prompt) => (metricsWorthShowing(prompt) ? metricLines(prompt, screen) : [])),
    screen,
  );

/** Labels up to which confusions are a matrix. */
const widestMatrix = 5;

const metricDetails: Section = ({ prompts }, screen) => {
  const details = worstFirst(prompts)
    .slice(0, allowance.entries)
    .flatMap(({ path, tables = [] }) =>
      metricTables(tables, plain, widestMatrix).map(({ title, table }) => {
        const of = prompts.length > 1 ? ` of ${plain.code(path)}` : '';
        return block(`${title}${of}`, tableLines(table).join('\n'), screen);
      }),
    );
  return details.join('\n\n');
};

const method: Section = (report, screen) =>
  part(
    'Method',
    [...commonMethod(report), pricesSentence(report, plain)].filter(Boolean).join(' '),
    perPrompt(report, (prompt) =>
      promptMethod(prompt, plain, report.prompts.length === 1).map((line) => `- ${wrap(line, screen.width - 2, '  ')}`),
    ),
    screen,
  );

const shortened: Section = (report, screen) => {
  const clauses = leftOut(report, allowance);
  return clauses.length === 0 ? '' : wrap(`Left out here: ${clauses.join('; ')}. The full report: ${fullReport(screen)}.`, screen.width);
};

const commits: Section = (report, screen) =>
  report.problems.length > 0 ? '' : paint(screen, 'dim', wrap(comparedCommits(report, plain), screen.width));

const layout: readonly Section[] = [
  lead,
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
  (report, screen) => examples(report, 'regressed', allowance, screen),
  (report, screen) => examples(report, 'fixed', allowance, screen),
  slices,
  criteria,
  metrics,
  metricDetails,
  method,
  shortened,
  commits,
];

/**
 * The report as plain text for a terminal: the comment's facts in the comment's order. Control characters of prompts and answers are
 * shown by name; with `color`, the only escapes are ours. The last line holds what depends on the run.
 */
export function renderTerminal(report: Report, run: Run, screen: Screen): string {
  const body = layout.map((section) => section(report, screen)).filter(Boolean);
  return `${[...body, paint(screen, 'dim', runLinePlain(run, plain))].join('\n\n')}\n`;
}
