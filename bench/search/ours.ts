import type { Effect, Pair } from '../../src/domain/verdict.ts';
import { effectOf, populationMethod } from '../../src/gate/compare.ts';
import { evidenceOf } from '../../src/gate/evidence.ts';
import { INCUMBENT } from '../../src/search/candidate.ts';
import type { SearchEvent } from '../../src/search/events.ts';
import { defaultOperators } from '../../src/search/operators/table.ts';
import type { Outcome, SearchRow } from '../../src/search/row.ts';
import { type Searched, type SearchPorts, search } from '../../src/search/search.ts';
import type { SearchSetup } from '../../src/search/setup.ts';
import type { SearchState } from '../../src/search/state.ts';
import { happens } from './chance.ts';
import { asEdits, ideaOf, reasonFor } from './proposer.ts';
import type { World } from './world.ts';

/** The effect as the gate computes it. */
export function gateEffect(pairs: readonly Pair[], alpha: number): Effect {
  const evidence = evidenceOf(pairs);
  return effectOf(evidence, populationMethod(evidence), 0, { alpha, margin: 0.05 });
}

export function setupFor(world: World, calls: number, more: Partial<SearchSetup> = {}): SearchSetup {
  return {
    ...baseSetup,
    incumbent: world.incumbent,
    rows: Array.from({ length: world.rows }, (_, row) => rowOf(world, row)),
    seed: world.seed,
    budget: { calls },
    ...more,
  };
}

/** What all measured searches have in common. */
export const baseSetup = {
  path: 'prompts/requests.md',
  costs: { trial: { calls: 1, usd: 0 }, proposal: { calls: 1, usd: 0 } },
  proposer: { model: 'proposer', params: {} },
  operators: defaultOperators,
  pastLooks: [],
  leastGain: 0,
  margin: 0.05,
  limits: {},
  countTokens: (text: string) => text.split(/\s+/).length,
  effectOf: gateEffect,
} as const;

function rowOf(world: World, row: number): SearchRow {
  const example = {
    id: `r${row}`,
    input: world.inputOf(row),
    vars: {},
    messages: [],
    expected: 'done',
    tags: [],
    source: { file: 'rows', line: row + 1 },
  };
  return { example, incumbent: outcomeOf(world, world.incumbent, row), history: [] };
}

export function outcomeOf(world: World, text: string, row: number): Outcome {
  const answer = world.answer(text, row);
  return {
    score: answer.score,
    reason: reasonFor(world, row, answer),
    answer: answer.readable ? (answer.score === 1 ? 'done' : 'not done') : 'well, it depends',
    ...(!answer.readable && { unreadable: true }),
  };
}

/** Counts every request that reaches it, whatever a client says. */
export class Meter {
  calls = 0;
}

/** The world behind our ports: attempts fail as its server would make them, and are made again while the allowance lasts. */
export function portsFor(world: World, meter: Meter, record: (event: SearchEvent) => void = () => {}): SearchPorts {
  const attempts = (name: string, most: number): { readonly made: number; readonly failed: boolean } => {
    for (let made = 1; made <= Math.min(3, most); made++) {
      meter.calls += 1;
      if (!happens(world.spec.failures ?? 0, world.seed, 'fails', name, made)) return { made, failed: false };
      if (made === Math.min(3, most)) return { made, failed: true };
    }
    return { made: 0, failed: true };
  };
  return {
    evaluate: async (trials, allowance, settled) => {
      let left = allowance.calls;
      for (const [at, { text, row }] of trials.entries()) {
        // What is still to be asked once comes before a second attempt.
        const { made, failed } = attempts(`${row} ${text}`, left - (trials.length - 1 - at));
        left -= made;
        settled(at, { calls: made, usd: 0 }, failed ? undefined : outcomeOf(world, text, Number(row.slice(1))));
      }
    },
    propose: async (requests, _allowance, settled) => {
      for (const [at, { messages }] of requests.entries()) {
        meter.calls += 1;
        const text = asEdits(ideaOf(world, messages.map(({ content }) => content).join('\n')));
        settled(at, { calls: 1, usd: 0 }, { kind: 'answer', text, finish: 'stop', latencyMs: 0 });
      }
    },
    record,
  };
}

export interface Ours extends Searched {
  readonly calls: number;
  /** What is recommended: the text of a finding, else the incumbent. */
  readonly best: string;
  /** What it would bet on without having to show anything. */
  readonly guess: string;
}

export async function searchWorld(world: World, calls: number, more: Partial<SearchSetup> = {}): Promise<Ours> {
  const meter = new Meter();
  const searched = await search(setupFor(world, calls, more), portsFor(world, meter));
  const { finding, state } = searched;
  const chosen = finding.label === 'none' ? INCUMBENT : finding.evidence!.candidate;
  return { ...searched, calls: meter.calls, best: state.candidates[chosen]!.text, guess: betOf(state) };
}

/** The text that a search would bet on without having to show anything: the one that its confirm rows were asked about. */
export function betOf({ chosen, candidates }: SearchState): string {
  return candidates[chosen?.candidate ?? INCUMBENT]!.text;
}
