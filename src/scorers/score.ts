import type { Example } from '../domain/evalset.ts';
import type { CallFunction, GradeAnswer } from '../domain/ports.ts';
import type { Score } from '../domain/score.ts';
import { type Answer, type Finish, isFailure } from '../domain/trial.ts';
import type { Meter } from '../metrics/meter.ts';
import { boundScorer } from './bound.ts';
import { type Member, memberOf } from './compose.ts';
import { firstBroken } from './constraints/bound.ts';
import { conflict, everyScorer, overridingTags, type Scoring, scoringFor } from './overrides.ts';

/**
 * One score out of all that an eval set judges an answer by. Constraints come first: an answer that breaks one scores 0 whatever the
 * scorers would say, so that nothing invalid outranks what is valid, and no judge is asked about it; to metrics it is one that says nothing. Then the scorers' weighted mean.
 * An answer that was cut off or refused is scored like any other, and the reason says so. The result is there at once unless a scorer
 * asks a model or runs a program. UserError for a kind that does not exist. Constraints must have been loaded (`loadConstraints`).
 */
export function graderOf(scoring: Scoring, call: CallFunction = noFunctions): GradeAnswer {
  const { overrides = [] } = scoring;
  if (overrides.length === 0) return uniform(scoring, call);
  const graders = new Map<string, GradeAnswer>();
  return (answer, example, consult) => {
    const key = overridingTags(overrides, example.tags);
    const grader = graders.get(key) ?? uniform(scoringFor(scoring, example.tags), call);
    graders.set(key, grader);
    return grader(answer, example, consult);
  };
}

const noFunctions: CallFunction = async ({ name }) => ({
  kind: 'failure',
  reason: 'function',
  sentence: `The scorer function ${name} gave no score: functions do not run here.`,
  retryable: false,
});

/** Without scorers it is constraints alone that an answer is held to. */
function uniform({ scorers, constraints = [] }: Omit<Scoring, 'overrides'>, call: CallFunction): GradeAnswer {
  const broken = firstBroken(constraints);
  const whole = memberOf({ kind: 'mean', options: {}, weight: 1, members: scorers });
  return (answer, example, consult) => {
    const rule = broken(answer, example);
    if (rule !== undefined) return invalid(rule, whole, answer, example);
    if (scorers.length === 0) return ended({ value: 1, pass: true, reason: 'keeps every constraint' }, answer);
    const graded = whole.grade(answer, example, consult, call);
    if (!(graded instanceof Promise)) return ended(graded, answer);
    return graded.then((later) => (isFailure(later) ? later : ended(later, answer)));
  };
}

function invalid({ name, reason }: { name: string; reason: string }, { observeNothing }: Member, answer: Answer, example: Example): Score {
  const observed = observeNothing(answer, example);
  return {
    value: 0,
    pass: false,
    reason: `breaks ${name}: ${reason}${ending[answer.finish]}`,
    broken: name,
    ...(observed && { observed }),
  };
}

/** What makes metrics of what the scorers observe. */
export function metersOf(scoring: Scoring): Meter[] {
  const meters = everyScorer(scoring).flatMap((spec) => (spec.members === undefined ? (boundScorer(spec).meters ?? []) : []));
  return [...new Map(meters.map((meter) => [meter.id, meter])).values()];
}

function ended(score: Score, { finish }: Answer): Score {
  return finish === 'stop' ? score : { ...score, reason: score.reason + ending[finish] };
}

const ending: Readonly<Record<Finish, string>> = {
  stop: '',
  length: '; the answer was cut off at its token limit',
  refusal: '; the model refused to answer',
  'content-filter': "; the provider's content filter stopped the answer",
};

/** Why an example cannot be scored, as a clause; undefined if it can. */
export function unscorable(scoring: Scoring, example: Example): string | undefined {
  const why = conflict(scoring.overrides ?? [], example.tags);
  if (why !== undefined) return why;
  for (const spec of everyScorer(scoringFor(scoring, example.tags))) {
    const missing = spec.members === undefined ? boundScorer(spec).requires(example) : undefined;
    if (missing !== undefined) return `the scorer "${spec.kind}" cannot score this example: ${missing}`;
  }
  return undefined;
}
