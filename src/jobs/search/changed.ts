import { changedPrompts, promptMatcher } from '../changed.ts';
import { evalSetFor } from '../evalsets.ts';
import { type Request, readPolicy } from '../policy.ts';
import type { World } from '../world.ts';

/** Paths of the prompts whose text a pull request changes or adds, and which have an eval set on the base branch, in path order. */
export async function optimizable(request: Request, world: Pick<World, 'openRevisions'>): Promise<string[]> {
  const revisions = await world.openRevisions();
  const { prompts } = await readPolicy(revisions, request);
  const changed = changedPrompts(revisions.changes, promptMatcher(prompts)).filter(({ status }) => status !== 'removed');
  const held = await Promise.all(
    changed.map(async (change) => ((await evalSetFor(revisions.policy, change, prompts)).evalSet === undefined ? [] : [change.path])),
  );
  return held.flat();
}
