import { resultsOutput } from './json.ts';
import { plain } from './markup.ts';
import type { Report, Run } from './model.ts';
import { withoutCommands } from './neutral.ts';
import { verdictSentence } from './verdict-sentence.ts';

/** The action's outputs, but for the path of the report. */
export function actionOutputs(report: Report, { costUsd, calls }: Run): Readonly<Record<string, string>> {
  return {
    verdict: report.verdict,
    passed: String(report.passed),
    results: resultsOutput(report),
    'cost-usd': costUsd === undefined ? '' : String(costUsd),
    calls: String(calls),
  };
}

/** The report as one line beside the job: red where it fails, yellow where it is not settled, or only an advisory judge sees harm. */
export function annotation(report: Report): { readonly sentence: string; readonly level: 'notice' | 'warning' | 'error' } {
  const isOpen = report.verdict === 'regressed' || report.verdict === 'inconclusive' || report.verdict === 'could-not-measure';
  const level = report.passed ? (isOpen ? 'warning' : 'notice') : 'error';
  return { sentence: withoutCommands(verdictSentence(report, plain)), level };
}
