// A table of keys out of a JSON Schema: one row a key, nested ones by their path.
import { markdownTable } from 'markdown-table';
import { cell, code } from './cells.mjs';

/** `opaque`: keys whose own shape is documented elsewhere, with what their value is. */
export function keysTable(schema, opaque = {}) {
  const rows = keysOf(schema, '', opaque).map(({ path, schema: key }) => [
    code(path),
    opaque[path] ?? cell(kindOf(key)),
    key.default === undefined || key.default === '' ? '' : code(key.default),
    cell(key.description ?? ''),
  ]);
  return markdownTable([['Key', 'Value', 'Default', 'What it does'], ...rows], { alignDelimiters: false });
}

function keysOf({ properties }, prefix, opaque) {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${prefix}${name}`;
    if (schema.properties !== undefined && !(path in opaque)) return keysOf(schema, `${path}.`, opaque);
    const { additionalProperties } = schema;
    return additionalProperties?.properties === undefined
      ? [{ path, schema }]
      : [{ path: `${path}.<name>`, schema: { ...additionalProperties, description: schema.description } }];
  });
}

/** What a value may be, in a few words. */
export function kindOf(schema) {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(' or ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(kindOf))].join(', or ');
  switch (schema.type) {
    case 'array':
      return `list of ${kindOf(schema.items)}`;
    case 'object':
      return objectKind(schema);
    case 'integer':
    case 'number':
      return [schema.type === 'integer' ? 'whole number' : 'number', rangeOf(schema)].filter(Boolean).join(' ');
    case 'boolean':
      return '`true` or `false`';
    case 'string':
      return 'text';
    default:
      return 'any value';
  }
}

function objectKind({ properties, additionalProperties }) {
  if (properties !== undefined) return code(`{ ${Object.keys(properties).join(', ')} }`);
  return typeof additionalProperties === 'object' && additionalProperties.type !== undefined
    ? `${kindOf(additionalProperties)} by name`
    : 'mapping';
}

function rangeOf({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }) {
  const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  const low = minimum === undefined ? (exclusiveMinimum === undefined ? '' : `> ${exclusiveMinimum}`) : `≥ ${minimum}`;
  const high = isBounded ? `≤ ${maximum}` : exclusiveMaximum === undefined ? '' : `< ${exclusiveMaximum}`;
  return [low, high].filter(Boolean).join(', ');
}
