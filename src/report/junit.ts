import type { Verdict } from '../domain/verdict.ts';
import { becauseSentence } from './because.ts';
import { clip } from './clip.ts';
import { plain } from './markup.ts';
import type { FlipReport, PromptReport, Report, SliceReport } from './model.ts';
import { percent, points, range, score } from './numbers.ts';
import { promptSentence } from './verdict-sentence.ts';
import { element, textElement } from './xml.ts';

/** What became of a case; absent: it passed. */
interface Outcome {
  readonly kind: 'failure' | 'error' | 'skipped';
  readonly type: string;
  readonly message: string;
}

interface TestCase {
  readonly name: string;
  readonly outcome?: Outcome;
  /** What a reader may want to know besides. */
  readonly out?: string;
}

interface TestSuite {
  readonly name: string;
  readonly cases: readonly TestCase[];
}

const longestText = 4000;

/**
 * The report as JUnit XML: a suite for each prompt; cases for its verdict, its thresholds, its protected slices and the examples that
 * changed. A case fails only where the check does: an example that regressed is a passing case with a remark where its prompt is not
 * blocked, so that no reader of the file is stricter than the gate.
 */
export function junitXml(report: Report): string {
  const suites = report.problems.length > 0 ? [problemSuite(report)] : report.prompts.map(suiteOf);
  const all = suites.flatMap(({ cases }) => cases);
  const root = element('testsuites', { name: 'Prompt Ratchet', ...totals(all) }, suites.map(suiteElement));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function totals(cases: readonly TestCase[]) {
  const count = (kind: Outcome['kind']) => cases.filter(({ outcome }) => outcome?.kind === kind).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

function suiteElement({ name, cases }: TestSuite): string {
  const own = ({ name: caseName, outcome, out }: TestCase) =>
    element('testcase', { classname: name, name: caseName }, [
      ...(outcome ? [outcomeElement(outcome)] : []),
      ...(out ? [textElement('system-out', {}, out)] : []),
    ]);
  return element('testsuite', { name, ...totals(cases) }, cases.map(own));
}

function outcomeElement({ kind, type, message }: Outcome): string {
  return element(kind, kind === 'skipped' ? { message } : { message, type });
}

function problemSuite({ verdict, problems }: Report): TestSuite {
  const cases = problems.map((message, index) => ({
    name: `problem ${index + 1}`,
    outcome: { kind: 'error', type: verdict, message } as const,
  }));
  return { name: 'Prompt Ratchet', cases };
}

function suiteOf(prompt: PromptReport): TestSuite {
  return { name: prompt.path, cases: [verdictCase(prompt), ...thresholdCases(prompt), ...sliceCases(prompt), ...exampleCases(prompt)] };
}

const brokenRuns: ReadonlySet<Verdict> = new Set(['could-not-measure', 'bad-input']);

function verdictCase(prompt: PromptReport): TestCase {
  const { verdict, passed } = prompt;
  const message = promptSentence(prompt, plain);
  if (!passed) return { name: 'verdict', outcome: { kind: brokenRuns.has(verdict) ? 'error' : 'failure', type: verdict, message } };
  return verdict === 'not-evaluated'
    ? { name: 'verdict', outcome: { kind: 'skipped', type: verdict, message } }
    : { name: 'verdict', out: message };
}

function thresholdCases(prompt: PromptReport): TestCase[] {
  return prompt.metrics.flatMap(({ name, threshold, head }) => {
    if (threshold === undefined) return [];
    const missed = prompt.because.find((each) => each.rule.startsWith('threshold-') && 'metric' in each && each.metric === name);
    const message = missed && becauseSentence(missed, prompt, plain);
    const out = head === undefined ? undefined : `${score(head)}, against ${score(threshold)}`;
    return [{ name: `threshold ${name}`, ...(out && { out }), ...(message && !prompt.passed && failed('threshold-missed', message)) }];
  });
}

function sliceCases(prompt: PromptReport): TestCase[] {
  return prompt.slices.filter(({ isProtected }) => isProtected).map((slice) => sliceCase(slice, prompt));
}

function sliceCase({ name, base, head, effect }: SliceReport, prompt: PromptReport): TestCase {
  const lost = prompt.because.find((each) => 'slice' in each && each.slice === name && each.rule !== 'slice-worse');
  const out = `${percent(base.score)} → ${percent(head.score)} (${points(effect.estimate)}, interval ${range(effect)} pp)`;
  return { name: `slice ${name}`, out, ...(lost && !prompt.passed && failed(lost.rule, becauseSentence(lost, prompt, plain))) };
}

function exampleCases({ examples, passed }: PromptReport): TestCase[] {
  return examples.map((flip) => {
    const message = `${flip.change}: score ${score(flip.base.score)} → ${score(flip.head.score)}`;
    const blocks = flip.change === 'regressed' && !passed;
    return {
      name: `example ${flip.id}`,
      out: [...(blocks ? [] : [message]), ...textsOf(flip)].join('\n'),
      ...(blocks && failed('regressed', message)),
    };
  });
}

function failed(type: string, message: string): { readonly outcome: Outcome } {
  return { outcome: { kind: 'failure', type, message } };
}

function textsOf({ input, expected, base, head }: FlipReport): string[] {
  const line = (label: string, text: string | undefined) => (text === undefined ? [] : [`${label}: ${clip(text, longestText)}`]);
  return [
    ...line('input', input),
    ...line('expected', typeof expected === 'object' ? JSON.stringify(expected) : expected?.toString()),
    ...line('base answer', base.answer),
    ...line('pull request answer', head.answer),
    ...line('reason', head.reason),
  ];
}
