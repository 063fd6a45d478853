import type { ScorerSpec } from '../../domain/evalset.ts';
import type { Scoring } from '../overrides.ts';
import type { Criterion } from './criterion.ts';
import { type Judge, type JudgeOptions, judgeOptions } from './options.ts';
import { type Pairwise, pairwiseOf, pairwiseOptions } from './pairwise.ts';
import { type Rubric, rubricOf, rubricOptions } from './rubric.ts';

const known = new WeakMap<ScorerSpec, Rubric>();
const knownPairwise = new WeakMap<ScorerSpec, Pairwise>();

/** The rubric that a scorer is; undefined for other scorers. */
export function rubricIn(spec: ScorerSpec): Rubric | undefined {
  if (spec.kind !== 'rubric' || spec.members !== undefined) return undefined;
  const rubric = known.get(spec) ?? rubricOf(rubricOptions.parse(spec.options));
  known.set(spec, rubric);
  return rubric;
}

/** The comparison that a scorer is; undefined for other scorers. */
export function pairwiseIn(spec: ScorerSpec): Pairwise | undefined {
  if (spec.kind !== 'pairwise' || spec.members !== undefined) return undefined;
  const pairwise = knownPairwise.get(spec) ?? pairwiseOf(pairwiseOptions.parse(spec.options));
  knownPairwise.set(spec, pairwise);
  return pairwise;
}

/** How an eval set compares answers of both versions; it has no other scorer then. */
export function pairwiseOfSet({ scorers: [only] }: Scoring): Pairwise | undefined {
  return only && pairwiseIn(only);
}

/** What a judge grades or compares by; empty for scorers that ask none. */
export function judgedCriteria(spec: ScorerSpec): readonly Criterion[] {
  return (rubricIn(spec) ?? pairwiseIn(spec))?.criteria ?? [];
}

/** Who grades or compares; undefined where nobody does, or it is not known yet. */
export function judgeIn(spec: ScorerSpec): Judge | undefined {
  return (rubricIn(spec) ?? pairwiseIn(spec))?.judge;
}

/** Whether a scorer asks a judge. */
export function isJudged(spec: ScorerSpec): boolean {
  return judgedCriteria(spec).length > 0;
}

/** The same scoring, every judged scorer asking whom `judgeFor` names, given what its own options say. */
export function withJudges<Scored extends Scoring>(scoring: Scored, judgeFor: (own: JudgeOptions) => JudgeOptions): Scored {
  const assigned = (spec: ScorerSpec): ScorerSpec => {
    if (spec.members !== undefined) return { ...spec, members: spec.members.map(assigned) };
    if (!isJudged(spec)) return spec;
    const judge = judgeFor(judgeOptions.parse(spec.options['judge'] ?? {}));
    return { ...spec, options: { ...spec.options, judge } };
  };
  return everywhere(scoring, (specs) => specs.map(assigned));
}

/** The same scoring without some of its scorers. A list that they leave empty stays empty: then only constraints say anything. */
export function without<Scored extends Scoring>(scoring: Scored, left: ReadonlySet<ScorerSpec>): Scored {
  const kept = (specs: readonly ScorerSpec[]): readonly ScorerSpec[] =>
    specs.flatMap((spec) => {
      if (left.has(spec)) return [];
      if (spec.members === undefined) return [spec];
      const members = kept(spec.members);
      return members.length === 0 ? [] : [{ ...spec, members }];
    });
  return everywhere(scoring, kept);
}

function everywhere<Scored extends Scoring>(scoring: Scored, change: (specs: readonly ScorerSpec[]) => readonly ScorerSpec[]): Scored {
  const { scorers, overrides } = scoring;
  return {
    ...scoring,
    scorers: change(scorers),
    ...(overrides && { overrides: overrides.map((each) => (each.scorers ? { ...each, scorers: change(each.scorers) } : each)) }),
  };
}
