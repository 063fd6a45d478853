import { overall } from '../gate/status.ts';
import type { Acceptance, PromptReport, Report } from '../report/model.ts';

/** The same verdicts, with what blocks let pass because a maintainer said so. Bad input stays what it is: it is to be mended. */
export function accepted(report: Report, acceptance: Acceptance | undefined): Report {
  if (acceptance === undefined || report.passed || report.problems.length > 0) return report;
  const prompts = report.prompts.map(
    (prompt): PromptReport => (isAcceptable(prompt) ? { ...prompt, passed: true, accepted: true } : prompt),
  );
  return { ...report, ...overall(prompts), accepted: acceptance, prompts };
}

const isAcceptable = ({ passed, verdict }: PromptReport): boolean => !passed && verdict !== 'bad-input';

/** The report as it was before anybody accepted it. */
export function notAccepted({ accepted: _acceptance, ...report }: Report): Report {
  const prompts = report.prompts.map(({ accepted: was, ...prompt }): PromptReport => (was ? { ...prompt, passed: false } : prompt));
  return { ...report, ...overall(prompts), prompts };
}
