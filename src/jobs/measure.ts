import type { EvalSet } from '../domain/evalset.ts';
import type { Caps } from '../domain/policy.ts';
import type { CallFunction, Progress } from '../domain/ports.ts';
import { where } from '../domain/sequence.ts';
import type { Spent } from '../domain/trial.ts';
import type { Amounts } from '../evaluate/bounds.ts';
import { capsLeft } from '../evaluate/caps.ts';
import type { GradeTrial } from '../evaluate/grading.ts';
import type { Plan } from '../evaluate/plan.ts';
import { type RunOptions, type RunOutcome, runTrials } from '../evaluate/run.ts';
import { ofAllParts } from '../evaluate/stop.ts';
import { loadScorers } from '../scorers/bound.ts';
import { loadConstraints } from '../scorers/constraints/bound.ts';
import { everyConstraint, everyScorer } from '../scorers/overrides.ts';
import { graderOf } from '../scorers/score.ts';
import { judgeUrlOf } from './endpoint.ts';
import { callFor, openedFunctions } from './functions.ts';
import { harmedBy } from './harm.ts';
import { askedAgain, calibrate, withBias } from './judging.ts';
import { consultsOf, measurementsIn, type Prepared } from './look-up.ts';
import type { Measurement } from './measurement.ts';
import { PairJudging } from './pairs.ts';
import { planSummary } from './plan.ts';
import { planDigest } from './plan-digest.ts';
import { alsoSpent, nothingGraded, type RecordedOptions } from './recorded.ts';
import { type Ask, type Asked, settled } from './settle.ts';
import { modelsIn, openSources } from './sources.ts';
import type { Trust } from './trust.ts';
import type { World } from './world.ts';

/** What was asked and what came of it, with what only the model knows. */
export interface Measured extends Asked {
  /** Where requests went; absent where none was sent. */
  readonly endpoint?: string;
  /** The recording that answers were taken from first. */
  readonly recording?: string;
  /** Where judges have an endpoint of their own. */
  readonly judgeEndpoint?: string;
  /** What an attempt that was cut off had spent, out of the whole. */
  readonly earlier?: Spent;
  /** Parameters that models refused and that were sent to them for neither side. */
  readonly refusals: readonly Refusal[];
  /** By subject: what judges may decide, where there are any. */
  readonly trusts: ReadonlyMap<string, Trust>;
}

/** A parameter that a model refused. */
interface Refusal {
  readonly model: string;
  readonly parameter: string;
}

/** What a run without a question comes to. */
export const nothingAsked: Measured = {
  outcome: nothingGraded.outcome,
  looked: new Map(),
  trusts: new Map(),
  refusals: [],
};

