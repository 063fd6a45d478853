import * as z from 'zod';
import type { Example } from '../domain/evalset.ts';
import { isObject, type Json, type JsonObject } from '../domain/json.ts';
import { jsonIn } from '../domain/parse-json.ts';
import { compareFields, type FieldCounts, outcomes } from '../metrics/compare-fields.ts';
import { comparatorsLike, type FieldPlan, planFields } from '../metrics/field-plan.ts';
import { documentF1 } from '../metrics/fields.ts';
import { fieldMeter, fieldMetrics, seenOf } from '../metrics/meters/fields.ts';
import { comparatorsOf, comparatorsSchema, writtenAs } from './comparators.ts';
import { compileSchema, type Validate } from './constraints/schema/validate.ts';
import { defineScorer } from './definition.ts';
import { type JsonReply, valueAt } from './json-reply.ts';
import { commonOptions } from './options.ts';
import { isPassing, passMark } from './pass-mark.ts';
import { quote } from './quote.ts';
import { shownShare } from './references.ts';
import { replyReader } from './reply.ts';
import { schemaOption } from './schema-option.ts';

export const fields = defineScorer({
  kind: 'fields',
  summary:
    'For extraction: the F1 of the fields of a JSON answer against those of `expected`, a mapping. A value that differs is wrong, one too few missing, one too many spurious. Passes if the F1 reaches the pass mark and the answer is valid.',
  metrics: fieldMetrics,
  schema: z.strictObject({
    ...commonOptions,
    fields: comparatorsSchema
      .optional()
      .describe(
        'How each field is compared; default: all that `expected` has in any example, texts as `text`, numbers as `number`, lists in any order, mappings field by field. See [Comparing fields](#comparing-fields).',
      ),
    extra: z
      .enum(['ignored', 'spurious'])
      .optional()
      .describe('What is made of fields that are not compared; default: `ignored` where `fields` lists some, else `spurious`.'),
    schema: schemaOption.optional().describe('A JSON Schema (2020-12) by which an answer is valid; default: any mapping is.'),
    passMark: passMark(1),
  }),
  complete: (options, examples) => {
    if (options['fields'] !== undefined) return options;
    const like = comparatorsLike(expectedDocuments(examples));
    return { ...options, fields: writtenAs(like), extra: options['extra'] ?? 'spurious' };
  },
  bind(options) {
    const { json } = replyReader(options);
    const plan = planFields(comparatorsOf(options.fields ?? {}), options.extra);
    const meter = fieldMeter(plan);
    const validate = validator(options.schema);
    return {
      requires: (example) => (expectedDocument(example) === undefined ? notDocument(example) : undefined),
      score({ text }, example) {
        const { document, fault } = documentIn(json(text), options.field, validate);
        const counts = countsOf(plan, expectedDocument(example) ?? {}, document, fault);
        const value = documentF1(counts);
        const isValid = fault === undefined;
        return {
          value,
          pass: isValid && isPassing(value, options.passMark),
          reason: (isValid ? '' : `${fault}; `) + reason(plan, counts, value),
          observed: { [meter.id]: seenOf(isValid, counts) },
        };
      },
      meters: [meter],
    };
  },
});

/** The document of a reply, undefined where it holds none, and why it is not valid, as a clause. */
function documentIn(reply: JsonReply, field: string | undefined, validate: Validate): { document?: Json; fault?: string } {
  if ('problem' in reply) return { fault: reply.problem };
  const document = field === undefined ? reply.value : valueAt(reply.value, field);
  if (document === undefined) return { fault: `has no field ${quote(field ?? '')}` };
  const fault = validate(document);
  return { document, ...(fault !== undefined && { fault }) };
}

/** What is no document at all lacks every field; where none was to be found it is something that should not be there. */
function countsOf(plan: FieldPlan, right: JsonObject, document: Json | undefined, fault: string | undefined): FieldCounts {
  const counts = compareFields(plan, right, document);
  return document === undefined && counts.every((count) => count === 0) ? compareFields(plan, right, fault) : counts;
}

function validator(schema: z.output<typeof schemaOption> | undefined): Validate {
  const compiled = schema === undefined ? undefined : compileSchema(schema);
  const byShape = (value: Json) => (isObject(value) ? undefined : 'is JSON, but no mapping of fields');
  return compiled !== undefined && 'validate' in compiled ? compiled.validate : byShape;
}

const parsedTexts = new WeakMap<Example, JsonObject>();

/** The mapping that `expected` is, or that its text holds as JSON, as a CSV file has it: such a text is parsed once. */
function expectedDocument(example: Example): JsonObject | undefined {
  const { expected } = example;
  if (typeof expected !== 'string') return isObject(expected) ? expected : undefined;
  const document = parsedTexts.get(example) ?? documentOf(expected);
  if (document !== undefined) parsedTexts.set(example, document);
  return document;
}

function* expectedDocuments(examples: Iterable<Example>): Generator<JsonObject> {
  for (const example of examples) {
    const document = expectedDocument(example);
    if (document !== undefined) yield document;
  }
}

function documentOf(expected: string): JsonObject | undefined {
  const parsed = jsonIn(expected);
  return isObject(parsed) ? parsed : undefined;
}

function notDocument({ expected }: Example): string {
  return expected === undefined ? 'it has no "expected"' : '"expected" must be a mapping of fields, or one as JSON text';
}

const mostShown = 3;

/** Names the fields that are not right by what became of them. */
function reason(plan: FieldPlan, counts: FieldCounts, value: number): string {
  if (value === 1) return 'every field is right';
  const clauses = outcomes.slice(1).flatMap((outcome, at) => {
    const rows = plan.paths.filter((_, row) => counts[row * outcomes.length + at + 1]! > 0);
    if (rows.length === 0) return [];
    const shown = rows.slice(0, mostShown).map((path) => quote(path === '' ? '(the whole)' : path));
    return [`${outcome} ${shown.join(', ')}${rows.length > mostShown ? ` and ${rows.length - mostShown} more` : ''}`];
  });
  return `F1 ${shownShare(value)}: ${clauses.join('; ')}`;
}
