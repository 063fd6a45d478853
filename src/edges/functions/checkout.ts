import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FunctionFile } from '../../domain/function.ts';
import { type Problem, UserError } from '../../domain/problem.ts';
import { git } from '../local/git.ts';
import { decoded } from '../text.ts';

/**
 * UserError unless the folder is what scorer functions may run from: a checkout of `commit` (any folder where none is given) in which
 * each of `files` is, byte for byte, what that revision has.
 */
export async function verifyCheckout(folder: string, files: readonly FunctionFile[], commit?: string): Promise<void> {
  if (commit !== undefined) await verifyCommit(folder, commit);
  const faults = await Promise.all(files.map((file) => faultOf(folder, file)));
  const problems = faults.filter((fault) => fault !== undefined);
  if (problems.length > 0) throw new UserError(...problems);
}

async function verifyCommit(folder: string, commit: string): Promise<void> {
  const wrong = (what: string) =>
    new UserError({
      what: `scorer functions run only from a checkout of the base branch's tip, ${commit.slice(0, 7)}, and ${what}`,
      fix: 'Before this step check that branch out, into the folder that the input `functions-path` names: see docs/functions.md.',
    });
  const head = await git(folder, 'rev-parse', 'HEAD').catch((error: unknown) => {
    throw wrong(`the workspace is none${saidBy(error)}`);
  });
  if (head.trim() !== commit) throw wrong(`the workspace is one of ${head.trim().slice(0, 7)}`);
}

function saidBy(error: unknown): string {
  const said = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr).trim().split('\n', 1)[0] : '';
  return said === '' ? '' : ` (git says: "${said}")`;
}

async function faultOf(folder: string, { path, hash }: FunctionFile): Promise<Problem | undefined> {
  const text = await textOf(join(folder, path));
  if (text === undefined)
    return { file: path, what: 'the file is not in the checkout that scorer functions run from', fix: 'Check it out.' };
  if (createHash('sha256').update(text).digest('hex') === hash) return undefined;
  return {
    file: path,
    what: 'the file is not what the base branch has, and scorer functions run only from there',
    fix: 'Check the base branch out anew.',
  };
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isFile() ? decoded(await readFile(path)) : undefined;
  } catch {
    return undefined;
  }
}
