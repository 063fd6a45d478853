import type { ScorerSpec } from '../../domain/evalset.ts';
import type { Scoring } from '../overrides.ts';
import type { JudgeOptions } from './options.ts';
import { type Rubric, rubricOf, rubricOptions } from './rubric.ts';

/** The rubric that a scorer is; undefined for other scorers. */
export function rubricIn(spec: ScorerSpec): Rubric | undefined {
  return spec.kind === 'rubric' && spec.members === undefined ? rubricOf(rubricOptions.parse(spec.options)) : undefined;
}

/** Whether a scorer asks a judge. */
export function isJudged(spec: ScorerSpec): boolean {
  return (rubricIn(spec)?.criteria.length ?? 0) > 0;
}

/** The same scoring, every judged rubric graded by whom `judgeFor` names, given what its own options say. */
export function withJudges<Scored extends Scoring>(scoring: Scored, judgeFor: (own: JudgeOptions) => JudgeOptions): Scored {
  const assigned = (spec: ScorerSpec): ScorerSpec => {
    if (spec.members !== undefined) return { ...spec, members: spec.members.map(assigned) };
    if (!isJudged(spec)) return spec;
    const judge = judgeFor(rubricOptions.parse(spec.options).judge ?? {});
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
