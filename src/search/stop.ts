import type { StopReason } from '../domain/finding.ts';
import { INCUMBENT } from './candidate.ts';
import type { SearchSetup } from './setup.ts';
import type { SearchState } from './state.ts';

/** Rounds in a row without anything better that end a search. */
const DRY_ROUNDS = 3;
/** Share of answers that candidates must change, as long as none is better. */
const LEAST_CHANGED = 0.03;
/** Answers before that share means anything: where one in ten changes, not even two of so many do in one search of seventy. */
const FEWEST_SCREENED = 60;
/** Share of failures that means that the provider is gone. */
const MOST_FAILED = 0.5;
const FEWEST_FAILED = 8;

/** Why no further round makes sense, whatever there is left to spend. */
export function stopReason(setup: SearchSetup, state: SearchState): StopReason | undefined {
  return providerGone(state) ?? thresholdReached(setup, state) ?? withoutHeadroom(state) ?? dry(state);
}

function providerGone({ candidates, outcomes }: SearchState): StopReason | undefined {
  const asked = candidates.slice(1).flatMap(({ id }) => [...outcomes[id]!.values()]);
  const recent = asked.slice(-2 * FEWEST_FAILED);
  const failed = recent.filter((outcome) => outcome === undefined).length;
  return failed >= FEWEST_FAILED && failed > MOST_FAILED * recent.length ? { rule: 'provider', failed, asked: recent.length } : undefined;
}

function thresholdReached({ threshold }: SearchSetup, state: SearchState): StopReason | undefined {
  if (threshold === undefined) return undefined;
  for (const id of state.front) {
    if (id === INCUMBENT) continue;
    const score = imputedScore(state, id);
    if (score >= threshold) return { rule: 'threshold-reached', score };
  }
  return undefined;
}

/** Mean score on the search rows; one that was not asked about counts as the incumbent's, since those asked are the ones most likely to change. */
function imputedScore({ planned, outcomes }: SearchState, id: number): number {
  const { search } = planned!;
  const sum = search.reduce((so, row) => so + (outcomes[id]!.get(row)?.score ?? outcomes[INCUMBENT]!.get(row)!.score), 0);
  return sum / search.length;
}

function withoutHeadroom({ front, candidates, outcomes }: SearchState): StopReason | undefined {
  if (front.length > 1) return undefined;
  const incumbent = outcomes[INCUMBENT]!;
  const answers = candidates
    .slice(1)
    .flatMap(({ id }) => [...outcomes[id]!].flatMap(([row, outcome]) => (outcome ? [[row, outcome] as const] : [])));
  const changed = answers.filter(([row, { score }]) => score !== incumbent.get(row)!.score).length;
  const isFlat = answers.length >= FEWEST_SCREENED && changed < LEAST_CHANGED * answers.length;
  return isFlat ? { rule: 'no-headroom', changed, rows: answers.length } : undefined;
}

function dry(state: SearchState): StopReason | undefined {
  return state.dry >= DRY_ROUNDS ? { rule: 'dry', rounds: state.dry } : undefined;
}
