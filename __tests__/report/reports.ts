import type { Agreement } from '../../src/domain/agreement.ts';
import type { ArmScore, Effect, MetricDifference, Outlook } from '../../src/domain/verdict.ts';
import type { LabelReport } from '../../src/metrics/classification.ts';
import type { FieldReport } from '../../src/metrics/fields.ts';
import type { ConfusionTable, FieldTable, MetricTable } from '../../src/metrics/tables.ts';
import { type Hunk, newStarts } from '../../src/prompts/hunks.ts';
import type {
  EditReport,
  FlipReport,
  HunkReport,
  JudgeReport,
  MetricReport,
  PromptReport,
  Report,
  Run,
  SliceReport,
  UsageReport,
} from '../../src/report/model.ts';

/** A run such as CI would have. */
export const run: Run = {
  calls: 374,
  reused: 12,
  inputTokens: 48_210,
  outputTokens: 9125,
  costUsd: 0.0417,
  durationMs: 41_300,
  latencyMs: { p50: 810, p95: 2400 },
  latencyP95Ms: { base: 2100, head: 2600 },
  endpoint: 'https://llm.example.com/v1',
  runUrl: 'https://github.com/octo-org/prompts/actions/runs/1234567890',
  version: '0.1.0',
};

export const arm = (score: number, n: number, lower: number, upper: number): ArmScore => ({ score, n, lower, upper });

export const effect = (fields: Partial<Effect> = {}): Effect => ({
  estimate: -18 / 187,
  lower: -0.171,
  upper: -0.0209,
  level: 0.9,
  method: 'tango',
  alpha: 0.05,
  margin: 0.05,
  wins: 28,
  losses: 46,
  ties: 113,
  missing: 0,
  ...fields,
});

export const flip = (fields: Partial<FlipReport> & { readonly id: string }): FlipReport => ({
  change: 'regressed',
  input: 'How would a typical person answer? Did the janitor cause the flood?',
  expected: 'No',
  base: { score: 1, answer: 'No', reason: 'equals the expected answer' },
  head: {
    score: 0,
    answer: "Let's think step by step.\nThe janitor left the tap open.\nSo the answer is Yes.",
    reason: 'got "Yes", expected "No"',
  },
  ...fields,
});

/** A metric's change as a bootstrap over the examples has it. */
const ofMetric = (estimate: number, lower: number, upper: number): MetricDifference => ({
  estimate,
  lower,
  upper,
  level: 0.9,
  method: 'paired-bootstrap',
});

/** What was done to a file's text, without the counts that follow from it. */
interface Edit {
  readonly path?: string;
  readonly previousPath?: string;
  readonly hunks: readonly Hunk[];
}

export const edit = ({ path = 'prompts/causal_judgement.md', previousPath, hunks }: Edit): EditReport => {
  const starts = newStarts(hunks);
  const counted = (hunk: Hunk, index: number): HunkReport => ({
    ...hunk,
    oldCount: hunk.oldLines.length,
    newStart: starts[index]!,
    newCount: hunk.newLines.length,
  });
  return { path, ...(previousPath !== undefined && { previousPath }), hunks: hunks.map(counted) };
};

const fixedFlip = (id: string): FlipReport =>
  flip({
    id,
    change: 'fixed',
    base: { score: 0, answer: 'Yes', reason: 'got "Yes", expected "No"' },
    head: { score: 1, answer: 'He followed the rule.\nSo the answer is No.', reason: 'equals the expected answer' },
  });

const numbered = (count: number, make: (id: string) => FlipReport, name: string): readonly FlipReport[] =>
  Array.from({ length: count }, (_, index) => make(`${name}-${index + 1}`));

export const prompt = (fields: Partial<PromptReport> = {}): PromptReport => ({
  path: 'prompts/causal_judgement.md',
  status: 'modified',
  verdict: 'regressed',
  passed: false,
  because: [{ rule: 'upper-below-zero' }],
  notes: [],
  evalSet: {
    path: 'evals/causal_judgement.yml',
    digest: '3b5d5c3712955042212316173ccf37be8001aa91f1a4b1a5d4f1e1c1b2a3d4e5',
    examples: 187,
  },
  models: { base: 'code-davinci-002', head: 'code-davinci-002' },
  base: arm(119 / 187, 187, 0.5655, 0.7019),
  head: arm(101 / 187, 187, 0.4686, 0.61),
  effect: effect(),
  metrics: [{ name: 'accuracy', base: 119 / 187, head: 101 / 187 }],
  slices: [],
  examples: [...numbered(46, (id) => flip({ id }), 'causal'), ...numbered(28, fixedFlip, 'fixed')],
  ...fields,
});

export const report = (fields: Partial<Report> = {}): Report => ({
  verdict: 'regressed',
  passed: false,
  exitCode: 1,
  base: { sha: '9f2c1d7e4b8a6053c1d2e3f4a5b6c7d8e9f00112' },
  head: { sha: '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d' },
  policy: { sha: '5e6f708192a3b4c5d6e7f8091a2b3c4d1a2b3c4d' },
  problems: [],
  warnings: [],
  notes: [],
  prompts: [prompt()],
  ...fields,
});

/** A report about one prompt, with the prompt's own verdict. */
export const about = (only: PromptReport, exitCode: Report['exitCode'], fields: Partial<Report> = {}): Report =>
  report({ verdict: only.verdict, passed: only.passed, exitCode, prompts: [only], ...fields });

