import type { Failure, ModelRequest } from '../../domain/trial.ts';
import { planTrials } from '../../evaluate/plan.ts';
import { runTrials } from '../../evaluate/run.ts';
import type { OnReply, SearchPorts } from '../../search/search.ts';
import { nothing } from '../../search/spend.ts';
import { Batch } from './batch.ts';
import type { Means } from './means.ts';
import { type Spending, spendOf } from './spending.ts';

/** Asks the proposer, at the pace and below the caps of the run. */
export function proposing(means: Means, spending: Spending): SearchPorts['propose'] {
  return async (requests: readonly ModelRequest[], allowance, settled) => {
    const batch = new Batch<Parameters<OnReply>[2]>(settled);
    const examples = requests.map((request, at) => ({ exampleId: String(at), requests: { head: request } }));
    const plan = planTrials([{ name: 'proposals', seed: 'proposals', repeats: 1, examples }]);
    const outcome = await runTrials(plan, {
      ...spending.options(means.proposer, allowance),
      grade: ({ example }, answer) => {
        batch.settle(example, spendOf(requests[example]!, answer, means.settings), answer);
        return { value: 1, pass: true, reason: '' };
      },
    });
    spending.add(outcome);
    if (batch.end(requests.length, noReply, outcome, spending.lost)) spending.lost = nothing;
  };
}

const noReply: Failure = { kind: 'failure', reason: 'server-error', sentence: 'The proposer did not answer.', retryable: false };
