import { tableRows } from '../markdown-parts.ts';
import { markdown } from '../markup.ts';
import type { Run } from '../model.ts';
import { counted, grouped, percent, points, range, rate, usd } from '../numbers.ts';
import { renderOptimizeSummary } from './markdown.ts';
import type { OptimizeReport } from './model.ts';
import { dollars } from './sentences.ts';
import { pValue } from './words.ts';

/** GitHub refuses a body over 65,536 characters. */
const MOST_OF_A_PATCH = 40_000;

/** The body of a pull request that proposes what was found: the evidence as a table, then everything that the job's summary says. */
export function pullRequestBody(report: OptimizeReport, run: Run): string {
  return `${evidenceTable(report)}\n\n${renderOptimizeSummary(report, run, MOST_OF_A_PATCH)}`;
}

/** Of the pull request that proposes a text, and of its one commit. */
export function pullRequestTitle({ path, search }: OptimizeReport): string {
  return search.suggestion?.isNew ? `Add ${path}` : `Improve ${path}`;
}

function evidenceTable({ path, incumbent, search, evalSet, model }: OptimizeReport): string {
  const { evidence, suggestion, plan, spent } = search;
  if (evidence === undefined || suggestion === undefined || plan === undefined) return '';
  const { effect, gain, p } = evidence;
  const rows = [
    ['Evidence', markdown.code(path)],
    ['Gain on the confirm rows, drawn towards zero', points(gain)],
    [`The difference there, ${rate(effect.level)} interval`, `${points(effect.estimate)} (${range(effect)})`],
    ['Fixed, regressed, unchanged', [effect.wins, effect.losses, effect.ties].map(grouped).join(', ')],
    ['One-sided p', pValue(p)],
    [
      'Rows it was chosen on, rows it was confirmed on',
      `${grouped(plan.search)}, ${grouped(plan.confirm)} of ${counted(evalSet.examples, 'example')}`,
    ],
    ...(incumbent === undefined ? [] : [['The version to improve, on all examples', percent(incumbent.score)]]),
    ['Tokens, about', `${grouped(suggestion.tokens.before)} → ${grouped(suggestion.tokens.after)}`],
    ...(suggestion.usdPer1000 === undefined
      ? []
      : [['Per 1,000 requests', `${usd(suggestion.usdPer1000.before)} → ${usd(suggestion.usdPer1000.after)}`]]),
    ['Model', markdown.code(model)],
    ['The search took', `${dollars(spent)} of ${dollars(plan.budget)}`],
  ];
  return tableRows({ align: ['l', 'r'], rows }, 0, rows.length);
}