const improved = prompt({
  path: 'prompts/navigate.md',
  verdict: 'improved',
  passed: true,
  because: [{ rule: 'lower-above-zero' }],
  evalSet: { path: 'evals/navigate.yml', digest: 'aa11bb22cc33dd44ee55ff6600778899aa11bb22cc33dd44ee55ff6600778899', examples: 250 },
  base: arm(0.504, 250, 0.4424, 0.5654),
  head: arm(0.964, 250, 0.933, 0.981),
  effect: effect({ estimate: 0.46, lower: 0.4015, upper: 0.5163, wins: 122, losses: 7, ties: 121 }),
  metrics: [{ name: 'accuracy', base: 0.504, head: 0.964 }],
  examples: [...numbered(7, (id) => flip({ id }), 'nav'), ...numbered(122, fixedFlip, 'nav-fixed')],
});

const noWorse = prompt({
  path: 'prompts/support.md',
  verdict: 'no-worse',
  passed: true,
  because: [{ rule: 'lower-above-margin', equivalent: true, worse: false }],
  evalSet: { path: 'evals/support.yml', digest: '00aa11bb22cc33dd44ee55ff6600778899aa11bb22cc33dd44ee55ff66007788', examples: 200 },
  base: arm(0.82, 200, 0.7608, 0.8673),
  head: arm(0.825, 200, 0.7663, 0.8716),
  effect: effect({ estimate: 0.005, lower: -0.0132, upper: 0.0254, wins: 2, losses: 1, ties: 197 }),
  metrics: [{ name: 'accuracy', base: 0.82, head: 0.825 }],
  examples: [flip({ id: 'reply-17' }), fixedFlip('reply-4'), fixedFlip('reply-90')],
});

const inconclusive = prompt({
  path: 'prompts/formal_fallacies.md',
  verdict: 'inconclusive',
  passed: true,
  because: [{ rule: 'interval-too-wide', moreExamples: 868 }],
  evalSet: {
    path: 'evals/formal_fallacies.yml',
    digest: 'c0ffee22cc33dd44ee55ff6600778899aa11bb22cc33dd44ee55ff6600778899',
    examples: 250,
  },
  base: arm(0.524, 250, 0.4622, 0.5851),
  head: arm(0.504, 250, 0.4424, 0.5654),
  effect: effect({ estimate: -0.02, lower: -0.0899, upper: 0.0501, wins: 54, losses: 59, ties: 137 }),
  metrics: [{ name: 'accuracy', base: 0.524, head: 0.504 }],
  examples: [...numbered(59, (id) => flip({ id }), 'fallacy'), ...numbered(54, fixedFlip, 'fallacy-fixed')],
});

const estimate = (value: number, lower: number, upper: number) => ({ estimate: value, lower, upper });

/** A judge that agrees with people well enough to block. */
const trusted: JudgeReport = {
  models: ['small'],
  criteria: ['clarity', 'Terms of refund'],
  agreement: {
    labels: 80,
    alpha: estimate(0.71, 0.58, 0.82),
    kappa: estimate(0.66, 0.52, 0.8),
    rank: estimate(0.74, 0.63, 0.82),
    raw: estimate(0.8625, 0.78, 0.92),
    passes: { people: 0.55, judge: 0.6125 },
    bias: estimate(0.042, 0.01, 0.074),
    criteria: [
      { criterion: 'clarity', labels: 80, kappa: estimate(0.69, 0.56, 0.82), alpha: estimate(0.68, 0.54, 0.8) },
      { criterion: 'Terms of refund', labels: 40, alpha: estimate(0.4, 0.1, 0.65) },
    ],
  },
};

const doubtful: Agreement = { ...trusted.agreement!, alpha: estimate(0.31, 0.08, 0.52), kappa: estimate(0.22, -0.01, 0.45), criteria: [] };
const weak = { why: 'weak', lower: 0.08, least: 0.4 } as const;

const judgedCriteria = [
  {
    name: 'clarity',
    examples: 118,
    base: 0.81,
    head: 0.655,
    difference: { estimate: -0.155, lower: -0.19, upper: -0.12, level: 0.9, method: 'paired-t' },
  },
  { name: 'Terms of refund', examples: 118, base: 0.75, head: 0.75 },
] as const;

const judgedPrompt = (fields: Partial<PromptReport>): PromptReport =>
  prompt({
    path: 'prompts/refund.md',
    evalSet: { path: 'evals/refund.yml', digest: 'beef22cc33dd44ee55ff6600778899aa11bb22cc33dd44ee55ff6600778899aa', examples: 120 },
    base: arm(0.79, 120, 0.75, 0.83),
    head: arm(0.69, 120, 0.65, 0.73),
    effect: effect({ method: 'paired-t', estimate: -0.1, lower: -0.131, upper: -0.069, wins: 14, losses: 61, ties: 45 }),
    metrics: [
      { name: 'accuracy', base: 0.8, head: 0.65 },
      { name: 'score', base: 0.79, head: 0.69 },
    ],
    criteria: judgedCriteria,
    examples: [],
    ...fields,
  });

const without = (fields: Partial<PromptReport>): PromptReport => {
  const { base: _base, head: _head, effect: _effect, ...rest } = prompt({ metrics: [], slices: [], examples: [] });
  return { ...rest, ...fields };
};

