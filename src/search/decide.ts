import type { StopReason } from '../domain/finding.ts';
import type { ModelRequest } from '../domain/trial.ts';
import { admit } from './admit.ts';
import { choose } from './choose.ts';
import { conclude } from './conclude.ts';
import type { SearchEvent } from './events.ts';
import { expectedLead, standingOf } from './expected.ts';
import type { Finding } from './finding.ts';
import { roundCost, type SearchPlan } from './plan.ts';
import { BREADTH, barriers, betterHalf, isFutile, ranked, type Standing } from './race.ts';
import { openRound, openRunoff, proposalOf } from './rounds.ts';
import { afterRunoffSlice, needsRunoff } from './runoff.ts';
import type { SearchSetup } from './setup.ts';
import { type Budget, covers, left, minus, type Spend, times, withRetries } from './spend.ts';
import { scoredRows } from './standings.ts';
import type { Round, SearchState } from './state.ts';
import { stopReason } from './stop.ts';

/** Share of a slice's rows that must have an answer. */
const ANSWERED = 0.8;
/** Share of its parent's tokens below which a version that scores the same is better. */
const SHORTER = 0.9;

/** A version on a row. */
export interface CandidateTrial {
  readonly candidate: number;
  readonly text: string;
  readonly row: string;
}

export interface SlotRequest {
  readonly slot: number;
  readonly request: ModelRequest;
}

/** What comes next: a decision to write down, something to ask, or the end. Asking must stay within `allowance`, retries included. */
export type Step =
  | { readonly kind: 'record'; readonly event: SearchEvent }
  | { readonly kind: 'evaluate'; readonly trials: readonly CandidateTrial[]; readonly allowance: Budget }
  | { readonly kind: 'propose'; readonly requests: readonly SlotRequest[]; readonly allowance: Budget }
  | { readonly kind: 'done'; readonly finding: Finding };

/** The next step of a search, as a function of its log alone: wherever it was cut off, it goes on as if it never had been. */
export function nextStep(setup: SearchSetup, plan: SearchPlan, state: SearchState): Step {
  if (state.chosen !== undefined) return confirmStep(setup, plan, state);
  if (state.round !== undefined) return roundStep(setup, plan, state, state.round);
  if (state.stopped !== undefined) return closingStep(setup, state);
  return openingStep(setup, plan, state);
}

const record = (event: SearchEvent): Step => ({ kind: 'record', event });

/** What the search may still use without touching what the confirmation needs. */
function forSearch({ budget }: SearchSetup, { reserve }: SearchPlan, { spent }: SearchState): Budget {
  return left(budget, spent, reserve);
}

/** What is left of the round's batch and its retries: the same whether it is asked in one go or was cut off in between. */
function batchAllowance(setup: SearchSetup, plan: SearchPlan, { spent }: SearchState, { batch }: Round, each: Spend): Budget {
  const atStart = left(setup.budget, batch.before, plan.reserve);
  return left(withRetries(atStart, times(each, batch.size)), minus(spent, batch.before));
}

function openingStep(setup: SearchSetup, plan: SearchPlan, state: SearchState): Step {
  const stop = (because: StopReason): Step => record({ kind: 'stopped', because });
  const because = stopReason(setup, state);
  if (because !== undefined) return stop(because);
  const room = (setup.limits.candidates ?? Number.POSITIVE_INFINITY) - (state.candidates.length - 1);
  if (room <= 0) return stop({ rule: 'candidates', candidates: state.candidates.length - 1 });
  const available = forSearch(setup, plan, state);
  const widest = Math.min(BREADTH, room);
  const breadth = Array.from({ length: widest }, (_, at) => widest - at).find((each) =>
    covers(available, roundCost(setup, each, plan.search.length)),
  );
  if (breadth === undefined) return stop({ rule: 'reserve-left' });
  const opened = openRound(setup, state, breadth);
  return opened.slots.length === 0 ? stop({ rule: 'nothing-to-try' }) : record(opened);
}

