import { UserError } from '../domain/problem.ts';
import { pullsFrom } from '../edges/github/pull.ts';
import type { Trigger } from '../edges/github/trigger.ts';
import { checkEvent } from './check.ts';
import type { Occasion } from './occasion.ts';
import { publishIdle } from './publish.ts';

/**
 * Checks a fork's pull request on the default branch, with secrets, at the commit that was approved. Which pull request that is GitHub is
 * asked. Where the fork has pushed since, nothing is evaluated: that commit is not the approved one.
 */
export async function checkFork(occasion: Occasion<Extract<Trigger, { readonly kind: 'second-stage' }>>): Promise<number> {
  const { trigger, client, repository, inputs } = occasion;
  if (inputs.maxCalls === '' && inputs.maxCostUsd === '')
    throw new UserError({
      file: 'max-calls',
      what: 'a fork’s prompts are evaluated within a fixed budget only, and none is given',
      fix: 'Give the step `max-calls` or `max-cost-usd`.',
    });
  const [pull, ...others] = await pullsFrom(client, repository, trigger);
  if (pull === undefined)
    return publishIdle(`No open pull request has ${trigger.headSha.slice(0, 7)} as its newest commit any more, so nothing is evaluated.`);
  if (others.length > 0)
    return publishIdle(`Several pull requests have ${trigger.headSha.slice(0, 7)} as their newest commit: close all but one.`);
  return checkEvent({
    ...occasion,
    trigger: {
      kind: 'pull-request',
      range: { base: pull.base.ref, head: trigger.headSha },
      number: pull.number,
      headRepository: trigger.headRepository,
      fork: true,
      dependabot: false,
      closed: false,
      opened: false,
      since: trigger.since,
    },
  });
}
