import { renderComment, renderOptimizeSummary, renderTerminal, suggestionComments } from '../../src/report/index.ts';
import { pullRequestBody, pullRequestTitle } from '../../src/report/search/pull-request.ts';
import { storedIn } from '../support/golden.ts';
import { run } from './reports.ts';
import { optimizeStates, searchStates } from './search-reports.ts';

describe.each(Object.entries(searchStates))('A report in the state "%s"', (name, report) => {
  const stored = storedIn();

  it('reads as a comment the way the golden file shows', () => {
    const text = `${renderComment(report, run)}\n`;
    expect(text).toBe(stored(`${name}.md`, text));
  });

  it('reads on a terminal the way the golden file shows', () => {
    const text = renderTerminal(report, run, { color: false, width: 100 });
    expect(text).toBe(stored(`${name}.txt`, text));
  });
});

describe.each(Object.entries(optimizeStates))('An optimize job in the state "%s"', (name, report) => {
  it('reads as a job summary the way the golden file shows', () => {
    const text = renderOptimizeSummary(report, run);
    expect(text).toBe(storedIn('optimize/')(`${name}.md`, text));
  });
});

it.each(['verified', 'new'])('A pull request that proposes what was found (%s) reads the way the golden file shows', (name) => {
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
