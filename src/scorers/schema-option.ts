import * as z from 'zod';
import type { Json } from '../domain/json.ts';
import type { Schema } from './constraints/schema/resources.ts';
import { compileSchema } from './constraints/schema/validate.ts';

const anyJson: z.ZodType<Json> = z.any();
const schemaObject: z.ZodType<Schema> = z.union([z.boolean(), z.record(z.string(), anyJson)]);

/** A JSON Schema as an option; an issue for each thing that is wrong with it. */
export const schemaOption = schemaObject.superRefine((schema, context) => {
  const compiled = compileSchema(schema);
  const problems = 'problems' in compiled ? compiled.problems : [];
  for (const { place, what } of problems) context.addIssue({ code: 'custom', path: place.split('/').slice(1), message: what });
});
