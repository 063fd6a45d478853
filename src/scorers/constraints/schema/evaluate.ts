import { isObject, type Json, type JsonObject } from '../../../domain/json.ts';
import { matches, type Pattern } from '../../pattern.ts';
import { quote } from '../../quote.ts';
import { brokenAssertion } from './assertions.ts';
import { follow, type Library, type Located, type Resource, type Schema } from './resources.ts';

/** A value cannot be checked within the limits. */
export class TooLarge extends Error {}

/** Schemas applied within one another: more than a value 200 deep needs, fewer than the stack carries. */
const deepest = 1_000;
/** Schemas applied to values in one check: more than a list of 100,000 records needs, a second or two. */
const mostSteps = 2_000_000;

/** A place in the value; a linked list, because its text is only needed for a message. */
type Path = { readonly parent: Path; readonly key: string | number } | undefined;

/** What the schemas applied so far have looked at, for the keywords `unevaluated…`. */
interface Seen {
  readonly properties: Set<string>;
  readonly items: Set<number>;
}

type Outcome = { readonly fault: string } | Seen;

interface Visit {
  readonly value: Json;
  readonly path: Path;
  /** The resources entered on the way here, outermost first. */
  readonly scope: readonly Resource[];
  readonly depth: number;
}

/** Applies a schema to a value; the first fault as a clause, undefined without one. */
export function evaluator(library: Library, patterns: ReadonlyMap<string, Pattern>, validation: boolean) {
  const tracking = [...library.homes.keys()].some((schema) => 'unevaluatedItems' in schema || 'unevaluatedProperties' in schema);
  const untracked = nothing();
  const fresh = () => (tracking ? nothing() : untracked);
  const targets = new Map<JsonObject, ReturnType<typeof follow>>();
  let steps = 0;

  function apply({ schema, home }: Located, visit: Visit): Outcome {
    if (++steps > mostSteps) throw new TooLarge('is too large to be checked against the schema');
    if (visit.depth > deepest) throw new TooLarge('leads the schema into itself without end');
    if (schema === true) return fresh();
    if (schema === false) return fault(visit.path, 'must not be there');
    const scope = visit.scope.at(-1) === home ? visit.scope : [...visit.scope, home];
    return applyObject(schema, home, { ...visit, scope, depth: visit.depth + 1 });
  }

  function applyObject(schema: JsonObject, home: Resource, visit: Visit): Outcome {
    const broken = validation ? brokenAssertion(schema, visit.value, patterns) : undefined;
    if (broken) return fault(visit.path, broken);
    const seen = fresh();
    for (const step of [references, combinations, ofItems, ofProperties, unevaluated]) {
      const wrong = step(schema, home, visit, seen);
      if (wrong) return wrong;
    }
    return seen;
  }

  /** Applies one more schema to the same value and takes over what it has seen. */
  function also(inner: Located, visit: Visit, seen: Seen): { readonly fault: string } | undefined {
    const outcome = apply(inner, visit);
    if ('fault' in outcome) return outcome;
    if (tracking) merge(seen, outcome);
    return undefined;
  }

  function child(inner: Schema, home: Resource, visit: Visit, key: string | number, value: Json): { readonly fault: string } | undefined {
    const outcome = apply(at(inner, home), { ...visit, value, path: { parent: visit.path, key } });
    return 'fault' in outcome ? outcome : undefined;
  }

  function at(schema: Schema, outer: Resource): Located {
    return { schema, home: (isObject(schema) ? library.homes.get(schema) : undefined) ?? outer };
  }

  function followed(schema: JsonObject, reference: string, home: Resource): Located {
    const known = targets.get(schema);
    if (known) return known;
    const target = follow(library, reference, home);
    targets.set(schema, target);
    return target;
  }

  function references(schema: JsonObject, home: Resource, visit: Visit, seen: Seen) {
    const { $ref: reference, $dynamicRef: dynamic } = schema;
    const wrong = typeof reference === 'string' ? also(followed(schema, reference, home), visit, seen) : undefined;
    if (wrong || typeof dynamic !== 'string') return wrong;
    const first = follow(library, dynamic, home);
    const isAnchor = first.home.dynamicAnchors.get(first.fragment) === first.schema;
    const outermost = isAnchor ? visit.scope.find((resource) => resource.dynamicAnchors.has(first.fragment)) : undefined;
    const target = outermost?.dynamicAnchors.get(first.fragment);
    return also(outermost && target !== undefined ? at(target, outermost) : first, visit, seen);
  }

  function combinations(schema: JsonObject, home: Resource, visit: Visit, seen: Seen) {
    for (const inner of list(schema['allOf'])) {
      const wrong = also(at(inner, home), visit, seen);
      if (wrong) return wrong;
    }
    return alternatives(schema, home, visit, seen) ?? conditions(schema, home, visit, seen);
  }

  function alternatives(schema: JsonObject, home: Resource, visit: Visit, seen: Seen) {
    const passing = (inner: Schema) => also(at(inner, home), visit, seen) === undefined;
    const any = list(schema['anyOf']);
    const kept = tracking ? any.filter(passing).length > 0 : any.some(passing);
    if (any.length > 0 && !kept) return fault(visit.path, `fits none of the ${any.length} schemas of anyOf`);
    const one = list(schema['oneOf']);
    const fitting = one.filter(passing).length;
    if (one.length > 0 && fitting !== 1) return fault(visit.path, `fits ${fitting} of the ${one.length} schemas of oneOf instead of one`);
    const not = asSchema(schema['not']);
    return not !== undefined && !('fault' in apply(at(not, home), visit)) ? fault(visit.path, 'fits the schema of not') : undefined;
  }

  function conditions(schema: JsonObject, home: Resource, visit: Visit, seen: Seen) {
    const condition = asSchema(schema['if']);
    if (condition !== undefined) {
      const branch = asSchema(schema[also(at(condition, home), visit, seen) ? 'else' : 'then']);
      const wrong = branch === undefined ? undefined : also(at(branch, home), visit, seen);
      if (wrong) return wrong;
    }
    if (!isObject(visit.value)) return undefined;
    for (const [key, inner] of named(schema['dependentSchemas'])) {
      const wrong = Object.hasOwn(visit.value, key) ? also(at(inner, home), visit, seen) : undefined;
      if (wrong) return wrong;
    }
    return undefined;
  }

  function ofItems(schema: JsonObject, home: Resource, visit: Visit, seen: Seen) {
    if (!Array.isArray(visit.value)) return undefined;
    const values: readonly Json[] = visit.value;
    const prefix = list(schema['prefixItems']);
    const rest = asSchema(schema['items']);
    for (const [place, value] of values.entries()) {
      const inner = prefix[place] ?? rest;
      if (inner === undefined) break;
      const wrong = child(inner, home, visit, place, value);
      if (wrong) return wrong;
      if (tracking) seen.items.add(place);
    }
    return containing(schema, home, visit, seen, values);
  }

  function containing(schema: JsonObject, home: Resource, visit: Visit, seen: Seen, values: readonly Json[]) {
    const inner = asSchema(schema['contains']);
    if (inner === undefined) return undefined;
    let found = 0;
    for (const [place, value] of values.entries()) {
      if (child(inner, home, visit, place, value)) continue;
      found++;
      if (tracking) seen.items.add(place);
    }
    const least = validation ? Number(schema['minContains'] ?? 1) : 1;
    const most = validation ? Number(schema['maxContains'] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
    if (found < least) return fault(visit.path, `has ${found} of the items it must contain, not at least ${least}`);
    return found > most ? fault(visit.path, `has ${found} of the items it may contain, not at most ${most}`) : undefined;
  }

  function ofProperties(schema: JsonObject, home: Resource, visit: Visit, seen: Seen) {
    const { value } = visit;
    if (!isObject(value)) return undefined;
    const own = isObject(schema['properties']) ? schema['properties'] : {};
    const byPattern = named(schema['patternProperties']);
    const others = asSchema(schema['additionalProperties']);
    const names = asSchema(schema['propertyNames']);
    for (const [key, member] of Object.entries(value)) {
      const inner = Object.hasOwn(own, key) ? asSchema(own[key]) : undefined;
      const fitting = byPattern.filter(([source]) => patternOf(patterns, source, key)).map(([, one]) => one);
      const applied = inner === undefined ? fitting : [inner, ...fitting];
      if (applied.length === 0 && others !== undefined) applied.push(others);
      for (const one of applied) {
        const wrong = child(one, home, visit, key, member);
        if (wrong) return wrong;
      }
      if (tracking && applied.length > 0) seen.properties.add(key);
      if (names !== undefined && 'fault' in apply(at(names, home), { ...visit, value: key }))
        return fault(visit.path, `must not have a property named ${quote(key)}`);
    }
    return undefined;
  }

  function unevaluated(schema: JsonObject, home: Resource, visit: Visit, seen: Seen) {
    const { value } = visit;
    const items = asSchema(schema['unevaluatedItems']);
    const properties = asSchema(schema['unevaluatedProperties']);
    if (items !== undefined && Array.isArray(value)) {
      for (const [place, one] of value.entries()) {
        const wrong = seen.items.has(place) ? undefined : child(items, home, visit, place, one);
        if (wrong) return wrong;
        seen.items.add(place);
      }
    }
    if (properties === undefined || !isObject(value)) return undefined;
    for (const [key, one] of Object.entries(value)) {
      const wrong = seen.properties.has(key) ? undefined : child(properties, home, visit, key, one);
      if (wrong) return wrong;
      seen.properties.add(key);
    }
    return undefined;
  }

  return (root: Located, value: Json): string | undefined => {
    steps = 0;
    const outcome = apply(root, { value, path: undefined, scope: [], depth: 0 });
    return 'fault' in outcome ? outcome.fault : undefined;
  };
}

function patternOf(patterns: ReadonlyMap<string, Pattern>, source: string, key: string): boolean {
  const pattern = patterns.get(source);
  return pattern !== undefined && matches(pattern, key);
}

function nothing(): Seen {
  return { properties: new Set(), items: new Set() };
}

function merge(seen: Seen, more: Seen): void {
  for (const key of more.properties) seen.properties.add(key);
  for (const place of more.items) seen.items.add(place);
}

function asSchema(value: Json | undefined): Schema | undefined {
  return typeof value === 'boolean' || isObject(value) ? value : undefined;
}

function list(value: Json | undefined): readonly Schema[] {
  return Array.isArray(value) ? value : [];
}

function named(value: Json | undefined): readonly (readonly [string, Schema])[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const schema = asSchema(one);
    return schema === undefined ? [] : [[key, schema] as const];
  });
}

function fault(path: Path, what: string): { readonly fault: string } {
  const keys: string[] = [];
  for (let place = path; place; place = place.parent) keys.push(String(place.key).replaceAll('~', '~0').replaceAll('/', '~1'));
  return { fault: keys.length === 0 ? what : `at ${quote(`/${keys.reverse().join('/')}`)} ${what}` };
}
