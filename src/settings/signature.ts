import * as z from 'zod';
import { explain } from '../documents/check.ts';
import type { TaskSignature } from '../domain/signature.ts';

const fieldName = z.string().regex(/^[A-Za-z_][\w-]*$/, explain('this is no name of a field', 'Use letters, digits, "-" and "_".'));

const fieldType = z.union([
  z.enum(['text', 'number', 'boolean', 'list', 'object']),
  z.array(z.string().min(1).max(60)).min(2).max(50).describe('All values there are.'),
]);

const field = z.union([
  fieldName.transform((name) => ({ name })),
  z.strictObject({
    name: fieldName.describe('As in `{{name}}` for an input; the key of an output.'),
    description: z.string().min(1).max(500).optional().describe('What it is, in a few words.'),
    type: fieldType.exactOptional().describe('`text` unless said otherwise; a list holds the values there are.'),
  }),
]);

const fields = z
  .array(field)
  .min(1)
  .max(20)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
    error: explain('a field is named twice', 'Name each field once.'),
  });

/** What a task takes and gives, so that a prompt can be made that does not exist yet. */
export const signatureSchema = z
  .strictObject({
    task: z.string().min(1).max(1000).describe('One sentence that says what is to be done.'),
    inputs: fields.describe('What the prompt is given: names, or names with `description` and `type`.'),
    outputs: fields.describe('What an answer holds, in the same form.'),
  })
  .transform(({ task, inputs, outputs }): TaskSignature => ({ task, inputs: inputs.map(bare), outputs: outputs.map(bare) }));

function bare({
  name,
  description,
  type,
}: z.output<typeof field> & { description?: string | undefined; type?: z.output<typeof fieldType> }) {
  return { name, ...(description !== undefined && { description }), ...(type !== undefined && { type }) };
}
