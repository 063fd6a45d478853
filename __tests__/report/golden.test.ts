import { checkRunOf, renderComment, renderLog, renderTerminal, reportJson } from '../../src/report/index.ts';
import { storedIn } from '../support/golden.ts';
import { run, states } from './reports.ts';
import { searchStates } from './search-reports.ts';

const stored = storedIn();

/** States whose every flip need not be on file again. */
const small = [
  'no-worse',
  'same-requests',
  'regressed-by-slice',
  'constraints-broken',
  'regressed-by-threshold',
  'ceiling-missed',
  'classification',
  'extraction-new',
  'too-few-examples',
  'renamed',
  'new-with-thresholds',
  'deleted',
  'pairs-missing',
  'budget-calls',
  'provider-dead',
  'bad-input',
  'bad-input-prompt',
  'nothing-changed',
  'hostile',
  'examples-none',
  'improved-but-slice-worse',
  'stopped-early',
  'stopped-in-a-stage',
  'settled',
  'tiny-set',
  'judged',
  'judged-beside-scorers',
  'accepted',
  'trend',
];

describe.each(Object.entries({ ...states, ...searchStates }))('A report in the state "%s"', (name, report) => {
  it('reads as a comment the way the golden file shows', () => {
    const text = `${renderComment(report, run)}\n`;
    expect(text).toBe(stored(`${name}.md`, text));
  });

  it('reads on a terminal the way the golden file shows', () => {
    const text = renderTerminal(report, run, { color: false, width: 100 });
    expect(text).toBe(stored(`${name}.txt`, text));
  });
});

it.each(small)('A report in the state "%s" is, as report.json, what the golden file holds', (name) => {
  const text = reportJson(states[name]!);
  expect(text).toBe(stored(`${name}.json`, text));
});

it('Check runs conclude, are called and mark lines the way the golden file shows', () => {
  const all = Object.entries(states).map(([name, report]) => {
    const { summary: _likeTheComment, annotations, ...told } = checkRunOf(report, run, 'bots/');
    return [name, { ...told, annotations: annotations.slice(0, 2), more: Math.max(0, annotations.length - 2) }];
  });
  const text = `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`;
  expect(text).toBe(stored('check-runs.json', text));
});

it('The hostile report reads in the Actions log the way the golden file shows', () => {
  const text = renderLog(states['hostile']!, run);
  expect(text).toBe(stored('hostile.log', text));
});
