import { type Sequence, some } from '../domain/sequence.ts';
import type { Because } from '../domain/verdict.ts';
import type { SubjectTrial } from '../evaluate/plan.ts';
import type { Stop } from '../evaluate/stop.ts';
import { statusOf } from '../gate/status.ts';
import type { PromptReport } from '../report/model.ts';
import { pairwiseOfSet } from '../scorers/judge/assigned.ts';
import type { Settings } from '../settings/settings.ts';
import { advisedTrials, advisoryReason, shownJudges, unadvised } from './advised.ts';
import { concludeAlone } from './conclude-alone.ts';
import { concludeBoth } from './conclude-both.ts';
import { bare, type Conclusion, summary, unmeasured } from './conclusion.ts';
import type { Detail } from './flips.ts';
import type { Measured } from './measure.ts';
import type { Measurement } from './measurement.ts';
import type { Case } from './prepare.ts';
import { type PullRequestSpend, pullRequestPart } from './pull-request-caps.ts';
import { trialsOf } from './settle.ts';
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
      ? concludeAlone(measurement, given, prices, detail)
      : concludeBoth(measurement, given, looked.get(name) ?? { at: 0 }, { prices, detail, endedAfter: ended.get(name) });
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
