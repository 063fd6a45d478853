import { listed } from '../domain/listed-ids.ts';
import { mapped, picked, type Sequence, some } from '../domain/sequence.ts';
import type { Because, Verdict } from '../domain/verdict.ts';
import type { Prices } from '../evaluate/bounds.ts';
import type { SubjectTrial } from '../evaluate/plan.ts';
import type { Stop } from '../evaluate/stop.ts';
import { armScore, armsOf } from '../gate/compare.ts';
import { MISSING_LIMIT } from '../gate/decide.ts';
import { flakinessOf } from '../gate/design.ts';
import { type Judgement, missedThresholds, unmeasuredThresholds } from '../gate/gate.ts';
import { headMeans } from '../gate/pairs.ts';
import { MOST_SLICES, slicesLeftOut } from '../gate/slices.ts';
import { statusOf } from '../gate/status.ts';
import type { Gathered } from '../metrics/gather.ts';
import type { Comparison, DesignReport, PromptReport } from '../report/model.ts';
import { pairwiseOfSet } from '../scorers/judge/assigned.ts';
import type { Settings } from '../settings/settings.ts';
import { advisedTrials, advisoryReason, shownJudges, unadvised } from './advised.ts';
import { criteriaOf } from './criteria.ts';
import { gathered } from './drawn.ts';
import { type Detail, flipsOf } from './flips.ts';
import { judged } from './judged.ts';
import type { Measured } from './measure.ts';
import type { Measurement } from './measurement.ts';
import { metricsOf, thresholdsOf, withIntervals } from './metrics.ts';
import type { Case } from './prepare.ts';
import { type PullRequestSpend, pullRequestPart } from './pull-request-caps.ts';
import { type Remarks, remarksOf } from './remarks.ts';
import { type Looked, trialsOf } from './settle.ts';
import { takenFor } from './taken.ts';
import type { Trust } from './trust.ts';
import { usageOf } from './usage.ts';

/** What became of one prompt, out of the trials of all of them. No outcome: nothing was run. */
export function conclude(one: Case, asked: Measured, settings: Settings, spend?: PullRequestSpend): PromptReport {
  const { change, evalSet, gate, settled, proposed, edits = [] } = one;
  const measured = gate === undefined ? undefined : conclusion(gate, asked, settings);
  const information = proposed === undefined ? undefined : conclusion(proposed, asked, settings);
  const { verdict, because } = measured?.judgement ?? { verdict: settled!.verdict, because: [settled!.because] };
  const used = gate && measured?.comparison.head && usageOf(trialsOf(asked.outcome, gate.subject.name), gate.models, settings.prices);
  const status = statusOf(verdict, because, { ...settings.gate, onCapReached: settings.caps.onReached });
  return {
    path: change.path,
    ...(change.previousPath === undefined ? {} : { previousPath: change.previousPath }),
    status: change.status,
    ...(evalSet === undefined ? {} : { evalSet: summary(evalSet) }),
    ...(measured?.comparison ?? { metrics: [], slices: [], examples: [] }),
    verdict: status.verdict,
    passed: status.passed,
    because: status.because.map((each) => (each.rule === 'budget' ? { ...each, ...pullRequestPart(each, spend) } : each)),
    ...(used && { usage: used }),
    ...(edits.length > 0 && { edits }),
    ...(measured?.advisory && { advisory: measured.advisory }),
    notes: [...one.notes, ...(measured?.notes ?? []), ...notWatched(gate, settings)],
    ...(information && { proposed: { ...information.comparison, ...information.judgement } }),
  };
}

/** Why a run that may stop early was not watched for it. */
function notWatched(gate: Measurement | undefined, settings: Settings): string[] {
  if (!settings.gate.earlyStop || gate?.models.base === undefined || gate.design.stopAlpha !== undefined) return [];
  const why =
    pairwiseOfSet(gate.evalSet) === undefined
      ? 'it counts on examples that stand alone, and these share clusters'
      : 'pairs are compared once all answers are there';
  return [`Early stop is off here: ${why}.`];
}

interface Conclusion {
  readonly judgement: Pick<Judgement, 'verdict' | 'because'>;
  readonly comparison: Comparison;
  /** What it would be if advisory judges had a say. */
  readonly advisory?: NonNullable<PromptReport['advisory']>;
  readonly notes: readonly string[];
}

