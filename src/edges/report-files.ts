import { access, constants, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../domain/problem.ts';

/** Makes the folder that a run's files are to go to. UserError where that cannot be: better before the run than after it. */
export async function makeFolder(folder: string, flag: string): Promise<void> {
  try {
    await makeWithParents(folder);
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new UserError({
      file: flag,
      what: `nothing can be written to "${folder}"${codeIn(error)}`,
      fix: 'Name a folder that can be made.',
    });
  }
  if ((await stat(folder)).isDirectory()) return;
  throw new UserError({ file: flag, what: `"${folder}" is a file`, fix: 'Name a folder.' });
}

/** A file's text. UserError where it cannot be read. */
export async function readTextFile(path: string, flag: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError({ file: flag, what: `"${path}" cannot be read${codeIn(error)}`, fix: 'Name a file that is there.' });
  }
}

/** A file's text; empty where there is none. */
export async function readTextIfThere(path: string): Promise<string> {
  return (await isThere(path)) ? readFile(path, 'utf8') : '';
}

/** Makes `name` in `parent`, or `name-2` and so on where an earlier step of the same job has left its own; gives its path. */
export async function freshFolder(parent: string, name: string): Promise<string> {
  await makeWithParents(parent);
  for (let count = 1; ; count++) {
    const folder = join(parent, count === 1 ? name : `${name}-${count}`);
    if (await isThere(folder)) continue;
    await mkdir(folder);
    return folder;
  }
}

/** Writes files by name, whole or piece by piece, into a folder that is there. UserError where one cannot be written: a full disk is no fault of ours. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string | Iterable<string>>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    try {
      await writeFile(path, text);
    } catch (error) {
      if (codeIn(error) === '') throw error;
      throw new UserError({ file: path, what: `it cannot be written${codeIn(error)}`, fix: 'Make room there, or name another folder.' });
    }
  }
}

/** Writes a file below a folder in one step. UserError where it is not as it was any more. `before`: empty where there was none. */
export async function replaceFile(folder: string, path: string, { before, after }: { before: string; after: string }): Promise<void> {
  const target = join(folder, path);
  const now = await readFile(target, 'utf8').catch(() => '');
  if (now !== before)
    throw new UserError({ file: path, what: 'the file was changed meanwhile, so nothing was written', fix: 'Run it again.' });
  await makeWithParents(dirname(target));
  await writeFile(`${target}.new`, after);
  await rename(`${target}.new`, target);
}

const codeIn = (error: unknown): string => (error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '');

/** Step by step: Node's own `recursive` never returns below folders such as /proc, where making one says that its parent is missing. */
async function makeWithParents(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return;
    const parent = dirname(folder);
    if (code !== 'ENOENT' || parent === folder || (await isThere(parent))) throw error;
    await makeWithParents(parent);
    await mkdir(folder);
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
