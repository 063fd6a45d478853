import type { Because, Verdict } from '../domain/verdict.ts';
import { becauseSentence } from './because.ts';
import type { Markup } from './markup.ts';
import type { Comparison, PromptReport, Report } from './model.ts';
import { counted, grouped, percent, points, range, rate } from './numbers.ts';
import { verdictWords } from './words.ts';

const namesShown = 3;

/** Examples that count: those with a score on both sides. */
const compared = ({ wins, losses, ties }: { wins: number; losses: number; ties: number }): number => wins + losses + ties;

/** `82.0 % → 71.0 % (−11.0 pp, 90 % interval −18.2 … −4.1 pp, 40 examples)`, or as much of it as was measured. */
function measured({ base, head, effect }: Comparison): string {
  if (head === undefined) return '';
  if (base === undefined) return `${percent(head.score)} on ${counted(head.n, 'example')}`;
  const scores = `${percent(base.score)} → ${percent(head.score)}`;
  if (effect === undefined) return scores;
  const interval = `${rate(effect.level)} interval ${range(effect)} pp`;
  return `${scores} (${points(effect.estimate)}, ${interval}, ${counted(compared(effect), 'example')}${effect.method === 'cmh' ? ', these alone' : ''})`;
}

const leads: Readonly<Record<Verdict, (subject: string, strong: Markup['strong']) => string>> = {
  improved: (subject, strong) => `${subject} ${strong('improved')}`,
  'no-worse': (subject, strong) => `${subject} is ${strong('no worse')}`,
  regressed: (subject, strong) => `${subject} ${strong('regressed')}`,
  inconclusive: (subject, strong) => `${subject} is ${strong('inconclusive')}`,
  'not-evaluated': (subject, strong) => `${subject} was ${strong('not evaluated')}`,
  'could-not-measure': (subject, strong) => `${strong('Could not measure')} ${subject}`,
  'bad-input': (subject, strong) => `${strong('Bad input')} for ${subject}`,
};

const ladderRules: ReadonlySet<Because['rule']> = new Set([
  'lower-above-zero',
  'lower-above-margin',
  'upper-below-zero',
  'interval-too-wide',
  'too-few-examples',
]);

/** What shows harm by itself. */
const harmRules: ReadonlySet<Because['rule']> = new Set(['upper-below-zero', 'slice-regressed', 'stopped-early']);

/** Whether the printed interval already says it, or a heavier rule has overruled it. */
function goesWithoutSaying(because: Because, verdict: Verdict): boolean {
  if (!ladderRules.has(because.rule)) return false;
  if (verdict === 'inconclusive') return false;
  return verdict !== 'no-worse' || because.rule !== 'lower-above-margin' || !because.worse;
}

/** Reasons that figures and verdict do not show by themselves. */
export const tellingReasons = ({ because, verdict }: Judged): readonly Because[] =>
  because.filter((each) => !goesWithoutSaying(each, verdict));

function consequence(verdict: Verdict, passed: boolean): string {
  if (!passed) return 'Merge blocked.';
  return verdict === 'improved' || verdict === 'no-worse' ? '' : 'Merge not blocked.';
}

interface Judged extends Comparison {
  readonly verdict: Verdict;
  readonly because: readonly Because[];
}

/** A floor that was missed is no harm that was shown: the score may even have risen. */
function lead({ verdict, because }: Judged, subject: string, { strong }: Markup): string {
  const rules = because.map(({ rule }) => rule);
  const isFloorAlone = verdict === 'regressed' && rules.includes('threshold-missed') && !rules.some((rule) => harmRules.has(rule));
  return isFloorAlone ? `${subject} misses its threshold and counts as ${strong('regressed')}` : leads[verdict](subject, strong);
}

/** Lead, figures and reasons: `… **regressed**: 82.0 % → 71.0 % (…). Threshold missed: ….` */
export function judgement(judged: Judged, subject: string, markup: Markup): string {
  const figures = judged.verdict === 'could-not-measure' ? '' : measured(judged);
  const reasons = tellingReasons(judged).map((because) => becauseSentence(because, judged, markup));
  return [`${lead(judged, subject, markup)}${figures === '' ? '' : `: ${figures}`}.`, ...reasons].join(' ');
}

/** What the pull request's own eval set and settings would make of a prompt; undefined where they were not tried. */
export function proposedSentence({ path, status, proposed }: PromptReport, markup: Markup): string | undefined {
  if (proposed === undefined) return undefined;
  const own = "Under the pull request's own eval set and settings, for information only: ";
  if (status === 'added' || proposed.head === undefined || proposed.base !== undefined)
    return own + judgement(proposed, markup.code(path), markup);
  const reasons = proposed.because.filter(({ rule }) => rule !== 'new-prompt').map((because) => becauseSentence(because, proposed, markup));
  return [`${own}${markup.code(path)} has ${measured(proposed)}.`, ...reasons].join(' ');
}

