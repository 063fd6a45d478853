import type { Harmed } from '../evaluate/early-stop.ts';
import { MISSING_LIMIT } from '../gate/decide.ts';
import { isHarmful, isStopLook } from '../gate/design.ts';
import { pairTrials } from '../gate/pairs.ts';
import type { Measurement } from './measurement.ts';

/** What ends a comparison early because of harm; undefined where none may end so. */
export function harmedBy(measurements: readonly Measurement[]): Harmed | undefined {
  const watched = new Map(
    measurements
      .filter(({ design, models }) => design.stopAlpha !== undefined && models.base !== undefined)
      .map((measurement) => [measurement.subject.name, measurement]),
  );
  if (watched.size === 0) return undefined;
  return (subject, count, planned, trials) => {
    const measurement = watched.get(subject);
    if (measurement === undefined || !isStopLook(count, planned)) return false;
    const { evalSet, rules, design } = measurement;
    const asked = new Uint8Array(evalSet.examples.length);
    for (const { example } of trials) asked[example] = 1;
    const { pairs, missing } = pairTrials(evalSet.examples, trials, (example) => asked[example] === 1);
    if (missing.length > MISSING_LIMIT * count) return false;
    return isHarmful(pairs, { ...rules, alpha: design.looks[0]!.alpha }, design.stopAlpha!);
  };
}
