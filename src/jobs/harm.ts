import type { Sequence } from '../domain/sequence.ts';
import type { Arm } from '../domain/trial.ts';
import type { Harmed } from '../evaluate/early-stop.ts';
import type { SubjectTrial } from '../evaluate/plan.ts';
import { MISSING_LIMIT } from '../gate/decide.ts';
import { isHarmful, isStopLook } from '../gate/design.ts';
import { pairTrials } from '../gate/pairs.ts';
import { HarmProcess } from '../stats/e-process.ts';
import type { Measurement } from './measurement.ts';

/** A product of a million factors depends on their order by less than this share of it. */
const ROUNDING = 1e-6;

/** What is needed of a measurement to watch it. */
interface Watched extends Pick<Measurement, 'rules' | 'design' | 'models'> {
  readonly subject: Pick<Measurement['subject'], 'name'>;
  readonly evalSet: Pick<Measurement['evalSet'], 'examples'>;
}

/** What ends a comparison early because of harm; undefined where none may end so. */
export function harmedBy(measurements: readonly Watched[]): Harmed | undefined {
  const watched = new Map(
    measurements
      .filter(({ design, models }) => design.stopAlpha !== undefined && models.base !== undefined)
      .map((measurement) => [measurement.subject.name, { measurement, first: new FirstExamples() }]),
  );
  if (watched.size === 0) return undefined;
  return (subject, count, planned, trials) => {
    const one = watched.get(subject);
    if (one === undefined) return false;
    if (!one.first.isNext(count)) one.first = new FirstExamples();
    one.first.takeIn(trials, count);
    if (!isStopLook(count, planned)) return false;
    const { evalSet, rules, design } = one.measurement;
    const { missing, evidence } = one.first;
    if (missing > MISSING_LIMIT * count || evidence < (1 - ROUNDING) / design.stopAlpha!) return false;
    const asked = new Uint8Array(evalSet.examples.length);
    for (const { example } of trials) asked[example] = 1;
    const { pairs } = pairTrials(evalSet.examples, trials, (example) => asked[example] === 1);
    return isHarmful(pairs, { ...rules, alpha: design.looks[0]!.alpha }, design.stopAlpha!);
  };
}

/** What examples taken in one after another say of harm, so that a look goes through all of them only where they say something. */
class FirstExamples {
  readonly #harm = new HarmProcess();
  #count = 0;
  /** Examples without every score of both sides. */
  missing = 0;
  /** A score that is none is for the look itself to judge. */
  #isOdd = false;

  get evidence(): number {
    return this.#isOdd ? Infinity : this.#harm.value;
  }

  /** Whether `count` is what one more example makes. */
  isNext(count: number): boolean {
    return count === this.#count + 1;
  }

  /** Takes in those of the `count` examples of these trials that are new. */
  takeIn(trials: Sequence<SubjectTrial>, count: number): void {
    const each = trials.length / count;
    for (; this.#count < count; this.#count++) {
      const [base, head] = [meanOf('base', trials, this.#count * each, each), meanOf('head', trials, this.#count * each, each)];
      if (base === undefined || head === undefined) this.missing += 1;
      else if (Math.abs(head - base) <= 1) this.#harm.observe(head - base);
      else this.#isOdd = true;
    }
  }
}

/** Undefined where a score is missing, or where there is none. */
function meanOf(arm: Arm, trials: Sequence<SubjectTrial>, from: number, length: number): number | undefined {
  let [sum, count] = [0, 0];
  for (let at = from; at < from + length; at++) {
    const trial = trials.at(at)!;
    if (trial.arm !== arm) continue;
    if (trial.score === undefined) return undefined;
    sum += trial.score.value;
    count += 1;
  }
  return count === 0 ? undefined : sum / count;
}
