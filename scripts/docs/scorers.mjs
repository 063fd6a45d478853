// One section a scorer, options that most of them have first.

import { markdownTable } from 'markdown-table';
import * as z from 'zod';
import { commonOptions } from '../../src/scorers/options.ts';
import { cell, code } from './cells.mjs';
import { keysTable } from './keys.mjs';

export function scorerSections(definitions) {
  const schemas = definitions.map(({ kind, summary, schema }) => ({ kind, summary, json: z.toJSONSchema(schema, { io: 'input' }) }));
  const shared = Object.keys(commonOptions);
  const has = ({ json }) => shared.every((name) => name in json.properties);
  const others = schemas.filter((each) => !has(each)).map(({ kind }) => code(kind));
  const sections = schemas.map(({ kind, summary, json }) => {
    const own = has({ json }) ? pick(json, (name) => !shared.includes(name)) : json;
    const options = Object.keys(own.properties).length === 0 ? 'No options of its own.' : keysTable(own);
    return `### \`${kind}\`\n\n${summary}\n\n${options}`;
  });
  const common = keysTable(pick(schemas.find(has).json, (name) => shared.includes(name)));
  const title = others.length === 0 ? 'Options that every scorer has' : `Options that every scorer has but ${others.join(', ')}`;
  return [`### ${title}\n\n${common}`, ...sections].join('\n\n');
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
