// Bundles the action and the terminal tool into dist/, the same bytes from any folder. `--check` only compares.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licencesOf } from './licences.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: { index: 'src/main.ts', cli: 'src/cli.ts', 'function-host': 'src/edges/functions/host.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // V8 reads a source of plain ASCII faster, and holds it in half the memory; names stay, for the traces.
  charset: 'ascii',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  define: { PROMPT_RATCHET_VERSION: JSON.stringify(version) },
  // Bundled CommonJS packages call require for Node's own modules.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  metafile: true,
  write: false,
});

const files = new Map(outputFiles.map(({ path, contents }) => [path.slice(dist.length + 1), Buffer.from(contents)]));
files.set('cli.js', Buffer.concat([Buffer.from('#!/usr/bin/env node\n'), files.get('cli.js')]));
files.set('licences.txt', Buffer.from(await licencesOf(metafile, root)));

if (process.argv.includes('--check')) await compare();
else await write();

async function write() {
  await rm(dist, { recursive: true, force: true });
  for (const [name, bytes] of files) {
    await mkdir(dirname(join(dist, name)), { recursive: true });
    await writeFile(join(dist, name), bytes, { mode: name === 'cli.js' ? 0o755 : 0o644 });
  }
  for (const [name, bytes] of files) console.log(`${name.padEnd(40)} ${(bytes.length / 1000).toFixed(1).padStart(8)} kB`);
}

async function compare() {
  const committed = (await readdir(dist, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1));
  const names = new Set([...committed, ...files.keys()]);
  const different = [];
  for (const name of names) {
    const onDisk = committed.includes(name) ? digest(await readFile(join(dist, name))) : 'absent';
    const built = files.has(name) ? digest(files.get(name)) : 'absent';
    if (onDisk !== built) different.push(name);
  }
  if (different.length === 0) return console.log(`dist is what src builds: ${names.size} files`);
  console.error(
    `dist differs from what src builds; run npm run build and commit: ${different.sort((a, b) => (a < b ? -1 : 1)).join(', ')}`,
  );
  process.exitCode = 1;
}

function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
