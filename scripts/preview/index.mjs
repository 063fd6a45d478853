// Shows how Markdown reports look on GitHub: `npm run preview [file.md ...]` makes HTML and PNG of them, or of all golden files, in a
// folder under the system's temporary one. `--open` opens every fold, `--dark` takes GitHub's dark colors. Needs what
// `npm ci --prefix scripts/preview` installs, and a Chromium on PATH.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { page } from './github.mjs';
import { findBrowser, shoot } from './shoot.mjs';

const golden = new URL('../../__tests__/golden/', import.meta.url).pathname;

function goldenFiles() {
  return readdirSync(golden, { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(golden, name));
}

const options = { open: { type: 'boolean', default: false }, dark: { type: 'boolean', default: false } };
const { values, positionals } = parseArgs({ allowPositionals: true, options });
const files = positionals.length > 0 ? positionals.map((file) => resolve(file)) : goldenFiles();
const root = files.length === 1 ? dirname(files[0]) : golden;
const folder = mkdtempSync(join(tmpdir(), 'prompt-ratchet-preview-'));
const fileOf = (name, ending) => join(folder, `${name.replaceAll('/', '-')}.${ending}`);

const pages = [];
for (const file of files) {
  const name = relative(root, file).replace(/\.md$/, '').replaceAll('../', '');
  pages.push({ name, html: await page(readFileSync(file, 'utf8'), values.open) });
}
mkdirSync(folder, { recursive: true });
for (const { name, html } of pages) writeFileSync(fileOf(name, 'html'), html);
const browser = findBrowser();
if (browser === undefined) console.error('No Chromium on PATH, so there is only HTML.');
const scheme = values.dark ? 'dark' : 'light';
const faults = browser === undefined ? [] : await shoot(pages, { browser, scheme, fileOf: (name) => fileOf(name, 'png') });
for (const fault of faults) console.error(fault);
console.log(folder);
process.exitCode = faults.length === 0 ? 0 : 1;
