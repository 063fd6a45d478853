import { optimizeLog, renderOptimize, renderOptimizeSummary, reportJson, suggestionComments } from '../../src/report/index.ts';
import { optimizeJson } from '../../src/report/json.ts';
import { pullRequestBody, pullRequestTitle } from '../../src/report/search/pull-request.ts';
import { storedIn } from '../support/golden.ts';
import { run } from './reports.ts';
import { optimizeStates, searchStates } from './search-reports.ts';

describe.each(Object.entries(optimizeStates))('An optimize job in the state "%s"', (name, report) => {
  it('reads as a job summary the way the golden file shows', () => {
    const text = renderOptimizeSummary(report, run);
    expect(text).toBe(storedIn('optimize/')(`${name}.md`, text));
  });

  it('reads on a terminal the way the golden file shows', () => {
    const text = renderOptimize(report, run, { color: false, width: 100 });
    expect(text).toBe(storedIn('optimize/')(`${name}.txt`, text));
  });
});

it.each(['search-verified', 'search-suggestions-only', 'search-nothing', 'search-below-floor'])(
  'A report in the state "%s" is, as report.json, what the golden file holds',
  (name) => {
    const text = reportJson(searchStates[name]!);
    expect(text).toBe(storedIn()(`${name}.json`, text));
  },
);

it.each(['verified', 'below-floor', 'unmeasured'])('optimize.json of the state "%s" is what the golden file holds', (name) => {
  const text = optimizeJson(optimizeStates[name]!);
  expect(text).toBe(storedIn('optimize/')(`${name}.json`, text));
});

it('No line of a hostile finding is a command in the Actions log', () => {
  const text = optimizeLog(optimizeStates['hostile']!, run);
  expect(text).toBe(storedIn('optimize/')('hostile.log', text));
  expect(text).toContain('error::gone');
  expect(text).not.toMatch(/^\s*::/m);
});

it.each(['verified', 'new', 'hostile'])('A pull request that proposes what was found (%s) reads the way the golden file shows', (name) => {
  const report = optimizeStates[name]!;
  const text = `# ${pullRequestTitle(report)}\n\n${pullRequestBody(report, run)}`;
  expect(text).toBe(storedIn('pull-request/')(`${name}.md`, text));
});

it('A suggestion on the lines of the diff reads the way the golden file shows', () => {
  const [comment, ...others] = suggestionComments(searchStates['search-verified']!.prompts[0]!);
  expect(others).toEqual([]);
  expect(comment).toMatchObject({ path: 'prompts/support.md', startLine: 3, line: 3 });
  expect(`${comment!.body}\n`).toBe(storedIn()('suggestion.md', `${comment!.body}\n`));
});
