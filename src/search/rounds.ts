import type { OperatorName } from '../domain/operator.ts';
import { type RandomStream, randomStream } from '../stats/random.ts';
import { INCUMBENT } from './candidate.ts';
import type { SearchEvent, Slot } from './events.ts';
import { paretoFront } from './front.ts';
import { type Mates, matesIn } from './mates.ts';
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

/** Merges of a round, as long as there are versions to merge: they cost no proposal, and a race of one tells about all the edits in it. */
const MERGES = 2;

/**
 * Share of edits that change the incumbent and not a member of the front. In GEPA's published runs 81 % of a seed prompt's children were better than it,
 * and 43 % of later ones; what the children of one text gain, merges put together.
 */
const FIRST_GENERATION = 0.9;

type Opened = Extract<SearchEvent, { kind: 'opened' }>;

/** The next round of up to `breadth` candidates; no slots where no operator has anything to offer. */
export function openRound(setup: SearchSetup, state: SearchState, breadth: number): Opened {
  const round = state.rounds + 1;
  const slots: Slot[] = [];
  const offers = new Set<string>();
  const take = (slot: Slot): boolean => {
    const offer = offerOf(setup, state, round, slots.length, slot);
    if (offer === undefined || offers.has(offer)) return false;
    slots.push(slot);
    offers.add(offer);
    return true;
  };
  if (setup.operators.includes('merge')) {
    for (const mates of matesIn(state)) {
      if (slots.length >= Math.min(MERGES, breadth)) break;
      take(mergeSlot(state, mates, slots.length));
    }
  }
  const turns = ROTATION.filter((name) => setup.operators.includes(name));
  let cursor = state.cursor;
  for (let passed = 0; slots.length < breadth && passed < turns.length; cursor++)
    passed = take(editSlot(setup, state, turns[cursor % turns.length]!, round, slots)) ? 0 : passed + 1;
  return {
    kind: 'opened',
    round,
    order: orderFor(setup, state, round).slice(0, RACE_ROWS),
    slots,
    cursor: cursor % Math.max(1, turns.length),
  };
}

/** The last round, which proposes nothing: the best versions meet the rows that the races passed over. */
export function openRunoff(setup: SearchSetup, state: SearchState): Opened {
  const round = state.rounds + 1;
  return { kind: 'opened', round, order: orderFor(setup, state, round), slots: [], cursor: state.cursor };
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

/** What a slot would ask or make, as one text; undefined where that is nothing new, or takes a proposer that is not there. */
function offerOf(setup: SearchSetup, state: SearchState, round: number, at: number, slot: Slot): string | undefined {
  const proposal = proposalOf(setup, state, round, at, slot);
  if (proposal === undefined || (proposal.kind === 'ask' && setup.proposer === undefined)) return undefined;
  if (proposal.kind === 'text' && state.candidates.some(({ text }) => text === proposal.text)) return undefined;
  return JSON.stringify(proposal);
}

function mergeSlot({ attempts }: SearchState, { one, other, base }: Mates, before: number): Slot {
  return { operator: 'merge', parent: one, mate: { other, base }, attempt: (attempts.get('merge') ?? 0) + before };
}

function editSlot(setup: SearchSetup, state: SearchState, operator: OperatorName, round: number, before: readonly Slot[]): Slot {
  const attempt = (state.attempts.get(operator) ?? 0) + before.filter((slot) => slot.operator === operator).length;
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
