import type { Claim, StopReason } from '../domain/finding.ts';
import type { OperatorName } from '../domain/operator.ts';
import { type Candidate, INCUMBENT } from './candidate.ts';
import type { SearchEvent, Slot } from './events.ts';
import { spreadOf } from './order.ts';
import type { Outcome } from './row.ts';
import type { SearchSetup } from './setup.ts';
import { nothing, plus, type Spend } from './spend.ts';

/** What a version came to on the rows that it was asked about. `undefined`: the provider failed. */
export type Outcomes = ReadonlyMap<string, Outcome | undefined>;

/** A round under way. */
export interface Round {
  readonly number: number;
  /** Search rows, the most informative first. */
  readonly order: readonly string[];
  readonly slots: readonly Slot[];
  /** By slot, the proposer's reply; null where it failed. */
  readonly replies: ReadonlyMap<number, string | null>;
  /** Its candidates; absent before the drafts are filtered. */
  readonly admitted?: readonly number[];
  /** Those still racing. */
  readonly racing: readonly number[];
  /** Rows of the order that the racers are asked about. */
  readonly reach: number;
  /** What is being asked: how much of it there was, and what had been spent before. */
  readonly batch: { readonly size: number; readonly before: Spend };
}

/** Where a search stands: the fold of its log. */
export interface SearchState {
  /** By row, how far it can tell versions apart, as far as was known beforehand. */
  readonly spreads: ReadonlyMap<string, number>;
  readonly planned?: { readonly setup: string; readonly search: readonly string[]; readonly confirm: readonly string[] };
  readonly spent: Spend;
  readonly candidates: readonly Candidate[];
  /** By candidate. */
  readonly outcomes: readonly Outcomes[];
  /** How often each operator was called. */
  readonly attempts: ReadonlyMap<OperatorName, number>;
  /** Place in the rotation of operators. */
  readonly cursor: number;
  readonly round?: Round;
  /** Rounds that were closed. */
  readonly rounds: number;
  /** Rounds in a row that proposed something and brought no new member of the front. */
  readonly dry: number;
  /** Versions that did better than what they were made from, and the incumbent. */
  readonly front: readonly number[];
  readonly stopped?: StopReason;
  /** Whether the last race has begun: the round without proposals. */
  readonly ranOff?: boolean;
  readonly chosen?: { readonly candidate?: number; readonly claim?: Claim };
}

/** A search before its first line. */
export function initialState({ incumbent, rows, countTokens }: SearchSetup): SearchState {
  const known: Outcomes = new Map(rows.map(({ example, incumbent: outcome }) => [example.id, outcome]));
  return {
    spreads: new Map(
      rows.map(({ example, incumbent: { score }, history }) => [example.id, spreadOf({ incumbent: score, scores: history })]),
    ),
    spent: nothing,
    candidates: [{ id: INCUMBENT, text: incumbent, tokens: countTokens(incumbent), parents: [], why: '' }],
    outcomes: [known],
    attempts: new Map(),
    cursor: 0,
    rounds: 0,
    dry: 0,
    front: [INCUMBENT],
  };
}

/** The state after one more line. */
export function fold(state: SearchState, event: SearchEvent): SearchState {
  switch (event.kind) {
    case 'planned':
      return { ...state, planned: event };
    case 'opened':
      return opened(state, event);
    case 'proposed': {
      const replies = new Map(state.round!.replies).set(event.slot, event.reply ?? null);
      return { ...state, spent: plus(state.spent, event.spend), round: { ...state.round!, replies } };
    }
    case 'admitted':
      return admitted(state, event);
    case 'scored': {
      const scored = new Map(state.outcomes[event.candidate]).set(event.row, event.outcome);
      return { ...state, spent: plus(state.spent, event.spend), outcomes: state.outcomes.with(event.candidate, scored) };
    }
    case 'cut':
      return { ...state, round: cut(state, event) };
    case 'closed': {
      const { round: _, ...rest } = state;
      const dry = event.accepted.length > 0 ? 0 : state.dry + (state.ranOff ? 0 : 1);
      return { ...rest, rounds: state.rounds + 1, dry, front: [...state.front, ...event.accepted] };
    }
    case 'stopped':
      return { ...state, stopped: event.because };
    case 'chosen':
      break;
  }
  return { ...state, chosen: event };
}

function opened(state: SearchState, { round, order, slots, cursor }: Extract<SearchEvent, { kind: 'opened' }>): SearchState {
  const attempts = new Map(state.attempts);
  for (const { operator } of slots) attempts.set(operator, (attempts.get(operator) ?? 0) + 1);
  return {
    ...state,
    attempts,
    cursor,
    ...(slots.length === 0 && { ranOff: true }),
    round: { number: round, order, slots, replies: new Map(), racing: [], reach: 0, batch: { size: slots.length, before: state.spent } },
  };
}

function cut({ round, outcomes, spent }: SearchState, { kept, reach }: Extract<SearchEvent, { kind: 'cut' }>): Round {
  const rows = round!.order.slice(0, reach);
  const size = kept.reduce((sum, id) => sum + rows.filter((row) => !outcomes[id]!.has(row)).length, 0);
  return { ...round!, racing: kept, reach, batch: { size, before: spent } };
}

function admitted(state: SearchState, { admissions }: Extract<SearchEvent, { kind: 'admitted' }>): SearchState {
  const { slots, replies } = state.round!;
  const drafts = admissions.flatMap((admission) => ('text' in admission ? [admission] : []));
  const added = drafts.map(({ slot, text, tokens, why }, at): Candidate => {
    const { parent, mate, operator } = slots[slot]!;
    const parents = mate === undefined ? [parent] : [parent, mate.other];
    // Where both change the same lines the proposer makes something of them that is not their sum.
    const ancestor = replies.has(slot) ? undefined : mate?.base;
    return { id: state.candidates.length + at, text, tokens, parents, ...(ancestor !== undefined && { ancestor }), operator, why };
  });
  return {
    ...state,
    candidates: [...state.candidates, ...added],
    outcomes: [...state.outcomes, ...added.map(() => new Map())],
    round: { ...state.round!, admitted: added.map(({ id }) => id), racing: added.map(({ id }) => id) },
  };
}
