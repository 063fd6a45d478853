import type { Verdict } from '../domain/verdict.ts';
import { listed } from './because.ts';
import { clip } from './clip.ts';
import { renderComment } from './comment.ts';
import { plain } from './markup.ts';
import type { PromptReport, Report, Run } from './model.ts';
import { placesOf } from './places.ts';
import { promptSentence, verdictSentence, worstFirst } from './verdict-sentence.ts';
import { verdictWords } from './words.ts';

/** A report in the form of a GitHub check run (https://docs.github.com/en/rest/checks/runs). */
export interface CheckRunReport {
  readonly conclusion: 'success' | 'neutral' | 'failure';
  /** One line, at most 250 characters. */
  readonly title: string;
  /** Markdown, below the 65,535 characters that GitHub takes. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'failure' | 'warning';
  readonly title: string;
  readonly message: string;
}

/** Of one report, for the reader's sake; what is cut stands in the summary. */
const MOST_ANNOTATIONS = 250;

/** What a verdict that passes is called; one that does not is a failure whatever it is. */
const passing: Readonly<Record<Verdict, CheckRunReport['conclusion']>> = {
  improved: 'success',
  'no-worse': 'success',
  inconclusive: 'neutral',
  'not-evaluated': 'neutral',
  regressed: 'neutral',
  'could-not-measure': 'neutral',
  'bad-input': 'neutral',
};

/** `root`: where the report's paths begin in the repository, with a trailing slash or empty. */
export function checkRunOf(report: Report, run: Run, root: string): CheckRunReport {
  const isIdle = report.prompts.length === 0 && report.problems.length === 0;
  return {
    conclusion: report.passed ? (isIdle ? 'success' : passing[report.verdict]) : 'failure',
    title: clip(verdictSentence(report, plain), 200),
    summary: renderComment(report, run),
    annotations: worstFirst(report.prompts)
      .flatMap((prompt) => annotationsOf(prompt, root))
      .slice(0, MOST_ANNOTATIONS),
  };
}

/** On each run of changed lines of a prompt that is blocked, got worse in part, or is open. */
function annotationsOf(prompt: PromptReport, root: string): Annotation[] {
  const level = prompt.passed ? 'warning' : 'failure';
  const isOpen = prompt.verdict === 'inconclusive' || prompt.because.some(({ rule }) => rule === 'slice-worse');
  if (prompt.passed && !isOpen) return [];
  const title = `${prompt.path}: ${verdictWords[prompt.verdict].word}`;
  const message = [promptSentence(prompt, plain), regressedIds(prompt)].filter(Boolean).join('\n');
  return placesOf(prompt, root).map((place) => ({ ...place, level, title: plain.code(title), message }));
}

function regressedIds({ examples }: PromptReport): string {
  const ids = examples.filter(({ change }) => change === 'regressed').map(({ id }) => id);
  return ids.length === 0 ? '' : `Regressed examples: ${listed(ids, plain)}.`;
}
