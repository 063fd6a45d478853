import { posix } from 'node:path';
import type { Tree } from '../domain/ports.ts';

/** An import or a require of a path that begins with a dot. A comment that looks like one is taken for one: that costs nothing. */
const RELATIVE = /\b(?:from|import|require)\s{0,20}\(?\s{0,20}(["'])(\.{1,2}\/[^"'\n]{1,500})\1/g;

/** How Node completes the path of a `require`. https://nodejs.org/api/modules.html#file-modules */
const completions = ['', '.js', '.cjs', '.mjs', '.json', '/index.js'];

/** Files of a tree that these JavaScript modules name by a relative path, and that those name in turn; the modules themselves among them. Sorted. */
export async function withImports(tree: Tree, modules: readonly string[]): Promise<readonly string[]> {
  const known = new Set(await tree.list());
  const found = new Set(modules);
  for (const path of found) {
    const text = /\.[cm]?[jt]s$/.test(path) ? ((await tree.read(path)) ?? '') : '';
    for (const [, , named = ''] of text.matchAll(RELATIVE)) {
      const whole = posix.join(posix.dirname(path), named);
      const file = completions.map((end) => whole + end).find((candidate) => known.has(candidate));
      if (file !== undefined) found.add(file);
    }
  }
  return [...found].sort();
}
