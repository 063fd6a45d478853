import { isObject, type Json, type JsonObject } from '../../../domain/json.ts';
import { applicators } from './keywords.ts';

export type Schema = boolean | JsonObject;

/** A schema with a URI of its own, and all that is found by that URI. */
export interface Resource {
  /** Absolute, without a fragment. */
  readonly uri: string;
  readonly root: Schema;
  readonly anchors: Map<string, Schema>;
  readonly dynamicAnchors: Map<string, Schema>;
}

/** The schemas that references can lead to. Nothing is ever fetched. */
export interface Library {
  readonly resources: Map<string, Resource>;
  /** The resource that each schema object belongs to. */
  readonly homes: Map<JsonObject, Resource>;
}

/** A schema with the resource that its references start from. */
export interface Located {
  readonly schema: Schema;
  readonly home: Resource;
}

/** Why a schema cannot be used, as a clause. */
export class SchemaError extends Error {}

/** One to file schemas in. */
export function emptyLibrary(): Library {
  return { resources: new Map(), homes: new Map() };
}

/** Files the document and every schema inside it that has a URI or an anchor of its own. `visit` is told of each schema and its place. */
export function file(library: Library, document: Schema, uri: string, visit?: (schema: JsonObject, place: string) => void): Located {
  const outer: Resource = { uri: absolute(uri), root: document, anchors: new Map(), dynamicAnchors: new Map() };
  library.resources.set(outer.uri, outer);
  walk(library, document, outer, '', visit);
  return { schema: document, home: (isObject(document) ? library.homes.get(document) : undefined) ?? outer };
}

function walk(library: Library, schema: Json, outer: Resource, place: string, visit?: (schema: JsonObject, place: string) => void): void {
  if (!isObject(schema) || library.homes.has(schema)) return;
  const home = ownResource(library, schema, outer);
  library.homes.set(schema, home);
  visit?.(schema, place);
  if (typeof schema['$anchor'] === 'string') home.anchors.set(schema['$anchor'], schema);
  if (typeof schema['$dynamicAnchor'] === 'string') {
    home.anchors.set(schema['$dynamicAnchor'], schema);
    home.dynamicAnchors.set(schema['$dynamicAnchor'], schema);
  }
  for (const [key, inner] of subschemas(schema)) walk(library, inner, home, `${place}/${key}`, visit);
}

function ownResource(library: Library, schema: JsonObject, outer: Resource): Resource {
  if (typeof schema['$id'] !== 'string') return outer;
  const uri = absolute(resolved(schema['$id'], outer.uri));
  const own: Resource = { uri, root: schema, anchors: new Map(), dynamicAnchors: new Map() };
  library.resources.set(uri, own);
  return own;
}

function* subschemas(schema: JsonObject): Generator<readonly [string, Json]> {
  for (const key of applicators.one) if (Object.hasOwn(schema, key)) yield [key, schema[key] ?? null];
  for (const key of applicators.list) for (const [at, inner] of Object.entries(schema[key] ?? [])) yield [`${key}/${at}`, inner];
  for (const key of applicators.named) {
    const named = schema[key];
    if (isObject(named)) for (const [name, inner] of Object.entries(named)) yield [`${key}/${name}`, inner];
  }
}

/** What `$ref` or `$dynamicRef` leads to, before any dynamic scope. SchemaError where it leads nowhere. */
export function follow(library: Library, reference: string, from: Resource): Located & { readonly fragment: string } {
  const target = resolved(reference, from.uri);
  const home = library.resources.get(absolute(target));
  if (!home) throw new SchemaError(`the reference "${reference}" leads to no schema that is here; references are never fetched`);
  const fragment = decoded(target);
  const found = fragment === '' || fragment.startsWith('/') ? pointed(library, home, fragment) : anchored(library, home, fragment);
  if (!found) throw new SchemaError(`the reference "${reference}" leads nowhere`);
  return { ...found, fragment };
}

function anchored(library: Library, home: Resource, name: string): Located | undefined {
  const schema = home.anchors.get(name);
  return schema === undefined ? undefined : located(library, schema, home);
}

/** Follows a JSON Pointer (RFC 6901) from the resource's root. */
function pointed(library: Library, start: Resource, pointer: string): Located | undefined {
  let value: Json = start.root;
  let home = located(library, start.root, start).home;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Object.entries(value).find(([name]) => name === key)?.[1] ?? null;
    if (isObject(value)) home = library.homes.get(value) ?? home;
  }
  if (typeof value === 'boolean') return { schema: value, home };
  if (!isObject(value)) return undefined;
  walk(library, value, home, pointer);
  return located(library, value, home);
}

function located(library: Library, schema: Schema, outer: Resource): Located {
  return { schema, home: (isObject(schema) ? library.homes.get(schema) : undefined) ?? outer };
}

function resolved(reference: string, base: string): string {
  try {
    return new URL(reference, base).href;
  } catch {
    throw new SchemaError(`"${reference}" is no URI reference`);
  }
}

function absolute(uri: string): string {
  return uri.split('#', 1)[0] ?? '';
}

function decoded(uri: string): string {
  const fragment = uri.includes('#') ? uri.slice(uri.indexOf('#') + 1) : '';
  try {
    return decodeURIComponent(fragment);
  } catch {
    throw new SchemaError(`"#${fragment}" is no URI fragment`);
  }
}
