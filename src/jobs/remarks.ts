import type { Example } from '../domain/evalset.ts';
import { MOST_LISTED } from '../domain/listed-ids.ts';
import { placesWhere, type Sequence } from '../domain/sequence.ts';
import type { Arm, Failure, Finish } from '../domain/trial.ts';
import type { SubjectTrial } from '../evaluate/plan.ts';
import type { ConstraintReport } from '../report/model.ts';
import type { Detail } from './flips.ts';

/** What the answers tell besides their scores. */
export interface Remarks {
  readonly notes: readonly string[];
  /** Constraints that answers broke, by name. */
  readonly constraints: readonly ConstraintReport[];
}

/** What a reader should know of the answers besides their scores. */
export function remarksOf(trials: Iterable<SubjectTrial>, examples: Sequence<Example>, detail: Detail): Remarks {
  const tally = tallyOf(trials, examples.length);
  return {
    notes: [...endings(tally), ...unanswered(tally, detail), ...ungraded(tally, detail)],
    constraints: brokenConstraints(tally, examples, detail),
  };
}

/** Marks of an example whose answers broke a constraint. */
const marks: Readonly<Record<Arm, number>> = { base: 1, head: 2 };

/** How many answers broke a constraint, and on which examples. */
interface Breaches extends Record<Arm, number> {
  /** By place of the example. */
  readonly marked: Uint8Array;
}

interface Failures {
  count: number;
  first?: Failure;
}

interface Tally {
  readonly finishes: Map<Finish, number>;
  readonly unanswered: Failures;
  readonly ungraded: Failures;
  readonly broken: Map<string, Breaches>;
}

function tallyOf(trials: Iterable<SubjectTrial>, examples: number): Tally {
  const tally: Tally = { finishes: new Map(), unanswered: { count: 0 }, ungraded: { count: 0 }, broken: new Map() };
  for (const { arm, example, outcome, score, ungraded: failure } of trials) {
    if (outcome.kind === 'answer') tally.finishes.set(outcome.finish, (tally.finishes.get(outcome.finish) ?? 0) + 1);
    else note(tally.unanswered, outcome);
    if (failure !== undefined) note(tally.ungraded, failure);
    if (score === undefined || score.pass || score.broken === undefined) continue;
    const breaches = tally.broken.get(score.broken) ?? { base: 0, head: 0, marked: new Uint8Array(examples) };
    breaches[arm] += 1;
    breaches.marked[example]! |= marks[arm];
    tally.broken.set(score.broken, breaches);
  }
  return tally;
}

function note(failures: Failures, failure: Failure): void {
  failures.count += 1;
  failures.first ??= failure;
}

/** Answers that ended otherwise than by the model's own choice are scored, and counted here. */
function endings({ finishes }: Tally): string[] {
  const said = (finish: Finish, what: string) => {
    const n = finishes.get(finish) ?? 0;
    return n === 0 ? [] : [`${n} ${n === 1 ? 'answer was' : 'answers were'} ${what}.`];
  };
  return [
    ...said('length', 'cut off at the token limit'),
    ...said('refusal', 'refused by the model'),
    ...said('content-filter', 'stopped by the provider’s content filter'),
  ];
}

/** Why there are fewer answers than trials; the sentence is the first failure's. */
function unanswered({ unanswered: { count, first } }: Tally, detail: Detail): string[] {
  if (first === undefined) return [];
  const why = detail === 'full' ? ` ${first.sentence}` : '';
  return [`${count} ${count === 1 ? 'trial' : 'trials'} got no answer and ${count === 1 ? 'counts' : 'count'} as missing.${why}`];
}

/** Answers without a score are missing like those that never came; the sentence is the first one's. */
function ungraded({ ungraded: { count, first } }: Tally, detail: Detail): string[] {
  if (first === undefined) return [];
  const why = detail === 'full' ? ` ${first.sentence}` : '';
  return [`${count} ${count === 1 ? 'answer' : 'answers'} could not be graded and ${count === 1 ? 'counts' : 'count'} as missing.${why}`];
}

/** How many answers broke each constraint, and on which examples only the new version's did. */
function brokenConstraints({ broken }: Tally, examples: Sequence<Example>, detail: Detail): ConstraintReport[] {
  return [...broken].sort(byName).map(([name, { base, head, marked }]) => {
    const fresh = placesWhere(marked, (marksOfOne) => marksOfOne === marks.head);
    const ids = detail === 'none' ? {} : { ids: Array.from(fresh.subarray(0, MOST_LISTED), (example) => examples.at(example)!.id) };
    return { name, base, head, fresh: fresh.length, ...ids };
  });
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
