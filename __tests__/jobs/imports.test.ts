import type { Tree } from '../../src/domain/ports.ts';
import { withImports } from '../../src/jobs/imports.ts';

const tree = (files: Readonly<Record<string, string>>): Tree => ({
  revision: 'tip',
  list: async () => Object.keys(files).sort(),
  read: async (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
});

it('finds what modules import by relative paths, and what those import in turn, circles included', async () => {
  const files = {
    'scorers/mine.mjs': [
      "import { a } from './a.mjs';",
      'export * from "../shared/b.js";',
      "import './c.mjs';",
      "const d = await import('./d.mjs');",
      "const e = require('./e');",
      "const f = require( './f' );",
      "import fs from 'node:fs';",
      "import pkg from 'pkg';",
      "import gone from './gone.mjs';",
    ].join('\n'),
    'scorers/a.mjs': "import './deep/g.mjs';\n",
    'scorers/deep/g.mjs': "import '../mine.mjs';\n",
    'shared/b.js': "module.exports = require('./weights.json');\n",
    'shared/weights.json': '{ "from": "./c.mjs" }',
    'scorers/c.mjs': '',
    'scorers/d.mjs': '',
    'scorers/e.cjs': '',
    'scorers/f/index.js': '',
    'scorers/other.mjs': '',
  };
  const { 'scorers/other.mjs': _, ...wanted } = files;
  expect(await withImports(tree(files), ['scorers/mine.mjs'])).toEqual(Object.keys(wanted).sort());
});

it('leaves files that are no JavaScript as they are, and never leaves the tree', async () => {
  const files = { 'score.py': 'from "./a.mjs"', 'a.mjs': "import '../../etc/passwd';\nimport './score.py';" };
  expect(await withImports(tree(files), ['score.py'])).toEqual(['score.py']);
  expect(await withImports(tree(files), ['a.mjs'])).toEqual(['a.mjs', 'score.py']);
});

it('takes a time that grows with the text alone', async () => {
  const blank = `import${' '.repeat(2_000_000)}from${'\n'.repeat(2_000_000)}`;
  expect(await withImports(tree({ 'a.mjs': blank }), ['a.mjs'])).toEqual(['a.mjs']);
});
