import { planSearch, type SearchPlan } from '../../src/search/plan.ts';
import type { SearchSetup } from '../../src/search/setup.ts';

/** The plan of a search that is not refused. */
export function planOf(setup: SearchSetup): SearchPlan {
  const plan = planSearch(setup);
  if ('refused' in plan) throw new Error(plan.refused.rule);
  return plan;
}