/** A measurement that lacks trials because the run was stopped is none; one that is whole counts, whatever stopped the rest. */
function conclusion(measurement: Measurement, { outcome, looked, trusts }: Measured, { report, prices }: Settings): Conclusion {
  const detail = report.examples;
  const { stopped, ended } = outcome;
  const { name } = measurement.subject;
  const trials = trialsOf(outcome, name);
  const cut = stopped !== undefined && !ended.has(name) && some(trials, ({ score }) => score === undefined);
  if (cut) return { judgement: stoppedBy(stopped), comparison: bare(measurement), notes: [] };
  const of = (given: Sequence<SubjectTrial>): Conclusion =>
    measurement.models.base === undefined
      ? alone(measurement, given, prices, detail)
      : compared(measurement, given, looked.get(name) ?? { at: 0 }, { prices, detail, endedAfter: ended.get(name) });
  const trust = trusts.get(name);
  return trust === undefined ? of(trials) : underTrust(of, trials, trust, detail);
}

/** With what its judges are worth, and where they are only advisory what they would say. */
function underTrust(
  of: (trials: Sequence<SubjectTrial>) => Conclusion,
  trials: Sequence<SubjectTrial>,
  trust: Trust,
  detail: Detail,
): Conclusion {
  const { judgement, comparison, notes } = of(trials);
  const full = trust.left === 'scorers' || trust.left === 'constraints' ? of(advisedTrials(trials)) : undefined;
  return {
    judgement: { ...judgement, because: [...judgement.because, ...advisoryReason(trust, detail)] },
    comparison: { ...comparison, judges: shownJudges(trust, detail) },
    ...(full && { advisory: { ...full.comparison, ...full.judgement } }),
    notes: [...notes, ...unadvised(trials, detail)],
  };
}

function stoppedBy(stop: Stop): Conclusion['judgement'] {
  if (stop.reason === 'bad-input') return { verdict: 'bad-input', because: [{ rule: 'bad-input', sentences: [stop.sentence] }] };
  const because: Because =
    stop.reason === 'budget'
      ? { rule: 'budget', cap: stop.cap, allowed: stop.allowed, needed: stop.needed, ...(stop.breach && { breach: stop.breach }) }
      : { rule: 'provider-dead', sentence: stop.sentence };
  return unmeasured(because);
}

function compared(
  measurement: Measurement,
  given: Sequence<SubjectTrial>,
  looked: Looked,
  { prices, endedAfter, detail }: { readonly prices: Prices; readonly endedAfter: number | undefined; readonly detail: Detail },
): Conclusion {
  const { trials, paired, scored, gathered: all, metrics, judgement } = judged(measurement, given, looked.at, prices, endedAfter);
  const { verdict, because, effect, outlook, slices } = judgement;
  const { pairs } = paired;
  const { notes, constraints } = remarksOf(trials, measurement.evalSet.examples, detail);
  const criteria = effect === undefined ? [] : criteriaOf(measurement.evalSet, trials, pairs, effect.alpha);
  return {
    judgement: { verdict, because },
    comparison: {
      ...bare(measurement),
      ...broken(constraints),
      ...(effect && { ...armsOf(pairs), effect }),
      ...(outlook && { outlook }),
      ...(some(pairs, ({ repeats }) => repeats !== undefined) && { flaky: flakinessOf(pairs) }),
      ...designReport(measurement, looked, endedAfter),
      metrics: effect === undefined ? [] : withIntervals(metrics, all, scored, pairs, effect.alpha, measurement.evalSet.digest),
      ...(criteria.length > 0 && { criteria }),
      ...(effect && tablesOf(all)),
      slices: slices.map(({ name, pairs: members, effect: own, isProtected }) => ({
        name,
        ...armsOf(members),
        effect: own,
        ...(isProtected && { isProtected }),
      })),
      examples: effect === undefined ? [] : flipsOf(pairs, trials, measurement.evalSet.examples, detail),
    },
    notes: [...notes, ...untoldSlices(slicesLeftOut(pairs, slices))],
  };
}

