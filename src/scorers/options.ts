import * as z from 'zod';
import { fieldPath } from './json-reply.ts';
import { normalizationNames } from './normalize.ts';
import { compile } from './pattern.ts';

/** A pattern's text; an issue says what is wrong with one that does not compile. */
export const patternSource = z
  .string()
  .min(1)
  .superRefine((source, context) => {
    const compiled = compile(source);
    if ('problem' in compiled) context.addIssue({ code: 'custom', message: compiled.problem });
  });

/** A word or number of a settings file, as text. */
export const plain = z.union([z.string().min(1), z.number(), z.boolean()]);

const percent = z.boolean().default(false).describe('Whether a number without a percent sign is a percentage: 85 is 0.85.');

/** Where an answer says how sure it is. */
const confidence = z
  .union([z.literal('logprobs'), z.strictObject({ field: fieldPath, percent }), z.strictObject({ pattern: patternSource, percent })])
  .optional()
  .describe(
    "Where the chance of being right stands: `{ field: confidence }` of the JSON reply or `{ pattern: … }` (first group of its last match), as 0.85 or 85 %; or `logprobs`, the chance of the answer's own tokens where the server tells it. Only observed: it does not change the score.",
  );

/** The options that every scorer has: how the answer is taken out of the reply, and what is evened out before comparing. */
export const commonOptions = {
  extract: patternSource
    .optional()
    .describe('Pattern: the first group of its last match is the answer (the whole match if it has no group); no match: the whole reply.'),
  field: fieldPath
    .optional()
    .describe(
      'The answer is this field of the JSON that the reply is (one code fence around it is left out): `label`, or `result.label` for one inside another. No JSON or no such field: an empty answer.',
    ),
  flags: z
    .string()
    .refine((flags) => new Set(flags).size === flags.length && Array.from(flags).every((flag) => 'ims'.includes(flag)), {
      error: 'must be made of the letters i, m and s, each at most once',
    })
    .default('')
    .describe('Flags of the patterns: i any case, m ^ and $ at every line, s . matches a line break too.'),
  normalize: z
    .array(z.enum(normalizationNames))
    .default(['trim'])
    .describe('What is done, in this order, to the answer and to what is expected before they are compared.'),
  confidence,
};

const common = z.strictObject(commonOptions);

export type CommonOptions = z.output<typeof common>;
