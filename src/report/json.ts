import type { Json } from '../domain/json.ts';
import type { ArmScore, Effect } from '../domain/verdict.ts';
import { clip } from './clip.ts';
import type { AnswerReport, ArmUsage, Comparison, EditReport, FlipReport, PromptReport, Report, Run } from './model.ts';
import type { OptimizeReport, SearchReport } from './search/model.ts';

/** Longest text kept per field, tried in turn until all texts together stay below `textRoom`; `trials.jsonl` has every text whole. */
const textLengths = [1_000_000, 100_000, 20_000, 4000, 1000, 200, 0] as const;
const textRoom = 16 * 1024 * 1024;
const flipsShown = 200;

const textsOf = ({ input, expected, base, head }: FlipReport): readonly Json[] =>
  [input, expected, base.answer, base.reason, head.answer, head.reason].filter((text) => text !== undefined);

const lengthOf = (value: Json): number => (typeof value === 'string' ? value.length : JSON.stringify(value).length);

function textLength(report: Report): number {
  const lengths = report.prompts
    .flatMap((prompt) => [...prompt.examples, ...(prompt.advisory?.examples ?? []), ...(prompt.proposed?.examples ?? [])])
    .flatMap(textsOf)
    .map(lengthOf);
  const fits = (most: number): boolean => lengths.reduce((sum, length) => sum + Math.min(length, most), 0) <= textRoom;
  return textLengths.find(fits) ?? 0;
}

const arm = ({ score, n, lower, upper }: ArmScore) => ({ score, n, lower, upper });

const effectJson = ({ estimate, lower, upper, level, method, alpha, margin, wins, losses, ties, missing }: Effect) => ({
  estimate,
  lower,
  upper,
  level,
  method,
  alpha,
  margin,
  wins,
  losses,
  ties,
  missing,
});

const answerJson = ({ score, answer, reason }: AnswerReport, most: number) => ({
  score,
  answer: answer === undefined ? undefined : clip(answer, most),
  reason: reason === undefined ? undefined : clip(reason, most),
});

const expectedJson = (expected: Json, most: number): Json => {
  if (typeof expected === 'string') return clip(expected, most);
  return lengthOf(expected) > most ? clip(JSON.stringify(expected), most) : expected;
};

const flipJson = ({ id, change, flaky, input, expected, base, head }: FlipReport, most: number) => ({
  id,
  change,
  flaky,
  input: input === undefined ? undefined : clip(input, most),
  expected: expected === undefined ? undefined : expectedJson(expected, most),
  base: answerJson(base, most),
  head: answerJson(head, most),
});

const comparisonJson = (
  {
    evalSet,
    models,
    base,
    head,
    effect,
    outlook,
    flaky,
    design,
    metrics,
    criteria,
    judges,
    tables,
    slices,
    constraints,
    examples,
  }: Comparison,
  most: number,
) => ({
  evalSet: evalSet && { path: evalSet.path, digest: evalSet.digest, examples: evalSet.examples },
  models: models && { base: models.base, head: models.head },
  base: base && arm(base),
  head: head && arm(head),
  effect: effect && effectJson(effect),
  outlook: outlook && { resolvableDrop: outlook.resolvableDrop, moreExamples: outlook.moreExamples, repeats: outlook.repeats },
  flaky: flaky && { base: flaky.base, head: flaky.head, more: flaky.more },
  design,
  metrics: metrics.map(({ name, base, head, threshold, difference }) => ({ name, base, head, threshold, difference })),
  criteria: criteria?.map(({ name, examples, base, head, difference }) => ({ name, examples, base, head, difference })),
  judges: judges?.map(({ models, criteria: graded, agreement, distrust, noise, position }) => ({
    models,
    criteria: graded,
    agreement,
    distrust,
    noise,
    position,
  })),
  tables,
  slices: slices.map(({ name, base, head, effect, isProtected }) => ({
    name,
    protected: isProtected,
    base: arm(base),
    head: arm(head),
    effect: effectJson(effect),
  })),
  constraints: constraints?.map(({ name, base, head, fresh, ids }) => ({ name, base, head, fresh, ids })),
  examples: examples.slice(0, flipsShown).map((flip) => flipJson(flip, most)),
});

/** In a fixed order of keys. */
const searchJson = ({ finding, because, stopped, seed, plan, spent, candidates, rounds, evidence, suggestion }: SearchReport) => ({
  finding,
  because,
  stopped,
  seed,
  plan,
  spent,
  candidates,
  rounds,
  evidence: evidence && { ...evidence, effect: effectJson(evidence.effect) },
  suggestion,
});