/** What came of one prompt and what follows from it, in one line without a sign before it. */
export function promptSentence(prompt: PromptReport, markup: Markup): string {
  return [judgement(prompt, markup.code(prompt.path), markup), consequence(prompt.verdict, prompt.passed)].filter(Boolean).join(' ');
}

/** Prompts with the worst verdict first; equal verdicts keep the report's order, failed ones first. */
export const worstFirst = (prompts: readonly PromptReport[]): readonly PromptReport[] =>
  prompts.toSorted((a, b) => Number(a.passed) - Number(b.passed) || verdictWords[a.verdict].rank - verdictWords[b.verdict].rank);

/** `1 regressed (prompts/a.md −11.0 pp)`: names stand where something failed. */
function group(verdict: Verdict, prompts: readonly PromptReport[], markup: Markup): string {
  const { word } = verdictWords[verdict];
  const failed = prompts.filter(({ passed }) => !passed);
  if (failed.length === 0) return `${grouped(prompts.length)} ${word}`;
  const names = failed
    .slice(0, namesShown)
    .map(({ path, effect }) => `${markup.code(path)}${effect === undefined ? '' : ` ${points(effect.estimate)}`}`);
  if (failed.length > names.length) names.push('…');
  return `${grouped(prompts.length)} ${markup.strong(word)} (${names.join(', ')})`;
}

function severalPrompts({ prompts, passed, verdict }: Report, markup: Markup): string {
  const verdicts = [...new Set(worstFirst(prompts).map((prompt) => prompt.verdict))];
  const groups = verdicts.map((each) =>
    group(
      each,
      prompts.filter((prompt) => prompt.verdict === each),
      markup,
    ),
  );
  const what = prompts.some(({ status }) => status === 'affected') ? 'changed or affected' : 'changed';
  const lead = `${counted(prompts.length, 'prompt')} ${what}: ${groups.join(', ')}.`;
  return [lead, hiddenHarm(prompts, markup), consequence(verdict, passed)].filter(Boolean).join(' ');
}

/** Slices that got worse under prompts that did not: what a mean hides must stand in the first line. */
function hiddenHarm(prompts: readonly PromptReport[], markup: Markup): string {
  const hidden = prompts.flatMap(({ path, verdict, because }) =>
    verdict === 'regressed' ? [] : because.flatMap((each) => (each.rule === 'slice-worse' ? [{ path, slice: each.slice }] : [])),
  );
  if (hidden.length === 0) return '';
  const named = hidden.slice(0, namesShown).map(({ path, slice }) => `slice ${markup.code(slice)} of ${markup.code(path)}`);
  const more = hidden.length > named.length ? ` and ${grouped(hidden.length - named.length)} more` : '';
  return `Got worse though the whole did not: ${named.join(', ')}${more}.`;
}

function notBegun({ problems, verdict, passed }: Report, markup: Markup): string {
  const then = consequence(verdict, passed);
  const [first = ''] = problems;
  const what = markup.strong(verdict === 'could-not-measure' ? 'Could not measure' : 'Bad input');
  if (problems.length === 1) return `${what}: ${markup.prose(first)} ${then}`;
  return `${what}: ${counted(problems.length, 'problem')} to mend before anything can be evaluated. ${then}`;
}

/** The report in one line that can be acted on alone, without a sign before it. */
export function verdictSentence(report: Report, markup: Markup): string {
  return [ofAll(report, markup), acceptedSentence(report, markup)].filter(Boolean).join(' ');
}

function acceptedSentence({ accepted }: Report, { code, strong, prose }: Markup): string {
  return accepted === undefined ? '' : `${strong('Accepted')} for this commit by ${code(accepted.by)}: “${prose(accepted.reason)}”.`;
}

function ofAll(report: Report, markup: Markup): string {
  const [first, second] = report.prompts;
  if (report.problems.length > 0) return notBegun(report, markup);
  if (first === undefined) return `${markup.strong('No prompt changed')}: nothing to evaluate.`;
  return second === undefined ? promptSentence(first, markup) : severalPrompts(report, markup);
}

/** The verdict that the report as a whole shows by its sign and color. */
export function headline({ problems, prompts, verdict }: Report): Verdict {
  return prompts.length === 0 && problems.length === 0 ? 'not-evaluated' : verdict;
}