const withoutEvalSet = (fields: Partial<PromptReport>): PromptReport => {
  const { evalSet: _evalSet, models: _models, ...rest } = without({});
  return { ...rest, ...fields };
};

const newPrompt = withoutEvalSet({
  path: 'prompts/greeting.md',
  status: 'added',
  verdict: 'not-evaluated',
  passed: true,
  because: [{ rule: 'new-prompt' }],
  evalSet: { path: 'evals/greeting.yml', digest: 'beef11bb22cc33dd44ee55ff6600778899aa11bb22cc33dd44ee55ff66007788', examples: 60 },
  models: { head: 'small-model' },
  head: arm(0.75, 60, 0.6277, 0.8422),
  metrics: [
    { name: 'accuracy', head: 0.75, threshold: 0.6 },
    { name: 'scorer:contains', head: 0.9 },
  ],
});

const slice = (name: string, n: number, base: number, head: number, fields: Partial<Effect>): SliceReport => ({
  name,
  base: arm(base, n, base - 0.1, base + 0.08),
  head: arm(head, n, head - 0.1, head + 0.08),
  effect: effect(fields),
});

const labelMetrics: readonly MetricReport[] = [
  { name: 'accuracy', base: 0.82, head: 0.825 },
  { name: 'balancedAccuracy', base: 0.801, head: 0.797, difference: ofMetric(-0.004, -0.031, 0.022) },
  { name: 'macroF1', base: 0.7953, head: 0.7906, threshold: 0.75, difference: ofMetric(-0.0047, -0.0291, 0.0214) },
  { name: 'microF1', base: 0.82, head: 0.825 },
  { name: 'weightedF1', base: 0.8185, head: 0.8231, difference: ofMetric(0.0046, -0.0173, 0.0268) },
  { name: 'matthews', base: 0.7211, head: 0.7263, difference: ofMetric(0.0052, -0.0301, 0.0377) },
  { name: 'brier', base: 0.1423, head: 0.1366, difference: { ...ofMetric(-0.0057, -0.0178, 0.0064), method: 'paired-t' } },
  { name: 'ece', base: 0.0891, head: 0.0612, threshold: 0.1, difference: ofMetric(-0.0279, -0.0541, 0.0013) },
  { name: 'confidenceGiven', base: 0.995, head: 1 },
];

const ofLabel = (label: string, support: number, predicted: number, hits: number): LabelReport => ({
  label,
  support,
  predicted,
  precision: predicted === 0 ? 0 : hits / predicted,
  recall: support === 0 ? 0 : hits / support,
  f1: (2 * hits) / (support + predicted),
});

const labelTable: MetricTable = {
  kind: 'labels',
  rows: [
    { label: 'billing', base: ofLabel('billing', 90, 92, 78), head: ofLabel('billing', 90, 88, 77) },
    { label: 'delivery', base: ofLabel('delivery', 70, 66, 58), head: ofLabel('delivery', 70, 71, 61) },
    { label: 'bug', base: ofLabel('bug', 40, 38, 28), head: ofLabel('bug', 40, 37, 27) },
    { label: 'never met', base: { ...ofLabel('never met', 0, 1, 0), predicted: 0, f1: 0 } },
  ],
};

const confusions: ConfusionTable = {
  kind: 'confusion',
  labels: ['billing', 'delivery', 'bug', 'never met'],
  cells: [
    { expected: 'billing', named: 'billing', base: 78, head: 77 },
    { expected: 'billing', named: 'delivery', base: 8, head: 9 },
    { expected: 'billing', named: null, base: 4, head: 4 },
    { expected: 'delivery', named: 'billing', base: 12, head: 9 },
    { expected: 'delivery', named: 'delivery', base: 58, head: 61 },
    { expected: 'bug', named: 'bug', base: 28, head: 27 },
    { expected: 'bug', named: 'billing', base: 2, head: 2 },
    { expected: 'bug', named: 'delivery', base: 0, head: 1 },
    { expected: 'bug', named: null, base: 10, head: 10 },
  ],
};

const manyLabels = Array.from({ length: 14 }, (_, k) => `topic ${k + 1}`);
const manyCells = manyLabels.flatMap((expected, k) => [
  { expected, named: expected, base: 12, head: 11 },
  { expected, named: manyLabels[(k + 1) % manyLabels.length]!, base: k % 3, head: (k + 1) % 5 },
  ...(k === 3 ? [{ expected, named: null, base: 1, head: 3 }] : []),
]);

const bin = (from: number, weight: number, meanConfidence: number, accuracy: number) => ({
  from,
  to: from + 0.1,
  weight,
  meanConfidence,
  accuracy,
});

const reliability: MetricTable = {
  kind: 'reliability',
  base: [bin(0.6, 21, 0.66, 0.571), bin(0.8, 79, 0.87, 0.798), bin(0.9, 99, 0.96, 0.889)],
  head: [bin(0.7, 33, 0.76, 0.697), bin(0.8, 70, 0.86, 0.814), bin(0.9, 97, 0.95, 0.876)],
};

const fieldMetrics: readonly MetricReport[] = [
  { name: 'accuracy', base: 0.41, head: 0.44 },
  { name: 'score', base: 0.82, head: 0.825 },
  { name: 'documentF1', base: 0.82, head: 0.825 },
  { name: 'documentExact', base: 0.41, head: 0.44 },
  { name: 'fieldMicroF1', base: 0.8291, head: 0.8332, difference: ofMetric(0.0041, -0.0133, 0.0221) },
  { name: 'fieldMicroPrecision', base: 0.8411, head: 0.8453, difference: ofMetric(0.0042, -0.0141, 0.0214) },
  { name: 'fieldMacroF1', base: 0.8013, head: 0.8102, difference: ofMetric(0.0089, -0.0102, 0.0281) },
  { name: 'schemaValidity', base: 0.985, head: 0.99 },
];

