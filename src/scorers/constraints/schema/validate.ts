import { RE2JS } from 're2js';
import { isObject, type Json, type JsonObject } from '../../../domain/json.ts';
import { compile, type Pattern } from '../../pattern.ts';
import { evaluator, TooLarge } from './evaluate.ts';
import { wrongShape } from './keywords.ts';
import { emptyLibrary, file, follow, type Library, type Schema, SchemaError } from './resources.ts';
import { isDeeper } from './values.ts';

/** What is wrong with a value, as a clause with the place (a JSON Pointer) in it; undefined for a valid one. */
export type Validate = (value: Json) => string | undefined;

/** What is wrong with the schema itself: the place in it (a JSON Pointer) and a clause. */
export interface SchemaProblem {
  readonly place: string;
  readonly what: string;
}

const deepestSchema = 100;
/** Deeper than any answer a schema is written for; far below what the stack carries. */
const deepestValue = 200;

/**
 * An interpreting validator for JSON Schema 2020-12 (Core and Validation): no generated code, nothing fetched, patterns in linear time
 * (RE2 syntax), `format` and `content…` as annotations. `documents` are further schemas by URI that references may lead to.
 */
export function compileSchema(
  schema: Schema,
  documents: Readonly<Record<string, Schema>> = {},
): { readonly validate: Validate } | { readonly problems: readonly SchemaProblem[] } {
  if (isDeeper(schema, deepestSchema)) return { problems: [{ place: '', what: `is nested more than ${deepestSchema} deep` }] };
  const problems: SchemaProblem[] = [];
  const library = emptyLibrary();
  const patterns = new Map<string, Pattern>();
  const check = (object: JsonObject, place: string) => {
    for (const [keyword, value] of Object.entries(object)) {
      const what = wrongShape(keyword, value);
      if (what) problems.push({ place: `${place}/${keyword}`, what });
    }
    for (const source of sourcesIn(object)) {
      const compiled = compile(RE2JS.translateRegExp(source));
      if ('pattern' in compiled) patterns.set(source, compiled.pattern);
      else problems.push({ place, what: compiled.problem });
    }
  };
  try {
    for (const [uri, document] of Object.entries(documents)) file(library, document, uri, check);
    const root = file(library, schema, 'https://schema.invalid/', check);
    if (problems.length > 0) return { problems };
    checkReferences(library);
    const evaluate = evaluator(library, patterns, hasValidation(library, schema));
    return { validate: (value) => validated(value, () => evaluate(root, value)) };
  } catch (error) {
    if (error instanceof SchemaError) return { problems: [{ place: '', what: error.message }] };
    throw error;
  }
}

function validated(value: Json, evaluate: () => string | undefined): string | undefined {
  if (isDeeper(value, deepestValue)) return `is nested more than ${deepestValue} deep`;
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof TooLarge || error instanceof SchemaError) return error.message;
    throw error;
  }
}

function* sourcesIn(schema: JsonObject): Generator<string> {
  if (typeof schema['pattern'] === 'string') yield schema['pattern'];
  if (isObject(schema['patternProperties'])) yield* Object.keys(schema['patternProperties']);
}

function checkReferences(library: Library): void {
  for (const [schema, home] of library.homes) {
    for (const keyword of ['$ref', '$dynamicRef']) {
      const reference = schema[keyword];
      if (typeof reference === 'string') follow(library, reference, home);
    }
  }
}

const validation = 'https://json-schema.org/draft/2020-12/vocab/validation';

/** A meta-schema that is here and declares its vocabularies decides whether the validation keywords mean anything. */
function hasValidation(library: Library, schema: Schema): boolean {
  const dialect = isObject(schema) && typeof schema['$schema'] === 'string' ? library.resources.get(schema['$schema'])?.root : undefined;
  const vocabularies = isObject(dialect) ? dialect['$vocabulary'] : undefined;
  return !isObject(vocabularies) || Object.hasOwn(vocabularies, validation);
}
