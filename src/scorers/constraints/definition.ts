import type * as z from 'zod';
import type { Example } from '../../domain/evalset.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Answer } from '../../domain/trial.ts';
import { checkedOptions } from '../checked.ts';

/** Whether an answer keeps a constraint; if not, why, as a clause about the answer. May quote the model: hostile text. */
export type Verdict = { readonly holds: true } | { readonly holds: false; readonly reason: string };

/** Says whether an answer to an example keeps to a rule. Never throws, whatever the answer is. */
export type Constraint = (answer: Answer, example: Example) => Verdict;

/** A constraint whose options are fixed. */
export interface BoundConstraint {
  readonly check: Constraint;
  /** Loads what `check` needs beyond this file (a language detector, a tokenizer); to be awaited once before the first check. */
  readonly ready?: () => Promise<void>;
}

/** A kind of constraint as an eval set can name it. */
export interface ConstraintDefinition {
  readonly name: string;
  /** One sentence for the documentation. */
  readonly summary: string;
  /** What its options must be; parsing what was parsed changes nothing. */
  readonly schema: z.ZodObject;
  /** UserError if the options break the schema. */
  bind(options: JsonObject): BoundConstraint;
}

/** A definition whose `bind` is typed by its own schema, in the form that fits the table. */
export function defineConstraint<Schema extends z.ZodObject>(definition: {
  readonly name: string;
  readonly summary: string;
  readonly schema: Schema;
  readonly bind: (options: z.output<Schema>) => BoundConstraint | Constraint;
}): ConstraintDefinition {
  const { name, summary, schema, bind } = definition;
  return {
    name,
    summary,
    schema,
    bind(options) {
      const bound = bind(checkedOptions(name, schema, options));
      return typeof bound === 'function' ? { check: bound } : bound;
    },
  };
}

/** Loads what any of the constraints needs. */
export async function ready(constraints: readonly BoundConstraint[]): Promise<void> {
  await Promise.all(constraints.map(async (constraint) => constraint.ready?.()));
}

const holds: Verdict = { holds: true };

/** A verdict from the reason against it, or from none. */
export function unless(reason: string | undefined): Verdict {
  return reason === undefined ? holds : { holds: false, reason };
}
