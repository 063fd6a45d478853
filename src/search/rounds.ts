import { type RandomStream, randomStream } from '../stats/random.ts';
import { INCUMBENT } from './candidate.ts';
import type { SearchEvent, Slot } from './events.ts';
import { paretoFront } from './front.ts';
import { areMerged, commonAncestor } from './lineage.ts';
import type { OperatorName, Proposal, Seen, Situation } from './operators/operator.ts';
import { operatorTable } from './operators/table.ts';
import { informativeOrder } from './order.ts';
import type { SearchSetup } from './setup.ts';
import { scoredRows, searchGain } from './standings.ts';
import type { SearchState } from './state.ts';

/** The order in which operators take turns. Those that have nothing to offer are passed over. */
const ROTATION: readonly OperatorName[] = [
  'merge',
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

/** The next round of up to `breadth` candidates; no slots where no operator has anything to offer. */
export function openRound(setup: SearchSetup, state: SearchState, breadth: number): Extract<SearchEvent, { kind: 'opened' }> {
  const round = state.rounds + 1;
  const turns = ROTATION.filter((name) => setup.operators.includes(name));
  const slots: Slot[] = [];
  const offers = new Set<string>();
  let cursor = state.cursor;
  for (let passed = 0; slots.length < breadth && passed < turns.length; cursor++) {
    const slot = slotFor(setup, state, turns[cursor % turns.length]!, round, slots);
    const offer = offerOf(setup, state, round, slots.length, slot);
    const isNew = slot !== undefined && offer !== undefined && !offers.has(offer);
    passed = isNew ? 0 : passed + 1;
    if (!isNew) continue;
    slots.push(slot);
    offers.add(offer);
  }
  return { kind: 'opened', round, order: orderFor(setup, state, round), slots, cursor: turns.length === 0 ? 0 : cursor % turns.length };
}

/** What a slot's operator has to offer; the same whenever it is asked within the round. */
export function proposalOf(setup: SearchSetup, state: SearchState, round: number, at: number, slot: Slot): Proposal | undefined {
  const { parent, mate, operator, attempt } = slot;
  const textOf = (id: number) => state.candidates[id]!.text;
  const situation: Situation = {
    parent: textOf(parent),
    seen: seenBy(setup, state, parent),
    ...(mate && { mates: { base: textOf(mate.base), one: textOf(parent), other: textOf(mate.other) } }),
    attempt,
    stream: randomStream(setup.seed, `propose ${round} ${at}`),
    countTokens: setup.countTokens,
  };
  return operatorTable[operator].propose(situation);
}

/** What a slot would ask or make, as one text; undefined where that is nothing, or takes a proposer that is not there. */
function offerOf(setup: SearchSetup, state: SearchState, round: number, at: number, slot: Slot | undefined): string | undefined {
  const proposal = slot && proposalOf(setup, state, round, at, slot);
  return proposal === undefined || (proposal.kind === 'ask' && setup.proposer === undefined) ? undefined : JSON.stringify(proposal);
}

/** Undefined where the operator needs two versions and there are no two. */
function slotFor(setup: SearchSetup, state: SearchState, operator: OperatorName, round: number, before: readonly Slot[]): Slot | undefined {
  const at = before.length;
  const called = before.filter((slot) => slot.operator === operator).length;
  const mate = operator === 'merge' ? matesOf(state, before) : undefined;
  if (operator === 'merge' && mate === undefined) return undefined;
  const parent = mate?.one ?? parentOf(state, randomStream(setup.seed, `parent ${round} ${at}`));
  return {
    operator,
    parent,
    ...(mate && { mate: { other: mate.other, base: mate.base } }),
    attempt: (state.attempts.get(operator) ?? 0) + called,
  };
}

/** The first round changes the incumbent; later ones a member of the front, by the rows it leads. */
function parentOf(state: SearchState, stream: RandomStream): number {
  const front = paretoFront(state);
  let ticket = stream.uniform() * front.reduce((sum, { led }) => sum + led, 0);
  for (const { id, led } of front) {
    ticket -= led;
    if (ticket < 0) return id;
  }
  return front.at(-1)?.id ?? INCUMBENT;
}

/** The two best members of the front that were not made from each other and not merged yet. */
function matesOf(state: SearchState, before: readonly Slot[]): { one: number; other: number; base: number } | undefined {
  const best = state.front
    .filter((id) => id !== INCUMBENT)
    .toSorted((one, other) => searchGain(state, other).lead - searchGain(state, one).lead || one - other);
  for (const [at, one] of best.entries()) {
    for (const other of best.slice(at + 1)) {
      const base = commonAncestor(state, one, other);
      const isPlanned = before.some(({ parent, mate }) => parent === one && mate?.other === other);
      if (base !== undefined && !isPlanned && !areMerged(state, one, other)) return { one, other, base };
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
