import type { Spend } from '../domain/policy.ts';
import { sentence, type UserError } from '../domain/problem.ts';
import type { Sequence } from '../domain/sequence.ts';
import type { Arm, Spent } from '../domain/trial.ts';
import { overall } from '../gate/status.ts';
import type { PromptReport, Report, Run } from '../report/model.ts';
import type { Prepared } from './look-up.ts';
import { type Measured, nothingAsked } from './measure.ts';
import { type PullRequestSpend, together } from './pull-request-caps.ts';
import type { TrialRecord } from './records.ts';
import type { PromptLook } from './search/after-check.ts';
import { quantile } from './taken.ts';
import type { KnownLooks } from './world.ts';

/** What a check ends in. */
export interface Checked {
  readonly report: Report;
  readonly run: Run;
  readonly trials: Sequence<TrialRecord>;
  /** What the pull request knew of looks at confirm rows, and those taken now; absent where nothing was prepared. */
  readonly looks?: { readonly known: KnownLooks | undefined; readonly taken: readonly PromptLook[] };
}

const TOUCHES_WORKFLOWS =
  'This pull request changes `.github/`: the workflow that runs this check may be its own. Review that change before you trust this result.';

/** What a reviewer must know before the verdict. */
export function warningsOf({ revisions }: Prepared): readonly string[] {
  return revisions.touchesWorkflows ? [TOUCHES_WORKFLOWS] : [];
}

/** All prompts' outcomes together. */
export function reportOf(prepared: Prepared, { refusals }: Measured, prompts: readonly PromptReport[]): Report {
  const { revisions, notes, cases, settings, prices, digest } = prepared;
  return {
    ...overall(prompts),
    ...(digest !== undefined && { digest }),
    base: { sha: revisions.base.revision },
    head: { sha: revisions.head.revision },
    policy: { sha: revisions.policy.revision },
    problems: [],
    warnings: warningsOf(prepared),
    notes: [
      ...notes,
      ...unknownSlices(cases, settings),
      ...refusals.map(
        ({ model, parameter }) => `The model \`${model}\` refused \`${parameter}\`; it was asked without it, for both sides alike.`,
      ),
    ],
    ...(prices.length > 0 && { prices }),
    prompts,
  };
}

/** A protected slice that no example has is likely a slip of the pen, and guards nothing. */
function unknownSlices(cases: Prepared['cases'], { gate }: Prepared['settings']): string[] {
  const evalSets = cases.flatMap((one) => one.gate?.evalSet ?? []);
  if (evalSets.length === 0) return [];
  const tags = new Set<string>();
  for (const { examples } of evalSets) for (const example of examples) for (const tag of example.tags) tags.add(tag);
  const unknown = gate.protected.map(({ slice }) => slice).filter((slice) => !tags.has(slice));
  return unknown.map((slice) => `No example has the tag \`${slice}\`, which \`gate.protected\` names.`);
}

/** What a run ends in that could not begin: nothing but the sentences that say why. */
export function notBegun(verdict: 'bad-input' | 'could-not-measure', { problems }: UserError, version: string): Checked {
  const unknown = { sha: 'unknown' };
  const report: Report = {
    ...overall([{ verdict, passed: false }]),
    base: unknown,
    head: unknown,
    policy: unknown,
    problems: problems.map(sentence),
    warnings: [],
    notes: [],
    prompts: [],
  };
  return { report, run: runOf(nothingAsked, 0, version), trials: [] };
}

/** What depends on the run and not on inputs and answers. */
export function runOf(measured: Measured, durationMs: number, version: string, pullRequest?: PullRequestSpend): Run {
  const { calls, consulted, reused, cached, spared, inputTokens, outputTokens, costUsd, latenciesMs } = measured.outcome;
  const { endpoint, recording, judgeEndpoint, earlier } = measured;
  return {
    calls,
    ...(consulted && { consulted: judging(consulted, judgeEndpoint) }),
    reused,
    ...(cached > 0 && { cached }),
    ...(earlier && earlier.calls > 0 && { earlier: earlier.calls }),
    ...(spared > 0 && { spared }),
    inputTokens,
    outputTokens,
    ...(costUsd !== undefined && { costUsd }),
    durationMs: Math.round(durationMs),
    ...(latenciesMs.length > 0 && { latencyMs: percentiles(latenciesMs) }),
    ...latencyOfSides(measured),
    ...(endpoint !== undefined && { endpoint }),
    ...(recording !== undefined && { recording }),
    ...(pullRequest && { pullRequest: pullRequestRun(measured, durationMs, pullRequest) }),
    version,
  };
}

/** Of the first trials where there are very many; nothing where one side answered nothing. */
function latencyOfSides({ outcome: { trials } }: Measured): Pick<Run, 'latencyP95Ms'> {
  const of: Record<Arm, number[]> = { base: [], head: [] };
  for (let at = 0; at < Math.min(trials.length, MOST_TIMED); at++) {
    const { arm, outcome } = trials.at(at)!;
    if (outcome.kind === 'answer') of[arm].push(outcome.latencyMs);
  }
  if (of.base.length === 0 || of.head.length === 0) return {};
  const p95 = (values: readonly number[]) => quantile(Float32Array.from(values).sort(), 0.95);
  return { latencyP95Ms: { base: p95(of.base), head: p95(of.head) } };
}

const MOST_TIMED = 20_000;

function pullRequestRun({ outcome }: Measured, durationMs: number, { caps, earlier }: PullRequestSpend): Run['pullRequest'] {
  const spent = together(earlier, spendOf({ ...outcome, durationMs }));
  return { spent, caps, earlierUnknown: earlier === undefined };
}

/** What a run used. */
export function spendOf({ calls, inputTokens, outputTokens, costUsd, durationMs }: Omit<Spend, 'minutes'> & { durationMs: number }): Spend {
  return { calls, inputTokens, outputTokens, ...(costUsd !== undefined && { costUsd }), minutes: durationMs / 60_000 };
}

function percentiles(latenciesMs: Float32Array): NonNullable<Run['latencyMs']> {
  const rising = latenciesMs.toSorted();
  return { p50: quantile(rising, 0.5), p95: quantile(rising, 0.95) };
}

function judging({ calls, costUsd }: Spent, endpoint: string | undefined): NonNullable<Run['consulted']> {
  return { calls, ...(costUsd !== undefined && { costUsd }), ...(endpoint !== undefined && { endpoint }) };
}
