import * as z from 'zod';
import { anyJson, examine, explain } from '../documents/check.ts';
import type { Located } from '../documents/located.ts';
import { shown } from '../documents/words.ts';
import type { Example } from '../domain/evalset.ts';
import type { Problem } from '../domain/problem.ts';
import { contentHash } from './canonical.ts';

/** A checked row, before it is known whether its eval set has another like it. */
export interface Row {
  readonly example: Example;
  /** Whether the row names its id itself. */
  readonly named: boolean;
  readonly skipped: boolean;
}

const idText = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !/\p{Cc}/u.test(text), {
    error: explain('the id holds a line break or another control character', 'Choose a plain one.'),
  });

const idNumber = z.number().transform(String);

const tag = z.union([z.string(), z.number().transform(String)]).transform((text) => text.trim());

const fractionText = z
  .string()
  .regex(/^(?:0|1|[01]?\.\d+)$/)
  .transform(Number)
  .pipe(z.number().max(1));

const label = z.union(
  [
    z.number().min(0).max(1),
    z.boolean(),
    z.enum(['pass', 'fail']).transform((word) => word === 'pass'),
    fractionText,
    z.record(z.string().min(1), z.int().min(1).max(10)).refine((levels) => Object.keys(levels).length > 0),
  ],
  { error: explain('this is no label', 'Write a score from 0 to 1, pass or fail, or levels by criterion such as { clarity: 4 }.') },
);

const labels = z.union([label.transform((one) => [one]), z.array(label).min(1).max(50)], {
  error: explain(
    'this is no label',
    'Write a score from 0 to 1, pass or fail, or levels by criterion such as { clarity: 4 }; of several people a list.',
  ),
});

const passRate = z.union([z.number().min(0).max(1), fractionText], {
  error: explain('this is no pass rate', 'Write the share of earlier answers that passed, from 0 to 1.'),
});

const messageSchema = z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });

/** What a row may hold, whatever file it stands in. */
const rowSchema = z
  .strictObject({
    id: z.union([idText, idNumber]).optional(),
    input: z.string().optional(),
    vars: z.record(z.string(), anyJson).default({}),
    messages: z.array(messageSchema).default([]),
    expected: anyJson.optional(),
    answer: z.string().optional(),
    human: labels.optional(),
    tags: z.union([z.string().transform((text) => text.split(',')), z.array(tag)]).default([]),
    cluster: z.union([z.string().min(1), z.number().transform(String)]).optional(),
    passRate: passRate.optional(),
    skip: z.union([z.boolean(), z.string()]).default(false),
  })
  .refine(({ input, vars, messages }) => input !== undefined || Object.keys(vars).length > 0 || messages.length > 0, {
    error: explain('the row has nothing to ask', 'Give it "input", "vars" or "messages".'),
  })
  .refine(({ answer, human }) => human === undefined || answer !== undefined, {
    path: ['human'],
    error: explain('a label belongs to one answer, and the row has none', 'Add the "answer" that people labelled.'),
  })
  .refine(({ answer, human }) => answer === undefined || human !== undefined, {
    path: ['answer'],
    error: explain(
      'the row has an answer that nobody labelled',
      'Add "human", or remove the answer; what is right stands under "expected".',
    ),
  });

/** The names of a row's keys. */
export const rowKeys: readonly string[] = Object.keys(rowSchema.shape);

/** The row, or everything that is wrong with it. A string as `skip` is the reason for skipping. */
export function readRow(read: Located<unknown>): Row | { readonly problems: readonly Problem[] } {
  const checked = examine(read, rowSchema);
  if ('problems' in checked) return checked;
  const { id, skip, tags, answer, human, passRate, ...asked } = checked.value;
  const content = { ...asked, tags: [...new Set(tags.map((text) => text.trim()))].filter((text) => text !== '') };
  const labelled = { ...(answer !== undefined && { answer }), ...(human && { human }) };
  const rated = passRate !== undefined && { passRate };
  const source = { file: read.file, line: read.lineOf([]) };
  const example = { id: id ?? contentHash(content).slice(0, 12), ...content, ...labelled, ...rated, source };
  return { example, named: id !== undefined, skipped: skip !== false };
}

/** What is wrong with a row whose id an earlier one has. */
export function repeated(row: Row, earlier: Row): Problem {
  const { id, source } = row.example;
  const place = `${earlier.example.source.file}:${earlier.example.source.line}`;
  if (row.named || earlier.named) {
    return { ...source, key: 'id', what: `${shown(id)} is the id of the row at ${place} too`, fix: 'Give each row an id of its own.' };
  }
  return {
    ...source,
    what: `the row is the same as the one at ${place}, and neither has an id`,
    fix: 'Remove one of the two, or give both an id.',
  };
}