const ofField = (field: string, correct: number, wrong: number, missing: number, spurious: number): FieldReport => ({
  field,
  correct,
  wrong,
  missing,
  spurious,
  precision: correct / (correct + wrong + spurious),
  recall: correct / (correct + wrong + missing),
  f1: (2 * correct) / (2 * correct + 2 * wrong + missing + spurious),
});

const fieldTable: FieldTable = {
  kind: 'fields',
  rows: [
    { field: '', base: ofField('', 0, 0, 0, 3), head: ofField('', 0, 0, 0, 2) },
    { field: 'name', base: ofField('name', 180, 12, 8, 0), head: ofField('name', 184, 10, 6, 0) },
    { field: 'total', base: ofField('total', 151, 31, 18, 4), head: ofField('total', 149, 33, 18, 4) },
    { field: 'lines[].price', base: ofField('lines[].price', 402, 33, 51, 12), head: ofField('lines[].price', 411, 30, 45, 19) },
  ],
};

const hostile =
  '@everyone <img src=x onerror=alert(1)> ![x](https://evil.example/x.png) [click](https://evil.example) ```\n</details>\n::error::owned\n##[error]owned\n\u001b[31mred\u202egnp.exe\u0007 #1 9f2c1d7e4b8a6053c1d2e3f4a5b6c7d8e9f00112 www.evil.example | a | b |\n~~~\n<!-- --> $x$ :tada:';

const hostilePrompt = prompt({
  path: 'prompts/`@everyone`|<b>.md',
  previousPath: 'prompts/old @team.md',
  status: 'renamed',
  notes: [`A note that quotes ${hostile}`],
  evalSet: { path: 'evals/@x|y.yml', digest: '3b5d5c3712955042212316173ccf37be8001aa91f1a4b1a5d4f1e1c1b2a3d4e5', examples: 187 },
  models: { base: 'model @base', head: 'model <head>' },
  metrics: [
    { name: 'accuracy', base: 0.6, head: 0.5, threshold: 0.55 },
    { name: 'a|b @c', base: 0.6, head: 0.5 },
  ],
  because: [{ rule: 'upper-below-zero' }, { rule: 'slice-regressed', slice: '@slice|<i>' }],
  slices: [slice('@slice|<i>', 50, 0.7, 0.5, { estimate: -0.2, lower: -0.3073, upper: -0.1235, wins: 0, losses: 10, ties: 40 })],
  examples: [
    flip({
      id: '@id\n::error::x',
      input: hostile,
      expected: { '@key': hostile },
      base: { score: 1, answer: `${hostile}\ud800`, reason: hostile },
      head: { score: 0, answer: '`````', reason: '::warning::x' },
    }),
    flip({
      id: 'short',
      input: '@here',
      expected: '',
      base: { score: 1, answer: '', reason: '' },
      head: { score: 0, answer: '  ##[group]x' },
    }),
  ],
});

const long = 'All work and no play makes a long answer. '.repeat(2500);

const many = (count: number, make: (index: number) => PromptReport): readonly PromptReport[] =>
  Array.from({ length: count }, (_, index) => make(index));

export const tooLong = (prompts: number, flips: number): Report =>
  report({
    prompts: many(prompts, (index) =>
      prompt({
        path: `prompts/team-${String(index + 1).padStart(3, '0')}/answer.md`,
        examples: numbered(
          flips,
          (id) =>
            flip({
              id,
              input: long,
              base: { score: 1, answer: long, reason: 'equals the expected answer' },
              head: { score: 0, answer: long, reason: long },
            }),
          'long',
        ),
      }),
    ),
  });

/** What the gate says of such counts at one-sided 5 % and 80 % power: 2.486·sqrt(π/n) and 6.183·π/margin², π the share that flipped. */
function outlookFor({ wins, losses, ties, margin }: Effect): Outlook {
  const n = wins + losses + ties;
  const flipped = (wins + losses) / n;
  const moreExamples = Math.max(0, Math.max(52, Math.ceil((6.183 * flipped) / margin ** 2)) - n);
  return { resolvableDrop: Math.max(2.4865 * Math.sqrt(flipped / n), 2.7055 / (n + 2.7055)), moreExamples };
}

const withOutlook = (only: Report): Report => ({
  ...only,
  prompts: only.prompts.map((each) => (each.effect === undefined ? each : { outlook: outlookFor(each.effect), ...each })),
});

/** State → the report that shows it. Counts and scores of BIG-Bench Hard tasks are published ones; intervals are Tango's for the counts. */
const hunk: Hunk = {
  oldStart: 3,
  oldLines: ['Answer the question with Yes or No.'],
  newLines: [
    'Let us think step by step: what would a typical person say?',
    'Then answer with Yes or No, `and` nothing else. ``` @mona <b>',
  ],
};

const politer = edit({ hunks: [hunk, { oldStart: 9, oldLines: ['Be brief.'], newLines: [] }] });

const used: UsageReport = {
  base: { inputTokens: 118.4, outputTokens: 30.2, usdPer1000: 0.0821 },
  head: { inputTokens: 139.7, outputTokens: 30.3, usdPer1000: 0.954 },
};

