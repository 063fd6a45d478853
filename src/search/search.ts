import type { Answer, Failure, ModelRequest } from '../domain/trial.ts';
import { conclude } from './conclude.ts';
import { type CandidateTrial, nextStep, type Step } from './decide.ts';
import type { SearchEvent } from './events.ts';
import type { Finding } from './finding.ts';
import { planSearch } from './plan.ts';
import type { Outcome } from './row.ts';
import { type SearchSetup, setupDigest } from './setup.ts';
import type { Budget, Spend } from './spend.ts';
import { fold, initialState, type SearchState } from './state.ts';

/** What a search asks of the outside. Nothing here throws for what a provider does, and none spends more than its allowance. */
export interface SearchPorts {
  /** Asks each trial's version about its row, scores the answers, and reports each as it settles. Those left out were cancelled. */
  evaluate(trials: readonly CandidateTrial[], allowance: Budget, settled: OnTrial): Promise<void>;
  /** Asks the proposer, and reports each reply as it settles. */
  propose(requests: readonly ModelRequest[], allowance: Budget, settled: OnReply): Promise<void>;
  /** Writes a line of the log down, before anything is done that follows from it. */
  record(event: SearchEvent): void;
}

/** `at`: index into what was asked. `outcome` is absent where the provider failed. */
export type OnTrial = (at: number, spend: Spend, outcome?: Outcome) => void;
export type OnReply = (at: number, spend: Spend, reply: Answer | Failure) => void;

/** What a search came to, and its log folded. */
export interface Searched {
  readonly finding: Finding;
  readonly state: SearchState;
}

/**
 * Searches for a better version of a prompt: propose, filter, race, confirm. `log`: the lines of an earlier job that was cut off; whatever the last of
 * them is, the finding is the one that it would have come to. The order of rows and of answers changes
 * nothing. RangeError for the log of another search.
 */
export async function search(given: SearchSetup, ports: SearchPorts, log: readonly SearchEvent[] = []): Promise<Searched> {
  const setup = { ...given, rows: given.rows.toSorted((one, other) => (one.example.id < other.example.id ? -1 : 1)) };
  let state = log.reduce(fold, initialState(setup));
  const plan = planSearch(setup);
  if ('refused' in plan) return { finding: { label: 'none', because: [{ rule: 'refused', refusal: plan.refused }] }, state };
  const write = (event: SearchEvent): void => {
    ports.record(event);
    state = fold(state, event);
  };
  if (state.planned === undefined) write({ kind: 'planned', setup: setupDigest(setup), search: plan.search, confirm: plan.confirm });
  if (state.planned?.setup !== setupDigest(setup))
    throw new RangeError('the log is that of another search: of other rows, texts or settings');
  for (;;) {
    const step = nextStep(setup, plan, state);
    if (step.kind === 'done') return { finding: step.finding, state };
    if (step.kind === 'record') write(step.event);
    else if (!(await asked(step, ports, write))) return { finding: interrupted(conclude(setup, plan, state)), state };
  }
}

/** Whether everything was settled; otherwise the search was cancelled meanwhile. */
async function asked(
  step: Extract<Step, { kind: 'evaluate' | 'propose' }>,
  ports: SearchPorts,
  write: (event: SearchEvent) => void,
): Promise<boolean> {
  let open = 0;
  if (step.kind === 'evaluate') {
    open = step.trials.length;
    await ports.evaluate(step.trials, step.allowance, (at, spend, outcome) => {
      const { candidate, row } = step.trials[at]!;
      open -= 1;
      write({ kind: 'scored', candidate, row, spend, ...(outcome && { outcome }) });
    });
  } else {
    open = step.requests.length;
    const requests = step.requests.map(({ request }) => request);
    await ports.propose(requests, step.allowance, (at, spend, reply) => {
      open -= 1;
      write({ kind: 'proposed', slot: step.requests[at]!.slot, spend, ...(reply.kind === 'answer' && { reply: reply.text }) });
    });
  }
  return open === 0;
}

/** What is known so far cannot be more than a suggestion. */
function interrupted(finding: Finding): Finding {
  return {
    ...finding,
    label: finding.label === 'verified' ? 'promising' : finding.label,
    because: [{ rule: 'interrupted' }, ...finding.because],
  };
}
