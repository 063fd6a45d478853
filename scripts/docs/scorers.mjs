// One section a scorer, options that all of them have first.

import { markdownTable } from 'markdown-table';
import * as z from 'zod';
import { cell, code } from './cells.mjs';
import { keysTable } from './keys.mjs';

export function scorerSections(definitions) {
  const schemas = definitions.map(({ kind, summary, schema }) => ({ kind, summary, json: z.toJSONSchema(schema, { io: 'input' }) }));
  const names = schemas.map(({ json }) => Object.keys(json.properties));
  const shared = names[0].filter((name) => names.every((own) => own.includes(name)));
  const sections = schemas.map(({ kind, summary, json }) => {
    const own = pick(json, (name) => !shared.includes(name));
    const options = Object.keys(own.properties).length === 0 ? 'No options of its own.' : keysTable(own);
    return `### \`${kind}\`\n\n${summary}\n\n${options}`;
  });
  const common = keysTable(pick(schemas[0].json, (name) => shared.includes(name)));
  return [`### Options that every scorer has\n\n${common}`, ...sections].join('\n\n');
}

function pick({ properties }, keep) {
  return { properties: Object.fromEntries(Object.entries(properties).filter(([name]) => keep(name))) };
}

/** A row a group: what it makes of its members, and what may stand beside the list. */
export function groupsTable(definitions) {
  const rows = definitions.map(({ name, summary, weighted, schema }) => [
    code(name),
    cell(summary),
    [...(weighted ? ['`weight` of a member'] : []), ...Object.keys(schema.shape).map(code)].join(', '),
  ]);
  return markdownTable([['Group', 'Score and pass', 'Takes'], ...rows], { alignDelimiters: false });
}
