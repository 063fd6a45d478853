import type { Caps } from '../domain/policy.ts';
import type { CallFunction, Progress } from '../domain/ports.ts';
import { where } from '../domain/sequence.ts';
import type { Spent } from '../domain/trial.ts';
import type { Amounts } from '../evaluate/bounds.ts';
import { capsLeft } from '../evaluate/caps.ts';
import type { GradeTrial } from '../evaluate/grading.ts';
import { runTrials } from '../evaluate/run.ts';
import { loadScorers } from '../scorers/bound.ts';
import { loadConstraints } from '../scorers/constraints/bound.ts';

import { everyConstraint, everyScorer } from '../scorers/overrides.ts';
import { graderOf } from '../scorers/score.ts';
import { openedFunctions } from './functions.ts';

import { harmedBy } from './harm.ts';
import { consultsOf, type Prepared } from './look-up.ts';
import type { Measurement } from './measurement.ts';
import { planDigest } from './plan-digest.ts';
import { type Ask, type Asked, settled } from './settle.ts';
import { openSources } from './sources.ts';
import type { World } from './world.ts';

/** What was asked and what came of it, with what only the model knows. */
export interface Measured extends Asked {
  /** Where requests went; absent where none was sent. */
  readonly endpoint?: string;
  /** What an attempt that was cut off had spent, out of the whole. */
  readonly earlier?: Spent;
  /** Parameters that the server refused and that were sent for neither side. */
  readonly refusedParameters: readonly string[];
}

/** What a run without a question comes to. */
export const nothingAsked: Measured = {
  outcome: {
    trials: [],
    calls: 0,
    reused: 0,
    cached: 0,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    latenciesMs: new Float64Array(),
    ended: new Map(),
    spared: 0,
  },
  looked: new Map(),
  refusedParameters: [],
};

/** Asks what was prepared, and more repeats where a team settles what is inconclusive. Where nothing is to be asked no model is opened. */
export async function measure(prepared: Prepared, world: World): Promise<Measured> {
  const { revisions, cases, plan, settings } = prepared;
  if (plan.length === 0) return nothingAsked;
  const { concurrency, timeoutMs, prices } = settings;
  const { clock, signal, scratch } = world;
  const startedMs = clock.now();
  const gates = cases.flatMap(({ gate }) => gate ?? []);
  const measurements = [...gates, ...cases.flatMap(({ proposed }) => proposed ?? [])];
  await loadConstraints(measurements.flatMap(({ evalSet }) => everyConstraint(evalSet)));
  await loadScorers(measurements.flatMap(({ evalSet }) => everyScorer(evalSet)));
  const harmed = harmedBy(gates);
  const functions = await openedFunctions(
    measurements.map(({ evalSet }) => evalSet),
    revisions.policy,
    world,
  );
  const grade = grader(measurements, functions?.call);
  const models = [...new Set(measurements.flatMap(({ models, judges }) => [...Object.values(models), ...judges]))];
  const sources = await openSources(prepared, { models, digest: planDigest(measurements, settings, world.version) }, world);
  const { model, answers, journal } = sources;
  const caps = sources.isLive ? settings.caps : {};
  let isOver = false;
  try {
    const common = {
      model,
      grade,
      consults: consultsOf(cases),
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
    const outcome = await runTrials(plan, {
      ...common,
      caps,
      ...(earlier && { earlier }),
      onProgress: world.onProgress,
      ...(harmed && { harmed }),
    });
    const first: Asked = { outcome, looked: new Map() };
    const left = (used: Amounts): Caps => capsLeft(caps, { ...used, minutes: (clock.now() - startedMs) / 60_000 });
    const asked = await settled(first, gates, { left, prices }, askMore(common, first, world));
    // A pull request's comment remembers what a cancelled run spent.
    isOver = asked.outcome.stopped?.reason !== 'cancelled' || prepared.pullRequest !== undefined;
    return { ...asked, ...(earlier && { earlier }), endpoint: model.endpoint, refusedParameters: model.refusedParameters() };
  } finally {
    await functions?.close();
    await sources.close(isOver);
  }
}

/** Further rounds count on where the one before ended. */
function askMore(common: Omit<Parameters<typeof runTrials>[1], 'caps'>, { outcome }: Asked, { onProgress }: World): Ask {
  const { calls, costUsd, trials } = outcome;
  const failed = where(trials, ({ score }) => score === undefined).length;
  let before: Progress = { done: trials.length, total: trials.length, failed, calls, ...(costUsd !== undefined && { costUsd }) };
  return async (plan, caps) => {
    let last = before;
    const onTop = (so: Progress): void => {
      last = added(before, so);
      onProgress(last);
    };
    const further = await runTrials(plan, { ...common, caps, onProgress: onTop });
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

function grader(measurements: readonly Measurement[], call?: CallFunction): GradeTrial {
  const bySubject = new Map(
    measurements.map(({ subject, evalSet }) => [subject.name, { grade: graderOf(evalSet, call), examples: evalSet.examples }]),
  );
  return ({ subject, example }, answer, consult) => {
    const { grade, examples } = bySubject.get(subject)!;
    return grade(answer, examples.at(example)!, consult);
  };
}