/** A last race where it can tell more, then the choice. */
function closingStep(setup: SearchSetup, state: SearchState): Step {
  const goesOn = state.stopped!.rule !== 'provider' && !state.ranOff && needsRunoff(state);
  return record(goesOn ? openRunoff(setup, state) : choose(setup, state));
}

function roundStep(setup: SearchSetup, plan: SearchPlan, state: SearchState, round: Round): Step {
  if (round.admitted === undefined) return proposingStep(setup, plan, state, round);
  const trials = round.racing.flatMap((id) => missing(state, id, round.order.slice(0, round.reach)));
  if (trials.length === 0) return record(afterSlice(setup, plan, state, round));
  return { kind: 'evaluate', trials, allowance: batchAllowance(setup, plan, state, round, setup.costs.trial) };
}

function proposingStep(setup: SearchSetup, plan: SearchPlan, state: SearchState, round: Round): Step {
  const { number, slots, replies } = round;
  const requests = slots.flatMap((slot, at): SlotRequest[] => {
    const proposal = proposalOf(setup, state, number, at, slot);
    if (proposal?.kind !== 'ask' || replies.has(at)) return [];
    const { model, params } = setup.proposer!;
    return [{ slot: at, request: { model, params, messages: proposal.messages } }];
  });
  if (requests.length === 0) return record({ kind: 'admitted', admissions: admit(setup, state) });
  return { kind: 'propose', requests, allowance: batchAllowance(setup, plan, state, round, setup.costs.proposal) };
}

/** Where the race goes from here: on with the better half, as far as the budget reaches, or to its end. */
function afterSlice(setup: SearchSetup, plan: SearchPlan, state: SearchState, round: Round): SearchEvent {
  if (state.ranOff) return afterRunoffSlice(state, round, forSearch(setup, plan, state), setup.costs.trial);
  const standings = round.racing.map((id) => standingOf(state, id));
  const reach = barriers(round.order.length).find((barrier) => barrier > round.reach);
  const isOver = standings.length === 0 || reach === undefined || (round.reach > 0 && isFutile(standings));
  const kept = isOver ? [] : affordableHalf(setup, plan, state, standings, reach - round.reach, round.reach === 0);
  if (kept.length > 0) return { kind: 'cut', kept: kept.map(({ id }) => id), reach: reach! };
  return { kind: 'closed', accepted: acceptedOf(state, round) };
}

function affordableHalf(
  setup: SearchSetup,
  plan: SearchPlan,
  state: SearchState,
  standings: readonly Standing[],
  further: number,
  isStart: boolean,
): readonly Standing[] {
  const half = isStart ? ranked(standings) : betterHalf(standings);
  const available = forSearch(setup, plan, state);
  for (let count = half.length; count > 0; count = isStart ? count - 1 : Math.floor(count / 2)) {
    if (covers(available, times(setup.costs.trial, count * further))) return half.slice(0, count);
  }
  return [];
}

/** Versions that reached the second slice and lead their parent there, or are level with it and shorter. */
function acceptedOf(state: SearchState, { order, admitted = [] }: Round): readonly number[] {
  const enough = ANSWERED * (barriers(order.length)[1] ?? order.length);
  return admitted.filter((id) => {
    const { parents, tokens } = state.candidates[id]!;
    const parent = state.candidates[parents[0]!]!;
    const lead = expectedLead(state, id);
    return scoredRows(state, id).length >= enough && (lead > 0 || (lead === 0 && tokens < SHORTER * parent.tokens));
  });
}

function confirmStep(setup: SearchSetup, plan: SearchPlan, state: SearchState): Step {
  const { candidate } = state.chosen!;
  const trials = candidate === undefined ? [] : missing(state, candidate, plan.confirm);
  if (trials.length > 0) return { kind: 'evaluate', trials, allowance: left(setup.budget, state.spent) };
  return { kind: 'done', finding: conclude(setup, plan, state) };
}

function missing({ outcomes, candidates }: SearchState, candidate: number, rows: readonly string[]): CandidateTrial[] {
  return rows.filter((row) => !outcomes[candidate]!.has(row)).map((row) => ({ candidate, text: candidates[candidate]!.text, row }));
}
