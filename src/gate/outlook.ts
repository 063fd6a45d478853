import { mapped } from '../domain/sequence.ts';
import type { Outlook, Pair } from '../domain/verdict.ts';
import { examplesToSettle, examplesWithoutFlips, repeatsToSettle, resolvableMargin, resolvableWithoutFlips } from '../stats/power.ts';
import { varianceSplit } from '../stats/repeats.ts';
import type { Limits } from './compare.ts';
import type { Evidence } from './evidence.ts';
import { designEffect } from './shared-origins.ts';

/** Chance with which the examples or repeats named as needed settle a harmless edit. */
const POWER = 0.8;

/** What these examples can rule out, and what more would settle the margin if nothing changed. Plans, not verdicts. */
export function outlookOf(evidence: Evidence, { alpha, margin }: Limits): Outlook {
  const { differences, clusters } = evidence;
  const n = evidence.pairs.length;
  const variance = evidence.meanSquare * Math.max(1, (clusters && designEffect(differences, clusters)) ?? 1);
  const needed = Math.max(examplesToSettle(variance, margin, alpha, POWER), examplesWithoutFlips(margin, alpha));
  const repeats = n < needed ? moreRepeats(evidence, { alpha, margin }) : undefined;
  return {
    resolvableDrop: Math.max(resolvableMargin(Math.sqrt(variance), n, alpha, POWER), resolvableWithoutFlips(n, alpha)),
    moreExamples: Math.max(0, needed - n),
    ...(repeats !== undefined && { repeats }),
  };
}

/** head − base of each run. */
function differences({ repeats }: Pair): Float64Array {
  const { base, head } = repeats!;
  return Float64Array.from(head, (value, run) => value - base[run]!);
}

/** Absent with one run per example, whose spread is unknown, and where the examples' own spread is too much or there are too few of them. */
function moreRepeats({ pairs, repeats, clusters }: Evidence, { alpha, margin }: Limits): number | undefined {
  const n = pairs.length;
  if (repeats < 2 || clusters !== undefined || n < examplesWithoutFlips(margin, alpha)) return undefined;
  const split = varianceSplit([...mapped(pairs, differences)]);
  const needed = split && repeatsToSettle(split.between, split.within, n, margin, alpha, POWER);
  return needed !== undefined && needed > repeats ? needed : undefined;
}
