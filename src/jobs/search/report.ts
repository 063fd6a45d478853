import { isFree, priceOf, usdOf } from '../../evaluate/bounds.ts';
import { evened } from '../../prompts/front-matter.ts';
import { type Hunk, hunksBetween } from '../../prompts/hunks.ts';
import { patchOf } from '../../report/search/diff.ts';
import type { Dollars, EvidenceReport, SearchPlanReport, SearchReport, SuggestionReport } from '../../report/search/model.ts';
import { INCUMBENT } from '../../search/candidate.ts';
import { textHash } from '../../search/conclude.ts';
import type { Finding } from '../../search/finding.ts';
import type { SearchPlan } from '../../search/plan.ts';
import type { Outcome } from '../../search/row.ts';
import type { Searched } from '../../search/search.ts';
import type { SearchSetup } from '../../search/setup.ts';
import type { Spend } from '../../search/spend.ts';
import type { SearchState } from '../../search/state.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Searchable } from './searchable.ts';

/** The plan as it is shown before anything is spent. */
export function planReport({ path, budget }: SearchSetup, plan: SearchPlan, isPriced: boolean): SearchPlanReport {
  const dollars = ({ calls, usd }: Spend): Dollars => ({ calls, ...(isPriced && { usd }) });
  return {
    path,
    search: plan.search.length,
    confirm: plan.confirm.length,
    budget,
    worst: dollars(plan.worst),
    reserve: dollars({ calls: plan.reserve.calls, usd: Math.min(plan.reserve.usd, plan.worst.usd) }),
    detectable: plan.detectable,
    look: plan.look,
    because: plan.caveats,
  };
}

/** What a search came to, as its report says it. */
export function searchReport(
  one: Searchable,
  settings: Settings,
  { finding, state }: Searched,
  plan: SearchPlanReport | undefined,
): SearchReport {
  const { label, because, stopped, evidence } = finding;
  const isPriced = plan === undefined || plan.worst.usd !== undefined;
  const suggested = label === 'none' ? undefined : evidence?.candidate;
  return {
    finding: label,
    because,
    ...(stopped && { stopped }),
    seed: settings.search.seed,
    ...(plan && { plan }),
    spent: { calls: state.spent.calls, ...(isPriced && { usd: state.spent.usd }) },
    candidates: state.candidates.length - 1,
    rounds: state.rounds,
    ...(evidence && { evidence: evidenceReport(evidence) }),
    ...(suggested !== undefined && { suggestion: suggestionReport(one, settings, state, suggested) }),
  };
}

function evidenceReport({ claim, gain, effect, p, look }: NonNullable<Finding['evidence']>): EvidenceReport {
  return { claim, gain, effect, p, look };
}

function suggestionReport(one: Searchable, settings: Settings, state: SearchState, id: number): SuggestionReport {
  const { text, tokens } = state.candidates[id]!;
  const isNew = one.signature !== undefined;
  const before = isNew ? '' : one.text;
  const dollars = dollarsOf(one, settings, state, id);
  return {
    text,
    hash: textHash(text),
    isNew,
    hunks: hunksOf(before, text),
    patch: patchOf(one.path, before, text),
    changes: changesOf(state, id),
    tokens: { before: state.candidates[INCUMBENT]!.tokens, after: tokens },
    ...(dollars && { usdPer1000: dollars }),
  };
}

/** A file that is not there yet has no line, not an empty one. */
function hunksOf(before: string, after: string): readonly Hunk[] {
  if (before === '') return [{ oldStart: 1, oldLines: [], newLines: after.replace(/\n$/, '').split('\n') }];
  return hunksBetween(evened(before), evened(after));
}

/** The versions that it was made from, the oldest first. */
function changesOf({ candidates }: SearchState, id: number): SuggestionReport['changes'] {
  const line: number[] = [];
  const visit = (at: number): void => {
    if (at === INCUMBENT || line.includes(at)) return;
    for (const parent of candidates[at]!.parents) visit(parent);
    line.push(at);
  };
  visit(id);
  return line.map((at) => ({ operator: candidates[at]!.operator!, why: candidates[at]!.why }));
}

/** What 1,000 requests cost on the rows that both versions were asked about; undefined where that is nothing or unknown. */
function dollarsOf(
  { measurement }: Searchable,
  { prices }: Settings,
  { outcomes }: SearchState,
  id: number,
): SuggestionReport['usdPer1000'] {
  const { head } = measurement.models;
  const price = priceOf(head, prices);
  if (price === undefined || isFree(price)) return undefined;
  const costOf = (outcome: Outcome | undefined): number | undefined =>
    outcome?.inputTokens === undefined
      ? undefined
      : usdOf(head, { inputTokens: outcome.inputTokens, outputTokens: outcome.outputTokens! }, prices);
  const shared = [...outcomes[id]!].flatMap(([row, outcome]) => {
    const [before, after] = [costOf(outcomes[INCUMBENT]!.get(row)), costOf(outcome)];
    return before === undefined || after === undefined ? [] : [{ before, after }];
  });
  if (shared.length === 0) return undefined;
  const per1000 = (side: 'before' | 'after') => (1000 * shared.reduce((sum, each) => sum + each[side], 0)) / shared.length;
  return { before: per1000('before'), after: per1000('after') };
}

/** Median wall time of an answer of the version on the rows it was asked about. */
export function medianLatency({ outcomes }: SearchState, id: number): number | undefined {
  const latencies = [...outcomes[id]!.values()].flatMap((outcome) => outcome?.latencyMs ?? []).sort((one, other) => one - other);
  return latencies[Math.ceil(latencies.length / 2) - 1];
}
