import { type Sequence, some } from '../domain/sequence.ts';
import type { Prices } from '../evaluate/bounds.ts';
import type { SubjectTrial } from '../evaluate/plan.ts';
import { armsOf } from '../gate/compare.ts';
import { flakinessOf } from '../gate/design.ts';
import { MOST_SLICES, slicesLeftOut } from '../gate/slices.ts';
import type { DesignReport } from '../report/model.ts';
import { bare, broken, type Conclusion, tablesOf } from './conclusion.ts';
import { criteriaOf } from './criteria.ts';
import { type Detail, flipsOf } from './flips.ts';
import { judged } from './judged.ts';
import type { Measurement } from './measurement.ts';
import { withIntervals } from './metrics.ts';
import { remarksOf } from './remarks.ts';
import type { Looked } from './settle.ts';

/** Two versions on the same examples: whatever their pairs bear out. `given`: the trials as they count. */
export function concludeBoth(
  measurement: Measurement,
  given: Sequence<SubjectTrial>,
  looked: Looked,
  { prices, endedAfter, detail }: { readonly prices: Prices; readonly endedAfter: number | undefined; readonly detail: Detail },
): Conclusion {
  const { trials, paired, scored, gathered: all, metrics, judgement } = judged(measurement, given, looked.at, prices, endedAfter);
  const { verdict, because, effect, outlook, slices } = judgement;
  const { pairs } = paired;
  const { notes, constraints } = remarksOf(trials, measurement.evalSet.examples, detail);
  const criteria = effect === undefined ? [] : criteriaOf(measurement.evalSet, trials, pairs, effect.alpha);
  return {
    judgement: { verdict, because },
    comparison: {
      ...bare(measurement),
      ...broken(constraints),
      ...(effect && { ...armsOf(pairs), effect }),
      ...(outlook && { outlook }),
      ...(some(pairs, ({ repeats }) => repeats !== undefined) && { flaky: flakinessOf(pairs) }),
      ...designReport(measurement, looked, endedAfter),
      metrics: effect === undefined ? [] : withIntervals(metrics, all, scored, pairs, effect.alpha, measurement.evalSet.digest),
      ...(criteria.length > 0 && { criteria }),
      ...(effect && tablesOf(all)),
      slices: slices.map(({ name, pairs: members, effect: own, isProtected }) => ({
        name,
        ...armsOf(members),
        effect: own,
        ...(isProtected && { isProtected }),
      })),
      examples: effect === undefined ? [] : flipsOf(pairs, trials, measurement.evalSet.examples, detail),
    },
    notes: [...notes, ...untoldSlices(slicesLeftOut(pairs, slices))],
  };
}

function untoldSlices(count: number): string[] {
  if (count === 0) return [];
  return [
    `The ${MOST_SLICES} largest slices are compared; ${count} further ${count === 1 ? 'tag is' : 'tags are'} not. \`gate.protected\` can name what must be.`,
  ];
}

function designReport({ design, evalSet }: Measurement, { at, cut }: Looked, endedAfter: number | undefined): { design?: DesignReport } {
  const { stopAlpha, looks } = design;
  if (stopAlpha === undefined && looks.length === 1) return {};
  const stopped = endedAfter === undefined ? {} : { stopped: { examples: endedAfter, of: evalSet.examples.length } };
  const settle = { repeats: looks.map(({ repeats }) => repeats), alpha: looks[0]!.alpha, looks: at + 1, ...(cut && { cut }) };
  return {
    design: {
      ...(stopAlpha !== undefined && { earlyStop: { alpha: stopAlpha, ...stopped, ...(evalSet.stages && { stages: evalSet.stages }) } }),
      ...(looks.length > 1 && { settle }),
    },
  };
}
