import { costOf } from '../evaluate/cost.ts';
import { planTrials } from '../evaluate/plan.ts';
import { besides } from './consults.ts';
import { freeOf } from './free.ts';
import { asks, consultsOf, measurementsIn, type Prepared } from './look-up.ts';
import type { Case } from './prepare.ts';
import { type Known, openKnown } from './sources.ts';
import type { PlanSummary, World } from './world.ts';

/** What the plan takes besides what is known; undefined where nothing is to be asked. */
export async function planSummary({ cases, plan, settings }: Prepared, known: Known): Promise<PlanSummary | undefined> {
  if (plan.length === 0) return undefined;
  const measurements = measurementsIn(cases);
  const free = await freeOf(measurements, plan, known);
  const cost = costOf(plan, settings.prices, consultsOf(cases), besides(measurements, settings, free.labelled), free);
  const settling = known.isLive ? mostToSettle(cases, settings.prices) : {};
  return { ...cost, prompts: cases.filter(asks).length, trials: plan.length, caps: settings.caps, ...settling };
}

/** The same where nothing else is to happen: nobody is asked, and nothing is written. UserError where a recording is broken, or not there. */
export async function planAlone(prepared: Prepared, world: World): Promise<PlanSummary | undefined> {
  const known = await openKnown(prepared, world);
  try {
    return await planSummary(prepared, known);
  } finally {
    await known.close();
  }
}

/** What every further look would take if no verdict were ever settled. */
function mostToSettle(cases: readonly Case[], prices: Prepared['settings']['prices']): Pick<PlanSummary, 'settling'> {
  const further = cases.flatMap(({ gate }) => {
    const most = gate?.design.looks.at(-1)?.repeats ?? 0;
    if (gate?.models.base === undefined || most <= gate.subject.repeats) return [];
    return [{ ...gate.subject, repeats: most, asked: gate.subject.repeats }];
  });
  if (further.length === 0) return {};
  return { settling: costOf(planTrials(further), prices, consultsOf(cases)).most };
}
