import type { Example, ScorerSpec } from '../domain/evalset.ts';
import type { Scoring } from './overrides.ts';
import { scorerTable } from './table.ts';

/** The same scoring, its scorers told what they leave to the examples, such as which fields there are. */
export function completed<S extends Pick<Scoring, 'scorers' | 'overrides'>>(scoring: S, examples: Iterable<Example>): S {
  const each = (specs: readonly ScorerSpec[]) => specs.map((spec) => completedSpec(spec, examples));
  const { overrides } = scoring;
  return {
    ...scoring,
    scorers: each(scoring.scorers),
    ...(overrides && { overrides: overrides.map((one) => ({ ...one, ...(one.scorers && { scorers: each(one.scorers) }) })) }),
  };
}

function completedSpec(spec: ScorerSpec, examples: Iterable<Example>): ScorerSpec {
  if (spec.members !== undefined) return { ...spec, members: spec.members.map((member) => completedSpec(member, examples)) };
  const complete = scorerTable[spec.kind]?.complete;
  return complete === undefined ? spec : { ...spec, options: complete(spec.options, examples) };
}
