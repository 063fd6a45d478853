import type { CountedMetrics } from './bootstrap.ts';
import { type Interval, requireAlpha } from './interval.ts';
import { criticalT } from './student-t.ts';

/**
 * Intervals of `width` metrics from what they are without one group of examples after the other: theta -+ t_{g-1, 1-alpha} SE with
 * SE^2 = (g - 1)/g sum_j (theta_(j) - mean theta_(.))^2, over g groups into which the examples (or whole clusters) fell at random: the delete-a-group
 * jackknife (Shao & Wu, Ann. Statist. 17:1176, 1989). It takes g looks at all examples where a bootstrap takes thousands, and is for so many examples
 * that the metric is as good as normal: with few of them take the bootstrap. `groupOf`: the group of each example, from 0 to below `groups`.
 * Undefined for a metric without a value on all examples, or without one of the groups. RangeError for fewer than two groups.
 */
export function groupJackknives(
  metrics: CountedMetrics,
  width: number,
  { groupOf, groups }: { readonly groupOf: ArrayLike<number>; readonly groups: number },
  alpha: number,
): (Interval | undefined)[] {
  requireAlpha(alpha);
  if (!(groups >= 2)) throw new RangeError(`a jackknife needs at least two groups; there are ${groups}`);
  const counts = new Uint32Array(groupOf.length);
  const without = Array.from({ length: groups }, (_, group) => {
    for (let i = 0; i < counts.length; i++) counts[i] = groupOf[i] === group ? 0 : 1;
    return Array.from(metrics(counts));
  });
  const estimates = metrics(counts.fill(1));
  const t = criticalT(alpha, groups - 1);
  return Array.from({ length: width }, (_, k) => {
    const values = without.map((row) => row[k]!);
    const estimate = estimates[k]!;
    if (![estimate, ...values].every(Number.isFinite)) return undefined;
    const mean = values.reduce((sum, value) => sum + value, 0) / groups;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const reach = t * Math.sqrt(((groups - 1) / groups) * squares);
    return { estimate, lower: estimate - reach, upper: estimate + reach };
  });
}
