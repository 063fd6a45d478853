import type { Example, ScorerSpec } from '../domain/evalset.ts';
import type { Observed, Score } from '../domain/score.ts';
import { type Answer, isFailure } from '../domain/trial.ts';
import { boundScorer } from './bound.ts';
import type { Grade } from './definition.ts';
import { type BoundGroup, boundGroup, groupTable, type Part } from './groups.ts';

/** A scorer or a group of them, ready to grade. */
export interface Member {
  readonly kind: string;
  readonly weight: number;
  /** Whether grading may ask a model or run a program. */
  readonly consults: boolean;
  readonly grade: Grade;
  /** What there is to observe in an answer that says nothing, found without asking anybody. */
  readonly observeNothing: (answer: Answer, example: Example) => Observed | undefined;
}

/** The member that a spec is. UserError for a kind that does not exist. */
export function memberOf(spec: ScorerSpec): Member {
  return spec.members === undefined ? single(spec) : group(spec, spec.members);
}

function single(spec: ScorerSpec): Member {
  const { score, consults = false } = boundScorer(spec);
  const observeNothing = (answer: Answer, example: Example) => {
    const graded = consults ? undefined : score({ ...answer, text: '' }, example, askNobody, askNobody);
    return graded instanceof Promise ? undefined : graded?.observed;
  };
  return { kind: spec.kind, weight: spec.weight, consults, grade: score, observeNothing };
}

const askNobody = (): never => {
  throw new Error('a scorer asked somebody without saying so');
};

function group({ kind, weight, options }: ScorerSpec, specs: readonly ScorerSpec[]): Member {
  const members = specs.map(memberOf);
  return {
    kind,
    weight,
    consults: members.some(({ consults }) => consults),
    grade: together(members, boundGroup(groupTable[kind]!, options)),
    observeNothing: (answer, example) => merged(members.map((member) => member.observeNothing(answer, example))),
  };
}

/** All that was observed; of two scorers with one meter the first counts. */
function merged(all: readonly (Observed | undefined)[]): Observed | undefined {
  const observed = all.filter((one) => one !== undefined);
  return observed.length < 2 ? observed[0] : Object.assign({}, ...observed.reverse());
}

type NamedPart = Part & Score & { readonly kind: string };

/**
 * Grades by all members: first, in their order, those that ask nobody, then the others one after another until the rest can change
 * nothing, so that no judge is paid for an answer that has failed already. A member that could not grade leaves the whole ungraded.
 */
export function together(members: readonly Member[], { isSettled, join }: BoundGroup): Grade {
  const [only, ...others] = members;
  if (only !== undefined && others.length === 0) return alone(only, join);
  const order = [...members.filter(({ consults }) => !consults), ...members.filter(({ consults }) => consults)];
  return (answer, example, consult, call) => {
    const parts: NamedPart[] = [];
    const take = ({ kind, weight }: Member, score: Score) => void parts.push({ kind, weight, ...score });
    const from = (first: number): ReturnType<Grade> => {
      for (let at = first; at < order.length; at++) {
        const member = order[at]!;
        if (member.consults && isSettled(parts)) break;
        const graded = member.grade(answer, example, consult, call);
        if (graded instanceof Promise) {
          return graded.then((later) => {
            if (isFailure(later)) return later;
            take(member, later);
            return from(at + 1);
          });
        }
        take(member, graded);
      }
      return wholeOf(parts, join);
    };
    return from(0);
  };
}

/** What one member says, but for what the group makes of its value. */
function alone({ weight, grade }: Member, join: BoundGroup['join']): Grade {
  const wholeOf = (score: Score): Score => {
    const { value, pass, because } = join([{ value: score.value, pass: score.pass, weight }]);
    return { ...score, value, pass, reason: because === undefined ? score.reason : `${because} (${score.reason})` };
  };
  return (answer, example, consult, call) => {
    const graded = grade(answer, example, consult, call);
    if (!(graded instanceof Promise)) return wholeOf(graded);
    return graded.then((later) => (isFailure(later) ? later : wholeOf(later)));
  };
}

function wholeOf(parts: readonly NamedPart[], join: BoundGroup['join']): Score {
  const { value, pass, deciding, because } = join(parts);
  const reasons = deciding.map(named).join('; ');
  const observed = merged(parts.map((part) => part.observed));
  const criteria = parts.flatMap((part) => part.criteria ?? []);
  return {
    value,
    pass,
    reason: because === undefined ? reasons : `${because} (${reasons})`,
    ...(observed && { observed }),
    ...(criteria.length > 0 && { criteria }),
  };
}

function named({ kind, reason }: NamedPart): string {
  return Object.hasOwn(groupTable, kind) ? `${kind} (${reason})` : `${kind}: ${reason}`;
}
