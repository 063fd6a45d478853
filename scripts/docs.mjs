// Writes the parts of the documentation that follow from the sources; `--check` only compares and names what is stale.
// Imports TypeScript as it stands, which Node has been able to since 22.18: `npm run docs` brings a newer one.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { scorersTable } from '../bench/scorers/table.ts';
import { searchTables } from '../bench/search-tables.mjs';
import { engineTables, gateTables } from '../bench/tables.mjs';
import { helpText } from '../src/edges/terminal/help.ts';
import { metricTable } from '../src/metrics/table.ts';
import { reportJsonSchema } from '../src/report/schema/report.ts';
import { constraintTable } from '../src/scorers/constraints/table.ts';
import { groupTable } from '../src/scorers/groups.ts';
import { presets } from '../src/scorers/judge/presets.ts';
import { scorerTable } from '../src/scorers/table.ts';
import { evalSetJsonSchema } from '../src/settings/evalset-file.ts';
import { settingsJsonSchema } from '../src/settings/settings.ts';
import { inputsTable, outputsTable } from './docs/action.mjs';
import { constraintSections } from './docs/constraints.mjs';
import { keysTable } from './docs/keys.mjs';
import { fill } from './docs/markers.mjs';
import { metricSections } from './docs/metrics.mjs';
import { presetsTable } from './docs/presets.mjs';
import { schemaFile } from './docs/schema.mjs';
import { groupsTable, scorerSections } from './docs/scorers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => readFile(join(root, path), 'utf8');

const action = parse(await read('action.yml'));
const schemas = { settings: settingsJsonSchema(), evals: evalSetJsonSchema() };

/** Page → marker → what stands between. */
const pages = {
  'README.md': { inputs: inputsTable(action.inputs), outputs: outputsTable(action.outputs) },
  'docs/settings.md': { settings: keysTable(schemas.settings) },
  'docs/evals.md': {
    keys: keysTable(schemas.evals, { scorers: 'list', constraints: 'list', thresholds: 'number by [metric](scorers.md#metrics)' }),
  },
  'docs/scorers.md': {
    groups: groupsTable(Object.values(groupTable)),
    scorers: scorerSections(Object.values(scorerTable)),
    metrics: metricSections(metricTable, Object.values(scorerTable)),
    ...(await measured('docs/scorers.md', 'bench:scorers', 'scorers.json', scorersTable))['docs/scorers.md'],
  },
  'docs/judges.md': { presets: presetsTable(presets) },
  'docs/constraints.md': { constraints: constraintSections(Object.values(constraintTable)) },
  'docs/terminal.md': { help: `\`\`\`text\n${helpText()}\n\`\`\`` },
  ...(await measured('docs/verdict.md', 'bench:gate', 'gate.json', gateTables)),
  ...(await measured('docs/search-figures.md', 'bench:search', 'search.json', searchTables)),
  ...(await measured('docs/engine.md', 'bench:engine', 'engine.json', engineTables)),
};

const written = new Map([
  ['docs/schema/prompt-ratchet.schema.json', schemaFile(schemas.settings, 'Settings of Prompt Ratchet (prompt-ratchet.yml)')],
  ['docs/schema/report.schema.json', schemaFile(reportJsonSchema(), 'A report of Prompt Ratchet (report.json)')],
  ['docs/schema/evals.schema.json', schemaFile(schemas.evals, 'An eval set of Prompt Ratchet (evals/….yml)')],
]);
for (const [path, parts] of Object.entries(pages)) {
  written.set(
    path,
    Object.entries(parts).reduce((text, [name, part]) => fill(path, text, name, part), await read(path)),
  );
}

const stale = [];
for (const [path, text] of written) {
  if (existsSync(join(root, path)) && (await read(path)) === text) continue;
  stale.push(path);
  if (process.argv.includes('--check')) continue;
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
report();

/** A measured table is there where someone has measured: page → marker → the table that `draw` makes of the results. */
async function measured(page, marker, results, draw) {
  const path = `bench/results/${results}`;
  return existsSync(join(root, path)) ? { [page]: { [marker]: draw(JSON.parse(await read(path))) } } : {};
}

function report() {
  if (!process.argv.includes('--check')) return console.log(stale.length === 0 ? 'nothing to change' : `written: ${stale.join(', ')}`);
  if (stale.length === 0) return console.log(`the documentation is what the sources say: ${written.size} files`);
  console.error(`stale; run npm run docs and commit: ${stale.join(', ')}`);
  process.exitCode = 1;
}
