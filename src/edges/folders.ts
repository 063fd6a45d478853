import { mkdirSync, statSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes a folder and those above it, one by one: Node's own `recursive` never returns below folders such as /proc. Throws where that cannot be. */
export function makeFolders(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return;
    const parent = dirname(folder);
    if (code !== 'ENOENT' || parent === folder) throw error;
    makeFolders(parent);
    mkdirSync(folder);
  }
}

/** Some systems keep a file that another process reads; then it stays, and is removed another time. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {}
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