function untoldSlices(count: number): string[] {
  if (count === 0) return [];
  return [
    `The ${MOST_SLICES} largest slices are compared; ${count} further ${count === 1 ? 'tag is' : 'tags are'} not. \`gate.protected\` can name what must be.`,
  ];
}

function designReport({ design, evalSet }: Measurement, { at, cut }: Looked, endedAfter: number | undefined): { design?: DesignReport } {
  const { stopAlpha, looks } = design;
  if (stopAlpha === undefined && looks.length === 1) return {};
  const stopped = endedAfter === undefined ? {} : { stopped: { examples: endedAfter, of: evalSet.examples.length } };
  const settle = { repeats: looks.map(({ repeats }) => repeats), alpha: looks[0]!.alpha, looks: at + 1, ...(cut && { cut }) };
  return {
    design: {
      ...(stopAlpha !== undefined && { earlyStop: { alpha: stopAlpha, ...stopped, ...(evalSet.stages && { stages: evalSet.stages }) } }),
      ...(looks.length > 1 && { settle }),
    },
  };
}

/** A prompt with nothing to be compared with: its score is shown, and thresholds still hold. */
function alone(measurement: Measurement, trials: Sequence<SubjectTrial>, prices: Prices, detail: Detail): Conclusion {
  const { evalSet, meters, design } = measurement;
  const { places, means } = headMeans(evalSet.examples.length, trials);
  const { notes, constraints } = remarksOf(trials, evalSet.examples, detail);
  const listedAt = (some: Uint32Array) => listed(mapped(picked(evalSet.examples, some), ({ id }) => id));
  const invalid = places.filter((_, nth) => !(means[nth]! >= 0 && means[nth]! <= 1));
  if (invalid.length > 0)
    return { judgement: unmeasured({ rule: 'invalid-scores', ...listedAt(invalid) }), comparison: bare(measurement), notes };
  const missing = placesBeside(places, evalSet.examples.length);
  const all = gathered({ trials, places, meters });
  const metrics = metricsOf(all, places.length, evalSet.thresholds, takenFor(measurement, trials, prices));
  const thresholds = thresholdsOf(metrics);
  const missed = missedThresholds(thresholds);
  const unknown = missed.length > 0 ? [] : unmeasuredThresholds(thresholds);
  const criteria = criteriaOf(evalSet, trials, [], design.looks[0]!.alpha);
  const isMeasured = missing.length <= MISSING_LIMIT * evalSet.examples.length;
  return {
    judgement: isMeasured
      ? { verdict: newVerdict(missed, unknown), because: [...missed, ...unknown, { rule: 'new-prompt' }] }
      : unmeasured({ rule: 'pairs-missing', missing: missing.length, total: evalSet.examples.length, ...listedAt(missing) }),
    comparison: {
      ...bare(measurement),
      ...broken(constraints),
      ...(means.length > 0 && { head: armScore(means) }),
      metrics,
      ...tablesOf(all),
      ...(criteria.length > 0 && { criteria }),
    },
    notes,
  };
}

/** The places below `length` that are not among these. */
function placesBeside(places: Uint32Array, length: number): Uint32Array {
  const isThere = new Uint8Array(length);
  for (const place of places) isThere[place] = 1;
  return Uint32Array.from({ length }, (_, place) => place).filter((place) => isThere[place] === 0);
}

function tablesOf({ tables }: Gathered): Pick<Comparison, 'tables'> {
  const all = tables();
  return all.length === 0 ? {} : { tables: all };
}

function newVerdict(missed: readonly Because[], unknown: readonly Because[]): Verdict {
  if (missed.length > 0) return 'regressed';
  return unknown.length > 0 ? 'could-not-measure' : 'not-evaluated';
}

function unmeasured(because: Because): Conclusion['judgement'] {
  return { verdict: 'could-not-measure', because: [because] };
}

function broken(constraints: Remarks['constraints']): Pick<Comparison, 'constraints'> {
  return constraints.length === 0 ? {} : { constraints };
}

function bare({ evalSet, models }: Measurement): Comparison {
  return { evalSet: summary(evalSet), models, metrics: [], slices: [], examples: [] };
}

function summary({ path, digest, examples }: Measurement['evalSet']): NonNullable<Comparison['evalSet']> {
  return { path, digest, examples: examples.length };
}