/** Tells the plan, asks what was prepared, and more repeats where a team settles what is inconclusive. Where nothing is to be asked no model is opened. */
export async function measure(prepared: Prepared, world: World): Promise<Measured> {
  const { revisions, cases, plan, settings } = prepared;
  const measurements = measurementsIn(cases);
  if (measurements.length === 0) return nothingAsked;
  const gates = cases.flatMap(({ gate }) => gate ?? []);
  const { concurrency, timeoutMs, prices } = settings;
  const { clock, signal, scratch, joined } = world;
  const startedMs = clock.now();
  await loadConstraints(measurements.flatMap(({ evalSet }) => everyConstraint(evalSet)));
  await loadScorers(measurements.flatMap(({ evalSet }) => everyScorer(evalSet)));
  const harmed = harmedBy(gates);
  const functions = await openedFunctions(
    measurements.map(({ evalSet }) => evalSet),
    revisions.policy,
    world,
  );
  const models = modelsIn(measurements);
  const judgeEndpoint = measurements.flatMap(({ judges }) => judges.map((judge) => judgeUrlOf(judge, settings))).find(Boolean);
  const sources = await openSources(prepared, { models, functions, digest: planDigest(measurements, settings, world.version) }, world);
  const { model, answers, journal } = sources;
  const caps = sources.isLive ? settings.caps : {};
  let isOver = false;
  try {
    // What shards have asked was planned by them.
    const summary = joined === undefined ? await planSummary(prepared, sources.known) : undefined;
    if (summary !== undefined) world.onPlan(summary);
    const pace = {
      model,
      ...(answers && { answers }),
      ...(scratch && { scratch }),
      ...(journal && { journal }),
      concurrency,
      timeoutMs,
      prices,
      clock,
      signal,
    };
    const earlier = journal?.earlier;
    const left = (used: Amounts): Caps => capsLeft(caps, { ...used, minutes: (clock.now() - startedMs) / 60_000 });
    const { trusts, outcome: calibrated } = await calibrate(measurements, settings.judge, { ...pace, caps, ...(earlier && { earlier }) });
    const isFirst = calibrated === undefined;
    // Whether a judge is trusted shows once all labelled answers are graded, so that a shard asks what any trust could want.
    const common = {
      ...pace,
      grade: grader(measurements, world.shard === undefined ? trusts : new Map(), (evalSet) => callFor(evalSet, functions, sources.scores)),
      consults: consultsOf(cases),
    };
    const pairs = new PairJudging(measurements);
    const run = await runAndCompare(plan, pairs, pace, {
      ...common,
      caps: isFirst ? caps : left(calibrated),
      ...(isFirst && earlier && { earlier }),
      onProgress: world.onProgress,
      ...(harmed && { harmed }),
    });
    const own = isFirst ? run : alsoSpent(run, calibrated);
    const first: Asked = { outcome: joined?.inAll(own) ?? own, looked: new Map() };
    const asked = await settled(
      first,
      gates,
      { left, prices },
      askMore((further, options) => runAndCompare(further, pairs, pace, options), common, first, world),
    );
    const heard = await askedAgain(gates, { asked, trusts }, { ...pace, caps: left(asked.outcome) }, settings);
    // A pull request's comment remembers what a cancelled run spent.
    isOver = heard.asked.outcome.stopped?.reason !== 'cancelled' || prepared.pullRequest !== undefined;
    // What a judge is asked a second time was found in the shards, too.
    const { stopped } = heard.asked.outcome;
    const outcome = {
      ...heard.asked.outcome,
      ...(joined && { cached: asked.outcome.cached }),
      ...(stopped && { stopped: ofAllParts(stopped, caps) }),
    };
    return {
      ...heard.asked,
      outcome,
      trusts: withBias(heard.trusts, pairs),
      ...(earlier && { earlier }),
      endpoint: model.endpoint,
      ...(sources.recording !== undefined && { recording: sources.recording }),
      ...(judgeEndpoint !== undefined && { judgeEndpoint }),
      refusals: models.toSorted().flatMap((name) => model.refusedParameters(name).map((parameter) => ({ model: name, parameter }))),
    };
  } finally {
    await functions?.close();
    await sources.close(isOver);
  }
}

/** A run, and then the comparison of what both sides answered where an eval set asks for it, below the same caps. */
async function runAndCompare(
  plan: Plan,
  pairs: PairJudging,
  pace: Omit<RecordedOptions, 'caps'>,
  options: RunOptions,
): Promise<RunOutcome> {
  const startedMs = options.clock.now();
  const run = await runTrials(plan, options);
  return pairs.judged(run, { ...pace, caps: capsLeft(options.caps, { ...run, minutes: (options.clock.now() - startedMs) / 60_000 }) });
}

/** Further rounds count on where the one before ended. */
function askMore(
  run: (plan: Plan, options: RunOptions) => Promise<RunOutcome>,
  common: Omit<RunOptions, 'caps'>,
  { outcome }: Asked,
  { onProgress }: World,
): Ask {
  const { calls, costUsd, trials } = outcome;
  const failed = where(trials, ({ score }) => score === undefined).length;
  let before: Progress = { done: trials.length, total: trials.length, failed, calls, ...(costUsd !== undefined && { costUsd }) };
  return async (plan, caps) => {
    let last = before;
    const onTop = (so: Progress): void => {
      last = added(before, so);
      onProgress(last);
    };
    const further = await run(plan, { ...common, caps, onProgress: onTop });
    before = { ...last, total: last.done };
    return further;
  };
}

function added(before: Progress, so: Progress): Progress {
  return {
    done: before.done + so.done,
    total: before.done + so.total,
    failed: before.failed + so.failed,
    calls: before.calls + so.calls,
    ...(before.costUsd !== undefined && so.costUsd !== undefined && { costUsd: before.costUsd + so.costUsd }),
  };
}

function grader(
  measurements: readonly Measurement[],
  trusts: ReadonlyMap<string, Trust>,
  callBy: (evalSet: EvalSet) => CallFunction | undefined,
): GradeTrial {
  const bySubject = new Map(
    measurements.map(({ subject, evalSet }) => {
      const call = callBy(evalSet);
      const grade = trusts.get(subject.name)?.graderWith(call) ?? graderOf(evalSet, call);
      return [subject.name, { grade, examples: evalSet.examples }];
    }),
  );
  return ({ subject, example }, answer, consult) => {
    const { grade, examples } = bySubject.get(subject)!;
    return grade(answer, examples.at(example)!, consult);
  };
}
