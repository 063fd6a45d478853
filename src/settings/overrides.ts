import * as z from 'zod';
import { explain } from '../documents/check.ts';
import { type Located, part } from '../documents/located.ts';
import type { Override } from '../domain/evalset.ts';
import type { Json } from '../domain/json.ts';
import type { Problem } from '../domain/problem.ts';
import { constraintList, documentedConstraints, readConstraints } from './constraints.ts';
import { documentedScorers, readScorers, scorerList } from './scorers.ts';

const changesSomething = explain('the override changes nothing', 'Give it "scorers" or "constraints", or remove it.');

/** `overrides:` by tag, before scorers and constraints are read. */
export const overridesSchema = z
  .record(
    z.string().trim().min(1),
    z
      .strictObject({ scorers: scorerList.optional(), constraints: constraintList.optional() })
      .refine(({ scorers, constraints }) => scorers !== undefined || constraints !== undefined, { error: changesSomething }),
  )
  .default({});

/** The same for documentation. */
export const documentedOverrides = z
  .record(
    z.string(),
    z.strictObject({
      scorers: documentedScorers().optional().describe('Take the place of the eval set’s.'),
      constraints: documentedConstraints().optional().describe('Take the place of the eval set’s; `[]`: none.'),
    }),
  )
  .default({})
  .describe('By tag: what rows with that tag are judged by instead.');

/** An override and the line on which it begins. */
export type WrittenOverride = Override & { readonly line: number };

/** The overrides in the order of their tags, and all that is wrong with them. */
export function readOverrides(
  written: Located<z.output<typeof overridesSchema>>,
  labels?: Located<readonly Json[]>,
): { readonly overrides: readonly WrittenOverride[]; readonly problems: readonly Problem[] } {
  const read = Object.entries(written.value).map(([tag, { scorers, constraints }]) => ({
    tag,
    line: written.lineOf([tag]),
    scorers: scorers && readScorers(part(written, [tag, 'scorers'], scorers), labels),
    constraints: constraints && readConstraints(part(written, [tag, 'constraints'], constraints)),
  }));
  return {
    overrides: read
      .map(({ tag, line, scorers, constraints }) => ({
        tag,
        line,
        ...(scorers && { scorers: scorers.specs }),
        ...(constraints && { constraints: constraints.specs }),
      }))
      .sort((a, b) => (a.tag < b.tag ? -1 : 1)),
    problems: read.flatMap(({ scorers, constraints }) => [...(scorers?.problems ?? []), ...(constraints?.problems ?? [])]),
  };
}
