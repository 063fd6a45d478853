import type { Claim } from '../domain/finding.ts';
import { type Candidate, INCUMBENT } from './candidate.ts';
import type { SearchEvent } from './events.ts';
import { expectedGain } from './expected.ts';
import type { SearchSetup } from './setup.ts';
import type { SearchState } from './state.ts';

/** Points of score that doubling the prompt's length must be worth. */
const TOKEN_WEIGHT = 0.02;
/** Share of the tokens that a version must save for "shorter" to be worth a claim. */
const LEAST_SAVED = 0.1;

/**
 * The version whose claim is put to the confirm rows: of those within the limits that met all search rows, or else of all, the one that is expected to
 * gain most, less what its length costs. Where none gains, the shortest of those that lose nothing. It may be none.
 */
export function choose(setup: SearchSetup, state: SearchState): Extract<SearchEvent, { kind: 'chosen' }> {
  const eligible = state.front
    .filter((id) => id !== INCUMBENT)
    .map((id) => state.candidates[id]!)
    .filter((candidate) => keepsLimits(setup, state, candidate));
  const whole = eligible.filter(({ id }) => hasMetAll(state, id));
  const gaining = (whole.length > 0 ? whole : eligible).filter(({ id }) => expectedGain(state, id) > 0);
  if (gaining.length > 0)
    return chosen(
      'better',
      best(gaining, (candidate) => worthOf(state, candidate)),
    );
  const incumbent = state.candidates[INCUMBENT]!;
  const shorter = eligible.filter(({ id, tokens }) => expectedGain(state, id) >= 0 && tokens <= (1 - LEAST_SAVED) * incumbent.tokens);
  if (shorter.length > 0)
    return chosen(
      'shorter',
      best(shorter, ({ tokens }) => -tokens),
    );
  return { kind: 'chosen' };
}

function chosen(claim: Claim, { id }: Candidate): Extract<SearchEvent, { kind: 'chosen' }> {
  return { kind: 'chosen', candidate: id, claim };
}

function best(candidates: readonly Candidate[], value: (candidate: Candidate) => number): Candidate {
  return candidates.reduce((so, candidate) => (value(candidate) > value(so) ? candidate : so));
}

/** Those that fell out of the last race had their chance; what they promised on some rows is no match for what others did on all. */
function hasMetAll({ planned, outcomes }: SearchState, id: number): boolean {
  return planned!.search.every((row) => outcomes[id]!.has(row));
}

function worthOf(state: SearchState, { id, tokens }: Candidate): number {
  const growth = tokens / Math.max(1, state.candidates[INCUMBENT]!.tokens) - 1;
  return expectedGain(state, id) - TOKEN_WEIGHT * growth;
}

function keepsLimits({ limits }: SearchSetup, { outcomes }: SearchState, { id, tokens }: Candidate): boolean {
  if (limits.tokens !== undefined && tokens > limits.tokens) return false;
  const latencies = [...outcomes[id]!.values()].flatMap((outcome) => outcome?.latencyMs ?? []).sort((one, other) => one - other);
  const p95 = latencies[Math.ceil(0.95 * latencies.length) - 1];
  return limits.latencyMs === undefined || p95 === undefined || p95 <= limits.latencyMs;
}