const editJson = ({ path, previousPath, hunks }: EditReport, most: number) => ({
  path,
  previousPath,
  hunks: hunks.map(({ oldStart, oldCount, newStart, newCount, oldLines, newLines }) => ({
    oldStart,
    oldCount,
    newStart,
    newCount,
    oldLines: oldLines.map((line) => clip(line, most)),
    newLines: newLines.map((line) => clip(line, most)),
  })),
});

const usageJson = ({ inputTokens, outputTokens, usdPer1000 }: ArmUsage) => ({ inputTokens, outputTokens, usdPer1000 });

const promptJson = (prompt: PromptReport, most: number) => ({
  path: prompt.path,
  previousPath: prompt.previousPath,
  status: prompt.status,
  verdict: prompt.verdict,
  passed: prompt.passed,
  accepted: prompt.accepted,
  because: prompt.because,
  ...comparisonJson(prompt, most),
  search: prompt.search && searchJson(prompt.search),
  edits: prompt.edits?.map((edit) => editJson(edit, most)),
  usage: prompt.usage && { base: prompt.usage.base && usageJson(prompt.usage.base), head: usageJson(prompt.usage.head) },
  trend: prompt.trend?.map(({ sha, score }) => ({ sha, score })),
  notes: prompt.notes,
  advisory: prompt.advisory && {
    verdict: prompt.advisory.verdict,
    because: prompt.advisory.because,
    ...comparisonJson(prompt.advisory, most),
  },
  proposed: prompt.proposed && {
    verdict: prompt.proposed.verdict,
    because: prompt.proposed.because,
    ...comparisonJson(prompt.proposed, most),
  },
});

const pretty = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * `report.json`: fractions, keys in a fixed order, what was not measured left out. Holds nothing of the run, so equal inputs and answers
 * give equal bytes. Very long texts have their middle left out, and say so.
 */
export function reportJson(report: Report): string {
  const most = textLength(report);
  return pretty({
    schemaVersion: 1,
    verdict: report.verdict,
    passed: report.passed,
    exitCode: report.exitCode,
    digest: report.digest,
    base: { sha: report.base.sha },
    head: { sha: report.head.sha },
    policy: { sha: report.policy.sha },
    problems: report.problems,
    warnings: report.warnings,
    notes: report.notes,
    prices: report.prices,
    accepted: report.accepted && { by: report.accepted.by, reason: report.accepted.reason, url: report.accepted.url },
    prompts: report.prompts.map((prompt) => promptJson(prompt, most)),
  });
}

/** `optimize.json`: what an `optimize` job came to. Holds nothing of the run, so equal inputs and answers give equal bytes. */
export function optimizeJson({ search, ...report }: OptimizeReport): string {
  return pretty({ schemaVersion: 1, ...report, search: searchJson(search) });
}

/** The action's output `results`: a JSON array on one line, one object per prompt; fractions, `null` where nothing was measured. */
export function resultsOutput({ prompts }: Report): string {
  return JSON.stringify(
    prompts.map(({ path, verdict, base, head, effect }) => ({
      prompt: path,
      verdict,
      base: base?.score ?? null,
      head: head?.score ?? null,
      lower: effect?.lower ?? null,
      upper: effect?.upper ?? null,
      wins: effect?.wins ?? null,
      losses: effect?.losses ?? null,
    })),
  );
}

/** `run.json`: everything that depends on the run and not on inputs and answers. */
export function runJson(run: Run): string {
  return pretty({
    schemaVersion: 1,
    version: run.version,
    durationMs: run.durationMs,
    calls: run.calls,
    consulted: run.consulted && { calls: run.consulted.calls, costUsd: run.consulted.costUsd, endpoint: run.consulted.endpoint },
    reused: run.reused,
    cached: run.cached,
    earlier: run.earlier,
    spared: run.spared,
    inputTokens: run.inputTokens,
    outputTokens: run.outputTokens,
    costUsd: run.costUsd,
    latencyMs: run.latencyMs && { p50: run.latencyMs.p50, p95: run.latencyMs.p95 },
    searches: run.searches,
    latencyP95Ms: run.latencyP95Ms && { base: run.latencyP95Ms.base, head: run.latencyP95Ms.head },
    pullRequest: run.pullRequest,
    endpoint: run.endpoint,
    recording: run.recording,
    runUrl: run.runUrl,
    artifactUrl: run.artifactUrl,
  });
}
