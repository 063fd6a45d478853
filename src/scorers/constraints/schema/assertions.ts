import { isObject, type Json, type JsonObject } from '../../../domain/json.ts';
import { matches, type Pattern } from '../../pattern.ts';
import { quote } from '../../quote.ts';
import { canonical, isMultiple, lengthOf } from './values.ts';

/** The first keyword of the Validation vocabulary that the value breaks, as a clause. */
export function brokenAssertion(schema: JsonObject, value: Json, patterns: ReadonlyMap<string, Pattern>): string | undefined {
  return (
    ofAny(schema, value) ??
    (typeof value === 'number' ? ofNumber(schema, value) : undefined) ??
    (typeof value === 'string' ? ofText(schema, value, patterns) : undefined) ??
    (Array.isArray(value) ? ofList(schema, value) : undefined) ??
    (isObject(value) ? ofObject(schema, value) : undefined)
  );
}

function ofAny({ type, enum: allowed, const: only }: JsonObject, value: Json): string | undefined {
  if (typeof type === 'string' && !isOfType(value, type)) return `must be ${article(type)}, not ${typeOf(value)}`;
  if (Array.isArray(type) && !type.some((one) => isOfType(value, String(one)))) return `must be ${type.join(' or ')}, not ${typeOf(value)}`;
  if (only !== undefined && canonical(only) !== canonical(value)) return `must be ${shown(only)}, not ${shown(value)}`;
  if (!Array.isArray(allowed)) return undefined;
  const text = canonical(value);
  return allowed.some((one) => canonical(one) === text) ? undefined : `must be one of ${shown(allowed)}, not ${shown(value)}`;
}

function ofNumber(schema: JsonObject, value: number): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (typeof minimum === 'number' && value < minimum) return `must be ${minimum} or more, not ${value}`;
  if (typeof maximum === 'number' && value > maximum) return `must be ${maximum} or less, not ${value}`;
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) return `must be more than ${exclusiveMinimum}, not ${value}`;
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) return `must be less than ${exclusiveMaximum}, not ${value}`;
  if (typeof multipleOf !== 'number') return undefined;
  return Number.isFinite(value) && isMultiple(value, multipleOf) ? undefined : `must be a multiple of ${multipleOf}, not ${value}`;
}

function ofText({ minLength, maxLength, pattern }: JsonObject, value: string, patterns: ReadonlyMap<string, Pattern>): string | undefined {
  if (typeof minLength === 'number' && lengthOf(value) < minLength) return `must have at least ${minLength} characters: ${quote(value)}`;
  if (typeof maxLength === 'number' && lengthOf(value) > maxLength) return `must have at most ${maxLength} characters: ${quote(value)}`;
  if (typeof pattern !== 'string') return undefined;
  const compiled = patterns.get(pattern);
  return compiled && !matches(compiled, value) ? `does not match ${quote(pattern)}: ${quote(value)}` : undefined;
}

function ofList({ minItems, maxItems, uniqueItems }: JsonObject, value: readonly Json[]): string | undefined {
  if (typeof minItems === 'number' && value.length < minItems) return `must have at least ${minItems} items, not ${value.length}`;
  if (typeof maxItems === 'number' && value.length > maxItems) return `must have at most ${maxItems} items, not ${value.length}`;
  return uniqueItems === true && new Set(value.map(canonical)).size < value.length ? 'has an item twice' : undefined;
}

function ofObject(schema: JsonObject, value: JsonObject): string | undefined {
  const { minProperties, maxProperties, required, dependentRequired } = schema;
  const size = Object.keys(value).length;
  if (typeof minProperties === 'number' && size < minProperties) return `must have at least ${minProperties} properties, not ${size}`;
  if (typeof maxProperties === 'number' && size > maxProperties) return `must have at most ${maxProperties} properties, not ${size}`;
  const lacking = (names: Json | undefined) =>
    Array.isArray(names) ? names.find((name) => !Object.hasOwn(value, String(name))) : undefined;
  const missing = lacking(required);
  if (missing !== undefined) return `lacks the property ${quote(String(missing))}`;
  if (!isObject(dependentRequired)) return undefined;
  for (const [key, names] of Object.entries(dependentRequired)) {
    const absent = Object.hasOwn(value, key) ? lacking(names) : undefined;
    if (absent !== undefined) return `lacks the property ${quote(String(absent))} that ${quote(key)} requires`;
  }
  return undefined;
}

function isOfType(value: Json, type: string): boolean {
  if (type === 'integer') return typeof value === 'number' && Number.isInteger(value);
  return type === typeOf(value);
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function article(type: string): string {
  if (type === 'null') return type;
  return `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`;
}

function shown(value: Json): string {
  const text = canonical(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
