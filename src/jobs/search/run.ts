import type { Refusal } from '../../domain/finding.ts';
import type { Caps } from '../../domain/policy.ts';
import type { Spent } from '../../domain/trial.ts';
import { priceOf } from '../../evaluate/bounds.ts';
import type { SearchRun } from '../../report/model.ts';
import type { SearchReport } from '../../report/search/model.ts';
import { textHash } from '../../search/conclude.ts';
import { readEvents } from '../../search/log.ts';
import type { Look } from '../../search/looks.ts';
import { planSearch, type SearchPlan } from '../../search/plan.ts';
import { type Searched, search } from '../../search/search.ts';
import { type SearchSetup, setupDigest } from '../../search/setup.ts';
import type { SearchState } from '../../search/state.ts';
import type { Prepared } from '../look-up.ts';
import type { World } from '../world.ts';
import { evaluating } from './evaluate.ts';
import { openMeans } from './means.ts';
import { proposing } from './propose.ts';
import { medianLatency, planReport, searchReport } from './report.ts';
import type { Searchable } from './searchable.ts';
import { setupOf, type Terms } from './setup.ts';
import { Spending } from './spending.ts';

/** What a search came to, and what it took. */
export interface SearchedPrompt {
  readonly report: SearchReport;
  /** Absent where nothing was searched. */
  readonly run?: SearchRun;
  readonly spent: Spent;
  /** Present where a version met confirm rows. */
  readonly look?: Look;
}

type Ground = Pick<Prepared, 'settings' | 'revisions'>;

/**
 * Searches for a better version of one prompt: plans, says so, asks, and reports. Spends nothing where the plan is refused. What an attempt at
 * the same left that was cut off is taken up where it ended.
 */
export async function searchPrompt(one: Searchable, ground: Ground, terms: Terms, world: World): Promise<SearchedPrompt> {
  const { settings } = ground;
  const planned = preflight(one, ground, terms);
  if ('refused' in planned) return refusedSearch(planned.refused, settings.search.seed);
  const { setup, plan, shown } = planned;
  world.onSearchPlan?.(shown);
  const { searched, spending } = await asked(one, setup, ground, terms.caps, world);
  const { state } = searched;
  const { calls, costUsd } = spending.spent;
  const latencyMs = latencies(one, searched);
  return {
    report: searchReport(one, settings, searched, shown),
    run: { calls, cached: spending.cached, ...(costUsd !== undefined && { costUsd }), ...(latencyMs && { latencyMs }) },
    spent: spending.spent,
    ...lookAt(state, plan),
  };
}

/** What a search would do, or why there can be none. Spends nothing. */
export function preflight(one: Searchable, ground: Ground, terms: Terms) {
  const setup = setupOf(one, ground.settings, terms);
  if ('refused' in setup) return setup;
  const plan = planSearch(setup);
  if ('refused' in plan) return plan;
  return { setup, plan, shown: planReport(setup, plan, isPriced(setup, one, ground)) };
}

/** What a search that is not begun comes to. */
export function refusedSearch(refusal: Refusal, seed: number): SearchedPrompt {
  const report: SearchReport = {
    finding: 'none',
    because: [{ rule: 'refused', refusal }],
    seed,
    spent: { calls: 0, usd: 0 },
    candidates: 0,
    rounds: 0,
  };
  return { report, spent: nothingSpent };
}

const nothingSpent: Spent = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

async function asked(one: Searchable, setup: SearchSetup, ground: Ground, caps: Caps, world: World) {
  const digest = setupDigest(setup);
  const means = await openMeans(one, setup, ground, { digest, caps }, world);
  const log = means.keepsLog ? world.openSearchLog?.(digest, ground.settings) : undefined;
  const spending = new Spending(means, means.lost);
  let isOver = false;
  try {
    const searched = await search(
      setup,
      {
        evaluate: evaluating(one, means, spending),
        propose: proposing(means, spending),
        record: (event) => log?.append(event),
      },
      readEvents(log?.lines ?? []),
    );
    isOver = !searched.finding.because.some(({ rule }) => rule === 'interrupted');
    return { searched, spending };
  } finally {
    log?.close(isOver);
    await means.close(isOver);
  }
}

function isPriced({ proposer }: SearchSetup, { measurement }: Searchable, { settings: { prices } }: Ground): boolean {
  const models = [measurement.models.head, ...measurement.judges, ...(proposer ? [proposer.model] : [])];
  return models.every((model) => priceOf(model, prices) !== undefined);
}

function lookAt({ chosen, candidates, outcomes }: SearchState, { confirm, confirmDigest }: SearchPlan): { look?: Look } {
  const candidate = chosen?.candidate;
  if (candidate === undefined || !confirm.some((row) => outcomes[candidate]!.has(row))) return {};
  return { look: { text: textHash(candidates[candidate]!.text), rows: confirmDigest } };
}

function latencies({ latenciesMs }: Searchable, { finding, state }: Searched): SearchRun['latencyMs'] {
  if (finding.label === 'none' || finding.evidence === undefined) return undefined;
  const after = medianLatency(state, finding.evidence.candidate);
  const before = latenciesMs.toSorted()[Math.ceil(latenciesMs.length / 2) - 1];
  return before === undefined || after === undefined ? undefined : { before, after };
}
