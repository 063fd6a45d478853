import type { OperatorName } from '../domain/operator.ts';
import { type RandomStream, randomStream } from '../stats/random.ts';
import { INCUMBENT } from './candidate.ts';
import type { SearchEvent, Slot } from './events.ts';
import { expectedGain } from './expected.ts';
import { paretoFront } from './front.ts';
import { areMerged, commonAncestor } from './lineage.ts';
import type { Proposal, Seen, Situation } from './operators/operator.ts';
import { operatorTable } from './operators/table.ts';
import { informativeOrder } from './order.ts';
import { RACE_ROWS } from './race.ts';
import type { SearchSetup } from './setup.ts';
import { scoredRows } from './standings.ts';
import type { SearchState } from './state.ts';

/** The order in which operators take turns after a merge. Those that have nothing to offer are passed over. */
const ROTATION: readonly OperatorName[] = [
  'first-draft',
  'contract',
  'format-line',
  'reflect',
  'cluster-rule',
  'label-definitions',
  'reflect',
  'cluster-rule',
  'example-selection',
  'reflect',
  'compress',
  'worked-example',
];

/**
 * Share of edits that change the incumbent and not a member of the front. In GEPA's published runs 81 % of a seed prompt's children were better than it,
 * and 43 % of later ones; what several children of one text gain, a merge can put together.
 */
const FIRST_GENERATION = 0.75;

type Opened = Extract<SearchEvent, { kind: 'opened' }>;

/** The next round of up to `breadth` candidates; no slots where no operator has anything to offer. */
export function openRound(setup: SearchSetup, state: SearchState, breadth: number): Opened {
  const round = state.rounds + 1;
  const slots: Slot[] = [];
  const offers = new Set<string>();
  const take = (operator: OperatorName): boolean => {
    const slot = slotFor(setup, state, operator, round, slots);
    const offer = slot && offerOf(setup, state, round, slots.length, slot);
    if (slot === undefined || offer === undefined || offers.has(offer)) return false;
    slots.push(slot);
    offers.add(offer);
    return true;
  };
  const turns = ROTATION.filter((name) => setup.operators.includes(name));
  let cursor = state.cursor;
  if (setup.operators.includes('merge')) take('merge');
  for (let passed = 0; slots.length < breadth && passed < turns.length; cursor++)
    passed = take(turns[cursor % turns.length]!) ? 0 : passed + 1;
  return {
    kind: 'opened',
    round,
    order: orderFor(setup, state, round).slice(0, RACE_ROWS),
    slots,
    cursor: cursor % Math.max(1, turns.length),
  };
}

/** What a slot's operator has to offer; the same whenever it is asked within the round. */
export function proposalOf(setup: SearchSetup, state: SearchState, round: number, at: number, slot: Slot): Proposal | undefined {
  const { parent, mate, operator, attempt } = slot;
  const textOf = (id: number) => state.candidates[id]!.text;
  const situation: Situation = {
    parent: textOf(parent),
    seen: seenBy(setup, state, parent),
    ...(mate && { mates: { base: textOf(mate.base), one: textOf(parent), other: textOf(mate.other) } }),
    ...(setup.signature && { signature: setup.signature }),
    attempt,
    stream: randomStream(setup.seed, `propose ${round} ${at}`),
    countTokens: setup.countTokens,
  };
  return operatorTable[operator].propose(situation);
}

/** What a slot would ask or make, as one text; undefined where that is nothing, or takes a proposer that is not there. */
function offerOf(setup: SearchSetup, state: SearchState, round: number, at: number, slot: Slot): string | undefined {
  const proposal = proposalOf(setup, state, round, at, slot);
  const isPossible = proposal !== undefined && (proposal.kind !== 'ask' || setup.proposer !== undefined);
  return isPossible ? JSON.stringify(proposal) : undefined;
}

/** Undefined for a merge where there are no two versions to merge. */
function slotFor(setup: SearchSetup, state: SearchState, operator: OperatorName, round: number, before: readonly Slot[]): Slot | undefined {
  const mates = operator === 'merge' ? matesOf(state) : undefined;
  if (operator === 'merge' && mates === undefined) return undefined;
  const attempt = (state.attempts.get(operator) ?? 0) + before.filter((slot) => slot.operator === operator).length;
  if (mates !== undefined) return { operator, parent: mates.one, mate: { other: mates.other, base: mates.base }, attempt };
  return { operator, parent: parentOf(state, randomStream(setup.seed, `parent ${round} ${before.length}`)), attempt };
}

/** The incumbent, or a member of the front by the rows it leads. */
function parentOf(state: SearchState, stream: RandomStream): number {
  if (stream.uniform() < FIRST_GENERATION) return INCUMBENT;
  const front = paretoFront(state);
  let ticket = stream.uniform() * front.reduce((sum, { led }) => sum + led, 0);
  for (const { id, led } of front) {
    ticket -= led;
    if (ticket < 0) return id;
  }
  return INCUMBENT;
}

/** The two versions of which the most is expected, of those that were not made from each other and not merged yet. */
function matesOf(state: SearchState): { one: number; other: number; base: number } | undefined {
  const best = state.front
    .filter((id) => id !== INCUMBENT)
    .toSorted((one, other) => expectedGain(state, other) - expectedGain(state, one) || one - other);
  for (const [at, one] of best.entries()) {
    for (const other of best.slice(at + 1)) {
      const base = commonAncestor(state, one, other);
      if (base !== undefined && !areMerged(state, one, other)) return { one, other, base };
    }
  }
  return undefined;
}

function seenBy({ rows }: SearchSetup, state: SearchState, id: number): readonly Seen[] {
  const known = new Set(scoredRows(state, id));
  return rows.flatMap(({ example }) => (known.has(example.id) ? [{ example, outcome: state.outcomes[id]!.get(example.id)! }] : []));
}

function orderFor({ rows, seed }: SearchSetup, state: SearchState, round: number): readonly string[] {
  const search = new Set(state.planned!.search);
  const known = rows
    .filter(({ example }) => search.has(example.id))
    .map(({ example: { id }, incumbent, history }) => ({
      id,
      incumbent: incumbent.score,
      scores: [...history, ...state.outcomes.slice(1).flatMap((outcomes) => outcomes.get(id)?.score ?? [])],
    }));
  return informativeOrder(known, randomStream(seed, `race ${round}`));
}
