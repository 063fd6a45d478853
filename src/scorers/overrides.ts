import type { ConstraintSpec, Override, ScorerSpec } from '../domain/evalset.ts';

/** What an answer is judged by. */
export interface Scoring {
  readonly scorers: readonly ScorerSpec[];
  /** Absent: none. */
  readonly constraints?: readonly ConstraintSpec[];
  /** What rows with a tag are judged by instead; absent: all alike. */
  readonly overrides?: readonly Override[];
}

/** What holds for a row with these tags. Of several overrides of one thing the first is taken; `conflict` finds them beforehand. */
export function scoringFor(
  { scorers, constraints = [], overrides = [] }: Scoring,
  tags: readonly string[],
): Required<Omit<Scoring, 'overrides'>> {
  const own = overrides.filter(({ tag }) => tags.includes(tag));
  return {
    scorers: own.find((override) => override.scorers)?.scorers ?? scorers,
    constraints: own.find((override) => override.constraints)?.constraints ?? constraints,
  };
}

/** Why a row with these tags is judged by no one rule, as a clause; undefined where it is. */
export function conflict(overrides: readonly Override[], tags: readonly string[]): string | undefined {
  const own = overrides.filter(({ tag }) => tags.includes(tag));
  for (const part of ['scorers', 'constraints'] as const) {
    const [first, second] = own.filter((override) => override[part] !== undefined);
    if (second !== undefined) return `its tags "${first!.tag}" and "${second.tag}" both override the ${part}`;
  }
  return undefined;
}

/** The tags of an override that a row has, as a key: equal keys are judged alike. */
export function overridingTags(overrides: readonly Override[], tags: readonly string[]): string {
  return overrides.flatMap(({ tag }, index) => (tags.includes(tag) ? [index] : [])).join();
}

/** Every constraint that some row is held to. */
export function everyConstraint({ constraints = [], overrides = [] }: Scoring): readonly ConstraintSpec[] {
  return [...constraints, ...overrides.flatMap((override) => override.constraints ?? [])];
}

/** Every scorer that some row is judged by, members of groups included. */
export function everyScorer({ scorers, overrides = [] }: Scoring): readonly ScorerSpec[] {
  return [...scorers, ...overrides.flatMap((override) => override.scorers ?? [])].flatMap(withMembers);
}

function withMembers(spec: ScorerSpec): readonly ScorerSpec[] {
  return [spec, ...(spec.members ?? []).flatMap(withMembers)];
}
