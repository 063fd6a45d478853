import { type Allowance, leftOut } from './allowance.ts';
import { constraintsTitle, newFailures, standingFailures } from './constraints.ts';
import { examplesFold, withheldNote } from './examples.ts';
import { advisedSentence, criteriaTable, judgeSentences } from './judges.ts';
import { bullets, bulletsThenFold, fold, tableRows } from './markdown-parts.ts';
import { markdown } from './markup.ts';
import { commonMethod, comparedCommits, outlookSentence, promptMethod, slicesCaution } from './method.ts';
import { metricTables } from './metric-tables.ts';
import { isInSight } from './metric-words.ts';
import type { PromptReport, Report } from './model.ts';
import { inlineCode, prose } from './neutral.ts';
import { counted, grouped } from './numbers.ts';
import { intervalPlot } from './plot.ts';
import { pricesSentence } from './prices.ts';
import { searchMarkdown } from './search/markdown.ts';
import { metricsTable, metricsWorthShowing, promptsTable, slicesTable, worthTabulating } from './tables.ts';
import { editStat, textDiff } from './text-diff.ts';
import { trendChart } from './trend.ts';
import { usageSentence } from './usage.ts';
import { headline, judgement, proposedSentence, tellingReasons, verdictSentence, worstFirst } from './verdict-sentence.ts';
import { verdictWords } from './words.ts';

/** A part of the body; '' where there is nothing to say. */
export type Section = (report: Report, allowance: Allowance, fullReport: string) => string;

/** What stands in sight before the rest is folded away, so that the report stays within a screen. */
const rowsInSight = 12;
const bulletsInSight = 5;

/** Details of each prompt that has any, under its name where there are several. */
function perPrompt(report: Report, { entries }: Allowance, details: (prompt: PromptReport) => string): string {
  const all = worstFirst(report.prompts)
    .map((prompt) => ({ prompt, text: details(prompt) }))
    .filter(({ text }) => text !== '');
  const title = (prompt: PromptReport): string => (report.prompts.length > 1 ? `#### ${inlineCode(prompt.path)}\n\n` : '');
  const shown = all.slice(0, entries).map(({ prompt, text }) => title(prompt) + text);
  return [...shown, ...(all.length > entries ? [`… and ${grouped(all.length - entries)} more prompts.`] : [])].join('\n\n');
}

export const sentence: Section = (report) => `${verdictWords[headline(report)].emoji} ${verdictSentence(report, markdown)}`;

export const warnings: Section = ({ warnings }, { entries }) => {
  const lines = warnings.map((text) => prose(text));
  const content = lines.length === 1 ? lines.join('') : bullets(lines, entries);
  return content === '' ? '' : `> [!WARNING]\n${content.replace(/^/gm, '> ')}`;
};

/** A single problem stands in the first line. */
export const problems: Section = ({ problems }, { entries }) => {
  const lines = problems.map((text) => prose(text));
  return lines.length < 2 ? '' : bullets(lines, entries);
};

export const prompts: Section = (report, { rows }) => {
  if (!worthTabulating(report)) return '';
  const { prompts } = report;
  const cell = (verdict: PromptReport['verdict']): string => `${verdictWords[verdict].emoji}\u00a0${verdictWords[verdict].word}`;
  const all = promptsTable(worstFirst(prompts), markdown, cell);
  const inSight = Math.min(rows, rowsInSight);
  if (prompts.length <= inSight) return tableRows(all, 0, inSight);
  if (rows <= inSight) return tableRows(all, 0, rows);
  return [tableRows(all, 0, inSight, false), fold(counted(prompts.length - inSight, 'more prompt'), tableRows(all, inSight, rows))].join(
    '\n\n',
  );
};

/** The interval of a single prompt, for who would rather see than read. */
export const plot: Section = ({ prompts: [only, ...others] }) => {
  if (only?.effect === undefined || only.verdict === 'could-not-measure' || others.length > 0) return '';
  return [`\`\`\`\n${intervalPlot(only.effect)}\n\`\`\``, outlookSentence(only)].filter(Boolean).join('\n\n');
};

/** How scores have moved on the default branch, and where they would go. */
export const trend: Section = (report, allowance) =>
  fold(
    'Trend',
    perPrompt(report, allowance, (prompt) => (allowance.examples === 0 ? '' : trendChart(prompt))),
  );

/** What calls take, old and new: in sight for one prompt, folded away for several. */
export const usage: Section = (report, allowance) => {
  const told = perPrompt(report, allowance, usageSentence);
  return report.prompts.length === 1 ? told : fold('What a call takes', told);
};

/** What was done to the texts, beside what came of it. */
export const edits: Section = (report, allowance) =>
  fold(
    `What was edited: ${editStat(report.prompts)} lines`,
    perPrompt(report, allowance, (prompt) => textDiff(prompt, Math.max(600, allowance.text * 2))),
  );

/** With several prompts the first line only counts; here speaks for itself whatever the table does not explain. */
export const reasons: Section = ({ prompts }, { entries }) => {
  if (prompts.length < 2) return '';
  const speaking = worstFirst(prompts).filter((prompt) => tellingReasons(prompt).length > 0);
  const lines = speaking.map((prompt) => `${verdictWords[prompt.verdict].emoji} ${judgement(prompt, inlineCode(prompt.path), markdown)}`);
  return bulletsThenFold(lines, bulletsInSight, entries);
};

