import type { Noise } from '../domain/agreement.ts';
import type { RunOutcome } from '../evaluate/run.ts';
import type { TrustRule } from '../gate/agreement.ts';
import type { Settings } from '../settings/settings.ts';
import type { Measurement } from './measurement.ts';
import { noiseCheckOf } from './noise.ts';
import type { PairJudging } from './pairs.ts';
import { alsoSpent, gradeRecorded, type RecordedOptions } from './recorded.ts';
import type { Asked } from './settle.ts';
import { calibrationOf, type Trust } from './trust.ts';

/** Grades answers that people labelled, before any other: how far a judge is trusted decides what its grades may do. */
export async function calibrate(
  measurements: readonly Measurement[],
  rule: TrustRule,
  options: RecordedOptions,
): Promise<{ readonly trusts: ReadonlyMap<string, Trust>; readonly outcome?: RunOutcome }> {
  const { recorded, grade, trusts } = calibrationOf(measurements);
  if (recorded.length === 0) return { trusts: trusts(new Map(), rule) };
  const { grades, outcome } = await gradeRecorded(recorded, grade, options);
  return { trusts: trusts(grades, rule), outcome };
}

interface Heard {
  readonly asked: Asked;
  readonly trusts: ReadonlyMap<string, Trust>;
}

/** Asks judges once more about the base's answers, where a team wants to know how far they move. */
export async function askedAgain(
  gates: readonly Measurement[],
  { asked, trusts }: Heard,
  options: RecordedOptions,
  { judge }: Settings,
): Promise<Heard> {
  if (!judge.noise || asked.outcome.stopped !== undefined) return { asked, trusts };
  const { recorded, grade, noises } = noiseCheckOf(gates, asked.outcome);
  if (recorded.length === 0) return { asked, trusts };
  const { grades, outcome } = await gradeRecorded(recorded, grade, options);
  const found = noises(grades);
  return {
    asked: { ...asked, outcome: alsoSpent(asked.outcome, outcome) },
    trusts: new Map([...trusts].map(([subject, trust]) => [subject, withNoise(trust, found.get(subject))])),
  };
}

function withNoise(trust: Trust, noises: readonly (Noise | undefined)[] = []): Trust {
  const judges = trust.judges.map((judge, index) => ({ ...judge, ...(noises[index] && { noise: noises[index] }) }));
  return { ...trust, judges };
}

/** With how often the order decided what judges preferred, where they compared pairs. */
export function withBias(trusts: ReadonlyMap<string, Trust>, pairs: PairJudging): ReadonlyMap<string, Trust> {
  return new Map(
    [...trusts].map(([subject, trust]) => {
      const position = pairs.biasOf(subject);
      return [subject, position === undefined ? trust : { ...trust, judges: trust.judges.map((judge) => ({ ...judge, position })) }];
    }),
  );
}
