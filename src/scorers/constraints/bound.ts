import type { ConstraintSpec, Example } from '../../domain/evalset.ts';
import { UserError } from '../../domain/problem.ts';
import type { Answer } from '../../domain/trial.ts';
import { type BoundConstraint, ready } from './definition.ts';
import { constraintTable } from './table.ts';

/** The first constraint that an answer breaks, and why; undefined where it keeps all of them. */
export type FirstBroken = (answer: Answer, example: Example) => { readonly name: string; readonly reason: string } | undefined;

/** Checks constraints in their order. They must have been loaded. UserError for a name that does not exist. */
export function firstBroken(specs: readonly ConstraintSpec[]): FirstBroken {
  const rules = specs.map((spec) => ({ name: spec.name, check: boundConstraint(spec).check }));
  return (answer, example) => {
    for (const { name, check } of rules) {
      const verdict = check(answer, example);
      if (!verdict.holds) return { name, reason: verdict.reason };
    }
    return undefined;
  };
}

/** Loads what the constraints check with, such as a language detector; to be awaited before the first answer is scored. */
export async function loadConstraints(specs: readonly ConstraintSpec[]): Promise<void> {
  await ready(specs.map(boundConstraint));
}

const known = new WeakMap<ConstraintSpec, BoundConstraint>();

function boundConstraint(spec: ConstraintSpec): BoundConstraint {
  const earlier = known.get(spec);
  if (earlier) return earlier;
  const definition = Object.hasOwn(constraintTable, spec.name) ? constraintTable[spec.name] : undefined;
  if (!definition) {
    throw new UserError({
      key: spec.name,
      what: 'there is no such constraint',
      fix: `There are: ${Object.keys(constraintTable).join(', ')}.`,
    });
  }
  const constraint = definition.bind(spec.options);
  known.set(spec, constraint);
  return constraint;
}