/** How far judges agree with people, and what advisory ones would have said. */
export const judges: Section = ({ prompts }, { entries }) => {
  const several = prompts.length > 1;
  const lines = worstFirst(prompts).flatMap((prompt) => {
    const advised = advisedSentence(prompt, markdown);
    const of = several ? `${inlineCode(prompt.path)}: ` : '';
    return [...(advised === undefined ? [] : [`ℹ️ ${advised}`]), ...judgeSentences(prompt, markdown).map((text) => `⚖️ ${of}${text}`)];
  });
  return bulletsThenFold(lines, bulletsInSight, entries);
};

export const criteria: Section = (report, allowance) =>
  fold(
    'Judged criteria',
    perPrompt(report, allowance, (prompt) =>
      prompt.criteria === undefined ? '' : tableRows(criteriaTable(prompt, markdown), 0, allowance.rows),
    ),
  );

export const proposed: Section = ({ prompts }, { entries }) => {
  const sentences = worstFirst(prompts).map((prompt) => proposedSentence(prompt, markdown));
  const lines = sentences.flatMap((text) => (text === undefined ? [] : [`ℹ️ ${text}`]));
  return bulletsThenFold(lines, bulletsInSight, entries);
};

/** What searches found; edits only where there is room for texts. */
export const searches: Section = ({ prompts }, { text }) =>
  prompts
    .flatMap(({ path, search }) => (search === undefined ? [] : [searchMarkdown(path, search, text === 0 ? 0 : MOST_OF_A_PATCH)]))
    .join('\n\n');

/** Characters of a suggested edit. */
const MOST_OF_A_PATCH = 8_000;

export const notes: Section = (report, { entries }) => {
  const several = report.prompts.length > 1;
  const own = report.prompts.flatMap((prompt) =>
    [...prompt.notes.map((note) => prose(note)), ...standingFailures(prompt, markdown)].map((note) =>
      several ? `${inlineCode(prompt.path)}: ${note}` : note,
    ),
  );
  const lines = [...report.notes.map((note) => prose(note)), ...own, withheldNote(report)].filter(Boolean);
  return bulletsThenFold(lines, bulletsInSight, entries);
};

export const constraints: Section = (report, { entries }) => {
  const lines = newFailures(report, markdown);
  return lines.length === 0 ? '' : `**${constraintsTitle}**\n\n${bulletsThenFold(lines, bulletsInSight, entries)}`;
};

export const regressed: Section = (report, allowance) => examplesFold(report, 'regressed', allowance);
export const fixed: Section = (report, allowance) => examplesFold(report, 'fixed', allowance);

export const slices: Section = (report, allowance) => {
  const tables = perPrompt(report, allowance, ({ slices }) =>
    slices.length === 0 ? '' : tableRows(slicesTable(slices, markdown), 0, allowance.rows),
  );
  return tables === '' ? '' : fold('Slices', `${slicesCaution}\n\n${tables}`);
};

export const metrics: Section = (report, allowance) =>
  fold(
    'Metrics and thresholds',
    perPrompt(report, allowance, (prompt) => (metricsWorthShowing(prompt) ? metricsShown(prompt, allowance) : '')),
  );

/** Those that matter most and those with a threshold in sight, the rest folded away. */
function metricsShown({ metrics }: PromptReport, { rows }: Allowance): string {
  const rest = metrics.filter((metric) => !isInSight(metric));
  return [
    tableRows(metricsTable(metrics.filter(isInSight), markdown), 0, rows),
    rest.length === 0 ? '' : fold(counted(rest.length, 'more metric'), tableRows(metricsTable(rest, markdown), 0, rows)),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Labels up to which confusions are a matrix. */
const widestMatrix = 10;

export const metricDetails: Section = (report, allowance) => {
  const ofPrompt = ({ tables = [] }: PromptReport) => metricTables(tables, markdown, widestMatrix);
  const titles = [...new Set(report.prompts.flatMap((prompt) => ofPrompt(prompt).map(({ title }) => title)))];
  return titles
    .map((title) =>
      fold(
        title,
        perPrompt(report, allowance, (prompt) =>
          ofPrompt(prompt)
            .filter((one) => one.title === title)
            .map(({ table }) => tableRows(table, 0, allowance.rows))
            .join('\n\n'),
        ),
      ),
    )
    .filter(Boolean)
    .join('\n\n');
};

export const method: Section = (report, allowance) => {
  const details = perPrompt(report, allowance, (prompt) => {
    const lines = promptMethod(prompt, markdown, report.prompts.length === 1);
    return lines.length === 0 ? '' : lines.map((line) => `- ${line}`).join('\n');
  });
  return details === ''
    ? ''
    : fold('Method', [commonMethod(report).join(' '), details, pricesSentence(report, markdown)].filter(Boolean).join('\n\n'));
};

export const shortened: Section = (report, allowance, fullReport) => {
  const clauses = leftOut(report, allowance);
  return clauses.length === 0 ? '' : `Left out here: ${clauses.join('; ')}. The full report: ${fullReport}.`;
};

/** Nothing was compared where there are problems with the whole. */
export const commits: Section = (report) => (report.problems.length > 0 ? '' : `<sub>${comparedCommits(report, markdown)}</sub>`);
