import type { Amounts } from '../evaluate/bounds.ts';
import { capsLeft } from '../evaluate/caps.ts';
import type { Run } from '../report/model.ts';
import type { OptimizeReport } from '../report/search/model.ts';
import { costOfCases } from './look-up.ts';
import { type Measured, measure, nothingAsked } from './measure.ts';
import type { Request } from './policy.ts';
import { runOf } from './report.ts';
import { pastLooks, withSearch } from './search/after-check.ts';
import { headScore } from './search/head-score.ts';
import { lookUpOne, type OptimizeRequest, type PreparedOne } from './search/look-up-one.ts';
import { searchRows, unmeasuredRows } from './search/rows.ts';
import { preflight, refusedSearch, type SearchedPrompt, searchPrompt } from './search/run.ts';
import type { Searchable } from './search/searchable.ts';
import type { Terms } from './search/setup.ts';
import { trialsOf } from './settle.ts';
import type { World } from './world.ts';

/** What an `optimize` job ends in. */
export interface Optimized {
  readonly report: OptimizeReport;
  readonly run: Run;
  /** The prompt as it is; empty where there is none yet. */
  readonly before: string;
  readonly look?: SearchedPrompt['look'];
}

/**
 * What a maintainer experiences who asks for a better version of a prompt: it is measured as it is, versions are tried within the budget, and the
 * best one comes back with what held-out examples say of it. UserError for whatever is wrong with settings, prompt or eval set.
 */
export async function optimize(request: OptimizeRequest, world: World): Promise<Optimized> {
  const startedMs = world.clock.now();
  const one = await lookUpOne(request, world);
  const { prepared, incumbent } = one;
  const { most } = costOfCases(prepared.cases, prepared.settings, prepared.plan);
  const early = preflight(before(one), prepared, termsOf(one, request, most, 0));
  const refusal = 'refused' in early ? early.refused : undefined;
  const tellBoth: World['onPlan'] = (plan) => {
    world.onPlan(plan);
    if ('shown' in early) world.onSearchPlan?.(early.shown);
  };
  const measured = refusal === undefined ? await measure(prepared, { ...world, onPlan: tellBoth }) : nothingAsked;
  const { outcome } = measured;
  const terms = termsOf(one, request, outcome, world.clock.now() - startedMs);
  const searched =
    refusal === undefined && outcome.stopped === undefined
      ? await searchPrompt(measuredBy(one, measured), prepared, terms, { ...world, onSearchPlan: () => {} })
      : refusedSearch(refusal ?? { rule: 'unmeasured' }, prepared.settings.search.seed);
  return {
    report: reportOf(one, measured, searched),
    run: withSearch(runOf(measured, world.clock.now() - startedMs, world.version), incumbent.path, searched),
    before: incumbent.signature === undefined ? incumbent.text : '',
    ...(searched.look && { look: searched.look }),
  };
}

/** What is known of it before it is measured. */
function before({ prepared, incumbent, measurement }: PreparedOne): Searchable {
  const rows = unmeasuredRows(measurement.evalSet);
  return { ...incumbent, tree: prepared.revisions.head, measurement, rows, latenciesMs: new Float32Array() };
}

function measuredBy(one: PreparedOne, { outcome, trusts }: Measured): Searchable {
  const { measurement } = one;
  const trials = trialsOf(outcome, measurement.subject.name);
  const trust = trusts.get(measurement.subject.name);
  return {
    ...before(one),
    ...(trust && { trust }),
    rows: searchRows(measurement.evalSet, trials),
    latenciesMs: outcome.latenciesMs,
  };
}

/** `used`: what measuring it takes or took. */
function termsOf({ prepared, incumbent }: PreparedOne, { withoutKey }: Request, used: Amounts, durationMs: number): Terms {
  const caps = capsLeft(prepared.settings.caps, { ...used, minutes: durationMs / 60_000 });
  return { caps, pastLooks: pastLooks(incumbent.path, prepared), withoutKey };
}

function reportOf(
  { prepared, incumbent, measurement }: PreparedOne,
  measured: Measured,
  { report: search }: SearchedPrompt,
): OptimizeReport {
  const { revisions, notes } = prepared;
  const { evalSet, models } = measurement;
  const { stopped } = measured.outcome;
  const score = headScore(measurement, measured.outcome);
  return {
    path: incumbent.path,
    head: { sha: revisions.head.revision },
    policy: { sha: revisions.policy.revision },
    exitCode: stopped === undefined ? 0 : stopped.reason === 'bad-input' ? 3 : 2,
    ...(stopped && { problem: stopped.sentence }),
    evalSet: { path: evalSet.path, digest: evalSet.digest, examples: evalSet.examples.length },
    model: models.head,
    ...(score && { incumbent: score }),
    search,
    notes,
  };
}
