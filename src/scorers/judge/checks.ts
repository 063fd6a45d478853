import * as z from 'zod';
import { explain } from '../../documents/check.ts';
import { suggestion } from '../../documents/words.ts';
import type { BoundConstraint } from '../constraints/definition.ts';
import { constraintTable } from '../constraints/table.ts';

/** One constraint with its options, as a criterion that no judge is needed for. */
export const statedCheck = z.record(z.string(), z.record(z.string(), z.json())).superRefine((check, context) => {
  const [name, ...others] = Object.keys(check);
  const issue = (message: string, path: PropertyKey[] = []) => context.addIssue({ code: 'custom', message, path });
  if (name === undefined || others.length > 0) {
    issue(explain('a check is one key, the name of a constraint', 'Write check: { length: { words: { max: 120 } } }.'));
    return;
  }
  const definition = Object.hasOwn(constraintTable, name) ? constraintTable[name] : undefined;
  if (definition === undefined) {
    issue(explain(`there is no constraint "${name}"`, suggestion(name, Object.keys(constraintTable))), [name]);
    return;
  }
  const parsed = definition.schema.safeParse(check[name]);
  for (const { path, message } of parsed.error?.issues ?? []) issue(message, [name, ...path]);
});

/** The constraint that a check states. */
export function boundCheck(check: z.output<typeof statedCheck>): BoundConstraint {
  const [name, options] = Object.entries(check)[0]!;
  return constraintTable[name]!.bind(options);
}
