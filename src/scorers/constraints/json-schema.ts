import * as z from 'zod';
import { type Problem, UserError } from '../../domain/problem.ts';
import { schemaOption } from '../schema-option.ts';
import { defineConstraint, unless } from './definition.ts';
import { jsonOptions, jsonText, readJson } from './json.ts';
import { compileSchema } from './schema/validate.ts';

const options = z.strictObject({
  ...jsonOptions,
  schema: schemaOption.describe(
    'The schema (JSON Schema 2020-12; references only inside it; `format` is not checked; patterns in RE2 syntax).',
  ),
});

export const jsonSchema = defineConstraint({
  name: 'jsonSchema',
  summary: 'The whole answer is one JSON value that is valid by `schema` (JSON Schema 2020-12).',
  schema: options,
  bind({ schema, fence }) {
    const compiled = compileSchema(schema);
    if ('problems' in compiled) throw new UserError(...compiled.problems.map(problemAt));
    return ({ text }) => {
      const parsed = readJson(jsonText(text, { fence }));
      return unless('problem' in parsed ? parsed.problem : compiled.validate(parsed.value));
    };
  },
});

function problemAt({ place, what }: { readonly place: string; readonly what: string }): Problem {
  return { key: `jsonSchema.schema${place.replaceAll('/', '.')}`, what };
}