const trendOf = (...scores: readonly number[]) =>
  scores.map((score, index) => ({ sha: `${(index + 10) * 1_234_567}`.padEnd(40, '0'), score }));

const bareStates: Readonly<Record<string, Report>> = {
  improved: about(improved, 0),
  'no-worse': about(noWorse, 0),
  'no-worse-but-lower': about(
    {
      ...noWorse,
      because: [{ rule: 'lower-above-margin', equivalent: true, worse: true }],
      base: arm(0.9, 2000, 0.886, 0.9124),
      head: arm(0.88, 2000, 0.865, 0.8936),
      effect: effect({ estimate: -0.02, lower: -0.029, upper: -0.0114, wins: 36, losses: 76, ties: 1888 }),
      examples: [...numbered(76, (id) => flip({ id }), 'reply'), ...numbered(36, fixedFlip, 'reply-fixed')],
    },
    0,
  ),
  'same-requests': about(
    without({ path: 'prompts/support.md', verdict: 'no-worse', passed: true, because: [{ rule: 'same-requests' }] }),
    0,
  ),
  regressed: about(
    prompt({
      slices: [
        slice('short', 100, 0.7, 0.68, { estimate: -0.02, lower: -0.0966, upper: 0.0558, wins: 9, losses: 11, ties: 80 }),
        slice('legal', 87, 54 / 87, 35 / 87, { estimate: -19 / 87, lower: -0.3085, upper: -0.1332, wins: 3, losses: 22, ties: 62 }),
      ],
      notes: ['12 answers of the pull request were cut off at 512 output tokens'],
    }),
    1,
    { notes: ['The model `gpt-4o-mini` refused `temperature`; it was asked without it, for both sides alike.'] },
  ),
  'constraints-broken': about(
    prompt({
      constraints: [
        { name: 'json', base: 2, head: 9, fresh: 8, ids: ['q1', 'q4', 'q5', 'q11', 'q12', 'q30', 'q31', 'q32'] },
        { name: 'length', base: 4, head: 3, fresh: 0, ids: [] },
        { name: 'noPersonalData', base: 0, head: 1, fresh: 1, ids: [hostile] },
        { name: 'policy', base: 0, head: 2, fresh: 2 },
      ],
    }),
    1,
  ),
  'regressed-by-slice': about(
    {
      ...noWorse,
      verdict: 'regressed',
      passed: false,
      because: [{ rule: 'slice-regressed', slice: 'legal' }],
      slices: [slice('legal', 50, 0.9, 0.7, { estimate: -0.2, lower: -0.3073, upper: -0.1235, wins: 0, losses: 10, ties: 40 })],
    },
    1,
  ),
  'regressed-by-threshold': about(
    {
      ...noWorse,
      verdict: 'regressed',
      passed: false,
      because: [{ rule: 'threshold-missed', metric: 'accuracy', threshold: 0.85, value: 0.825 }],
      metrics: [
        { name: 'accuracy', base: 0.82, head: 0.825, threshold: 0.85 },
        { name: 'scorer:exact', base: 0.82, head: 0.825 },
        { name: 'scorer:contains', base: 0.9, head: 0.91, threshold: 0.8 },
      ],
    },
    1,
  ),
  'ceiling-missed': about(
    {
      ...noWorse,
      verdict: 'regressed',
      passed: false,
      because: [{ rule: 'threshold-missed', metric: 'rmse', threshold: 2.5, value: 12.6149 }],
      metrics: [
        { name: 'accuracy', base: 0.82, head: 0.825, difference: { ...ofMetric(0.005, -0.013, 0.025), method: 'tango' } },
        { name: 'score', base: 0.9013, head: 0.8944 },
        { name: 'mae', base: 1.204, head: 1.3312, difference: ofMetric(0.1272, -0.041, 0.302) },
        { name: 'rmse', base: 2.4071, head: 12.6149, threshold: 2.5, difference: ofMetric(10.2078, -0.0312, 31.4) },
        { name: 'mape', base: 0.041, head: 0.0462, difference: ofMetric(0.0052, -0.001, 0.0113) },
        { name: 'r2', base: 0.9812, head: -1.2034, difference: ofMetric(-2.1846, -9.3001, 0.0124) },
      ],
    },
    1,
  ),
  classification: about({ ...noWorse, metrics: labelMetrics, tables: [labelTable, confusions, reliability] }, 0),
  'classification-of-many': about(
    { ...noWorse, metrics: labelMetrics.slice(0, 3), tables: [{ ...confusions, labels: manyLabels, cells: manyCells }] },
    0,
  ),
  extraction: about({ ...noWorse, metrics: fieldMetrics, tables: [fieldTable] }, 0),
  'extraction-new': about(
    {
      ...newPrompt,
      metrics: fieldMetrics.map(({ name, head }) => ({ name, ...(head !== undefined && { head }) })),
      tables: [{ kind: 'fields', rows: fieldTable.rows.map(({ field, head }) => ({ field, ...(head && { head }) })) }],
    },
    0,
  ),
  'threshold-unmeasured': about(
    {
      ...noWorse,
      verdict: 'could-not-measure',
      passed: false,
      because: [
        { rule: 'threshold-unmeasured', metric: 'brier', threshold: 0.2 },
        { rule: 'lower-above-margin', equivalent: true, worse: false },
      ],
      metrics: [
        { name: 'accuracy', base: 0.82, head: 0.825 },
        { name: 'brier', threshold: 0.2 },
      ],
    },
    2,
  ),
  inconclusive: about(inconclusive, 0),
  'inconclusive-blocked': about(
    { ...inconclusive, passed: false, because: [...inconclusive.because, { rule: 'policy', key: 'onInconclusive' }] },
    1,
  ),
  'too-few-examples': about(
    {
      ...inconclusive,
      because: [{ rule: 'too-few-examples', examples: 12 }],
      evalSet: {
        path: 'evals/formal_fallacies.yml',
        digest: 'c0ffee22cc33dd44ee55ff6600778899aa11bb22cc33dd44ee55ff6600778899',
        examples: 12,
      },
      base: arm(10 / 12, 12, 0.552, 0.953),
      head: arm(11 / 12, 12, 0.646, 0.985),
      effect: effect({ estimate: 1 / 12, lower: -0.116, upper: 0.3012, wins: 1, losses: 0, ties: 11 }),
      examples: [fixedFlip('row-3')],
    },
    0,
  ),
  renamed: about({ ...noWorse, status: 'renamed', previousPath: 'prompts/helpdesk.md' }, 0),
  'new-with-thresholds': about(newPrompt, 0),
  'new-below-threshold': about(
    {
      ...newPrompt,
      verdict: 'regressed',
      passed: false,
      because: [{ rule: 'new-prompt' }, { rule: 'threshold-missed', metric: 'accuracy', threshold: 0.8, value: 0.75 }],
      metrics: [{ name: 'accuracy', head: 0.75, threshold: 0.8 }],
    },
    1,
  ),
  deleted: about(
    withoutEvalSet({
      path: 'prompts/old.md',
      status: 'removed',
      verdict: 'not-evaluated',
      passed: true,
      because: [{ rule: 'deleted-prompt' }],
    }),
    0,
  ),
  'deleted-blocked': about(
    withoutEvalSet({
      path: 'prompts/old.md',
      status: 'removed',
      verdict: 'not-evaluated',
      passed: false,
      because: [{ rule: 'deleted-prompt' }, { rule: 'policy', key: 'onDeleted' }],
    }),
    1,
  ),
  'missing-evals': about(
    withoutEvalSet({
      verdict: 'not-evaluated',
      passed: true,
      because: [{ rule: 'no-eval-set', expectedPath: 'evals/causal_judgement.yml' }],
    }),
    0,
  ),
  'fork-without-key': about(without({ verdict: 'not-evaluated', passed: true, because: [{ rule: 'no-key' }] }), 0),
  'budget-calls': about(
    without({ verdict: 'could-not-measure', because: [{ rule: 'budget', cap: 'calls', allowed: 200, needed: 374 }] }),
    2,
  ),
  'budget-cost': about(
    without({ verdict: 'could-not-measure', because: [{ rule: 'budget', cap: 'costUsd', allowed: 0.5, needed: 1.2345 }] }),
    2,
  ),
  'budget-trial': about(
    without({
      verdict: 'could-not-measure',
      because: [{ rule: 'budget', cap: 'inputTokensPerTrial', allowed: 8000, needed: 12_345, exampleId: 'causal-17' }],
    }),
    2,
  ),
  'budget-pull-request': about(
    without({
      verdict: 'could-not-measure',
      because: [{ rule: 'budget', cap: 'costUsd', allowed: 0.4, needed: 0.83, pullRequest: { cap: 2, earlier: 1.6 } }],
    }),
    2,
  ),
  'budget-broken-by-server': about(
    without({
      verdict: 'could-not-measure',
      because: [
        {
          rule: 'budget',
          cap: 'costUsd',
          allowed: 0.5,
          needed: 0.42,
          breach: { model: 'gpt-oss:20b', amount: 'outputTokens', reserved: 512, used: 4096 },
        },
      ],
    }),
    2,
  ),
  'budget-accepted': about(
    without({
      verdict: 'could-not-measure',
      passed: true,
      because: [{ rule: 'budget', cap: 'minutes', allowed: 30, needed: 74.2 }, { rule: 'cap-accepted' }],
    }),
    0,
  ),
  'pairs-missing': about(
    without({
      verdict: 'could-not-measure',
      because: [
        {
          rule: 'pairs-missing',
          missing: 9,
          total: 187,
          exampleIds: ['causal-1', 'causal-7', 'causal-9', 'causal-12', 'causal-80', 'causal-81', 'causal-99', 'causal-120', 'causal-187'],
        },
      ],
    }),
    2,
  ),
  'provider-dead': about(
    without({
      verdict: 'could-not-measure',
      because: [{ rule: 'provider-dead', sentence: 'https://llm.example.com/v1 does not answer (ECONNREFUSED).' }],
    }),
    2,
  ),
  'bad-input-prompt': about(
    withoutEvalSet({
      verdict: 'bad-input',
      because: [
        {
          rule: 'bad-input',
          sentences: [
            'prompts/causal_judgement.md:3: key "model": the model "big-model" is not listed. A maintainer must add it to models: in prompt-ratchet.yml.',
          ],
        },
      ],
    }),
    3,
  ),
  'bad-input': report({
    verdict: 'bad-input',
    exitCode: 3,
    prompts: [],
    problems: ['prompt-ratchet.yml:4: key "gate.margin": must lie between 0 and 1. Write 0.05 for five points.'],
  }),
  'bad-input-several': report({
    verdict: 'bad-input',
    exitCode: 3,
    prompts: [],
    problems: [
      'evals/triage.yml:7: key "scorers[0]": unknown scorer "exakt". Did you mean "exact"?',
      'evals/triage.jsonl:12: id "row-12" stands on line 3 too. Ids must differ.',
    ],
  }),
  'nothing-changed': report({ verdict: 'not-evaluated', passed: true, exitCode: 0, prompts: [] }),
  'several-prompts': report({
    prompts: [
      prompt(),
      withoutEvalSet({
        path: 'prompts/draft.md',
        verdict: 'not-evaluated',
        passed: true,
        because: [{ rule: 'no-eval-set', expectedPath: 'evals/draft.yml' }],
      }),
      inconclusive,
      improved,
      { ...noWorse, status: 'affected' },
      without({
        path: 'prompts/triage.md',
        verdict: 'could-not-measure',
        because: [{ rule: 'budget', cap: 'calls', allowed: 200, needed: 374 }],
      }),
    ],
    warnings: ['This pull request changes .github/workflows/check.yml, which decides how this check runs: review that file first.'],
  }),
  'several-passed': report({ verdict: 'improved', passed: true, exitCode: 0, prompts: [improved, noWorse] }),
  proposed: about(
    {
      ...inconclusive,
      proposed: {
        ...noWorse,
        verdict: 'no-worse',
        because: [{ rule: 'lower-above-margin', equivalent: true, worse: false }],
      },
    },
    0,
    { warnings: ['This pull request changes evals/formal_fallacies.yml; the gate uses the base branch’s version.'] },
  ),
  'different-models': about({ ...improved, models: { base: 'old-model', head: 'new-model' } }, 0),
  'clustered-and-missing': about(
    { ...inconclusive, effect: effect({ ...inconclusive.effect, method: 'cluster-t', level: 0.95, alpha: 0.025, missing: 3 }) },
    0,
  ),
  hostile: about(hostilePrompt, 1, {
    warnings: [`Look at ${hostile}`],
    notes: [hostile],
    base: { sha: '@base <b>' },
    head: { sha: 'working tree' },
  }),
  'too-long': tooLong(1, 30),
  'too-long-many': tooLong(150, 3),
  'examples-ids': about(
    prompt({
      examples: prompt().examples.map(({ id, change, base, head }) => ({
        id,
        change,
        base: { score: base.score },
        head: { score: head.score },
      })),
    }),
    1,
  ),
  'examples-none': about(prompt({ examples: [] }), 1),
  'improved-but-slice-worse': about(
    {
      ...improved,
      because: [{ rule: 'lower-above-zero' }, { rule: 'slice-worse', slice: 'legal' }],
      slices: [
        slice('legal', 50, 0.9, 0.7, { estimate: -0.2, lower: -0.3073, upper: -0.1235, wins: 0, losses: 10, ties: 40 }),
        {
          ...slice('short', 100, 0.7, 0.68, { estimate: -0.02, lower: -0.0966, upper: 0.0558, wins: 9, losses: 11, ties: 80 }),
          isProtected: true,
        },
      ],
    },
    0,
  ),
  'slice-unproven': about(
    {
      ...noWorse,
      verdict: 'inconclusive',
      passed: false,
      because: [
        { rule: 'lower-above-margin', equivalent: true, worse: false },
        { rule: 'slice-unproven', slice: 'legal', margin: 0.02 },
        { rule: 'slice-too-small', slice: 'minors', examples: 4 },
        { rule: 'policy', key: 'onInconclusive' },
      ],
    },
    1,
  ),
  'stopped-early': about(
    prompt({
      because: [{ rule: 'stopped-early', examples: 60, of: 187 }, { rule: 'upper-below-zero' }],
      base: arm(50 / 60, 60, 0.7196, 0.9069),
      head: arm(30 / 60, 60, 0.3773, 0.6227),
      effect: effect({ estimate: -20 / 60, lower: -0.4545, upper: -0.2116, level: 0.92, alpha: 0.04, wins: 2, losses: 22, ties: 36 }),
      design: { earlyStop: { alpha: 0.01, stopped: { examples: 60, of: 187 } } },
      examples: [flip({ id: 'causal-1' })],
    }),
    1,
  ),
  'stopped-in-a-stage': about(
    prompt({
      because: [{ rule: 'stopped-early', examples: 30, of: 187 }, { rule: 'upper-below-zero' }],
      base: arm(25 / 30, 30, 0.6644, 0.9266),
      head: arm(11 / 30, 30, 0.2187, 0.5449),
      effect: effect({ estimate: -14 / 30, lower: -0.6194, upper: -0.2904, level: 0.92, alpha: 0.04, wins: 1, losses: 15, ties: 14 }),
      design: { earlyStop: { alpha: 0.01, stopped: { examples: 30, of: 187 }, stages: ['counterfactual', 'a`b'] } },
      examples: [flip({ id: 'causal-1' })],
    }),
    1,
  ),
  settled: about(
    {
      ...noWorse,
      effect: effect({
        estimate: 0.004,
        lower: -0.0331,
        upper: 0.0411,
        level: 0.966667,
        alpha: 0.016666666,
        method: 'paired-t',
        wins: 14,
        losses: 12,
        ties: 174,
      }),
      flaky: { base: ['reply-4', 'reply-17'], head: ['reply-17', 'reply-90', 'reply-91'] },
      design: { settle: { repeats: [1, 3, 5], alpha: 0.016666666, looks: 2 } },
      metrics: [
        {
          name: 'accuracy',
          base: 0.82,
          head: 0.825,
          difference: { estimate: 0.005, lower: -0.031, upper: 0.041, level: 0.966667, method: 'paired-t' },
        },
        { name: 'score', base: 0.821, head: 0.825 },
      ],
      examples: [flip({ id: 'reply-17', base: { score: 2 / 3 }, head: { score: 1 / 3 }, flaky: true })],
    },
    0,
  ),
  'unsettled-for-caps': about(
    {
      ...inconclusive,
      because: [{ rule: 'interval-too-wide', moreExamples: 868, repeats: 7 }],
      design: { earlyStop: { alpha: 0.01 }, settle: { repeats: [1, 3, 5], alpha: 0.013333333, looks: 1, cut: 'caps' } },
    },
    0,
  ),
  'tiny-set': about(
    prompt({
      because: [{ rule: 'upper-below-zero' }],
      base: arm(0.9, 12, 0.8, 1),
      head: arm(0.6, 12, 0.42, 0.78),
      effect: effect({ method: 'cmh', estimate: -0.3, lower: -0.42, upper: -0.18, wins: 0, losses: 7, ties: 5 }),
      outlook: { resolvableDrop: 0.39, moreExamples: 132 },
      flaky: { base: [], head: ['row-3'] },
      examples: [flip({ id: 'row-3', base: { score: 1 }, head: { score: 0.4 }, flaky: true })],
    }),
    1,
  ),
  'too-few-clusters': about({ ...inconclusive, because: [{ rule: 'too-few-clusters', clusters: 3 }] }, 0),
  'few-clusters': about({ ...noWorse, because: [...noWorse.because, { rule: 'few-clusters', clusters: 7 }] }, 0),
  'invalid-scores': about(
    without({ verdict: 'could-not-measure', because: [{ rule: 'invalid-scores', exampleIds: ['row-3', 'row-9'] }] }),
    2,
  ),
  'uneven-repeats': about(without({ verdict: 'could-not-measure', because: [{ rule: 'uneven-repeats', exampleIds: ['row-3'] }] }), 2),
  'several-with-hidden-harm': report({
    verdict: 'improved',
    passed: true,
    exitCode: 0,
    prompts: [
      {
        ...improved,
        because: [{ rule: 'lower-above-zero' }, { rule: 'slice-worse', slice: 'legal' }],
        slices: [slice('legal', 50, 0.9, 0.7, { estimate: -0.2, lower: -0.3073, upper: -0.1235, wins: 0, losses: 10, ties: 40 })],
      },
      noWorse,
    ],
  }),
  accepted: about(prompt({ passed: true, accepted: true, edits: [politer], usage: used }), 0, {
    accepted: {
      by: 'mona',
      reason: 'the *new* tone is wanted, see @octo-org/support and #12',
      url: 'https://github.com/octo-org/prompts/pull/7#issuecomment-1',
    },
  }),
  trend: report({
    prompts: [
      prompt({ edits: [politer], usage: used, trend: trendOf(0.602, 0.597, 0.631, 0.636) }),
      { ...improved, trend: trendOf(0.48, 0.512, 0.504), edits: [edit({ path: improved.path, hunks: [{ ...hunk, oldLines: [] }] })] },
    ],
  }),
  judged: about(judgedPrompt({ judges: [trusted] }), 1),
  'judged-advisory': about(
    judgedPrompt({
      passed: true,
      judges: [{ models: ['small'], criteria: ['clarity', 'Terms of refund'], distrust: { why: 'unlabelled' } }],
      because: [{ rule: 'upper-below-zero' }, { rule: 'advisory-judge', left: 'nothing', distrust: { why: 'unlabelled' } }],
    }),
    0,
  ),
  'judged-beside-scorers': about(
    prompt({
      ...noWorse,
      because: [...noWorse.because, { rule: 'advisory-judge', left: 'scorers', distrust: weak }],
      criteria: judgedCriteria,
      judges: [{ models: ['small', 'other', 'third'], criteria: ['clarity', 'Terms of refund'], agreement: doubtful, distrust: weak }],
      advisory: {
        verdict: 'regressed',
        because: [{ rule: 'upper-below-zero' }],
        base: arm(0.79, 200, 0.76, 0.82),
        head: arm(0.73, 200, 0.7, 0.76),
        effect: effect({ method: 'paired-t', estimate: -0.06, lower: -0.083, upper: -0.037, wins: 21, losses: 64, ties: 115 }),
        metrics: [],
        slices: [],
        examples: [],
      },
    }),
    0,
  ),
  'judged-by-constraints': about(
    prompt({
      ...noWorse,
      because: [
        ...noWorse.because,
        { rule: 'advisory-judge', left: 'constraints', distrust: { why: 'few-labels', labels: 12, least: 50 } },
      ],
      judges: [
        {
          models: ['small'],
          criteria: ['clarity'],
          agreement: { ...trusted.agreement!, labels: 12, criteria: [] },
          distrust: { why: 'few-labels', labels: 12, least: 50 },
        },
      ],
    }),
    0,
  ),
};

export const states: Readonly<Record<string, Report>> = Object.fromEntries(
  Object.entries(bareStates).map(([name, state]) => [name, withOutlook(state)]),
);
