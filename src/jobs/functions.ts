import { createHash } from 'node:crypto';
import type { EvalSet } from '../domain/evalset.ts';
import type { FunctionFile } from '../domain/function.ts';
import type { AnswerStore, CallFunction, Functions, Tree } from '../domain/ports.ts';
import { UserError } from '../domain/problem.ts';
import { functionOf } from '../scorers/function.ts';
import { everyScorer, type Scoring } from '../scorers/overrides.ts';
import type { Settings } from '../settings/settings.ts';
import { remembered } from './function-scores.ts';
import { withImports } from './imports.ts';
import type { World } from './world.ts';

/**
 * The files of the repository that the scorer functions of the eval set at `path` run, as this tree has them, what modules among them import by a
 * relative path included; undefined where it has no such scorer. UserError for a module, or a file named under `files`, that is not there.
 */
export async function functionFilesOf(tree: Tree, path: string, scoring: Scoring): Promise<readonly FunctionFile[] | undefined> {
  const functions = everyScorer(scoring)
    .filter(({ kind }) => kind === 'function')
    .map(({ options }) => functionOf(options));
  if (functions.length === 0) return undefined;
  const known = new Set(await tree.list());
  const required = functions.flatMap(({ program, files }) => [...files, ...(program.kind === 'module' ? [program.path] : [])]);
  const words = functions
    .flatMap(({ program }) => (program.kind === 'command' ? program.argv : []))
    .map((word) => word.replace(/^\.\//, ''));
  const paths = await withImports(tree, [...required, ...words.filter((word) => known.has(word))]);
  return Promise.all(paths.map((file) => functionFile(tree, path, file)));
}

async function functionFile(tree: Tree, evalSet: string, path: string): Promise<FunctionFile> {
  const text = await tree.read(path);
  if (text !== undefined) return { path, hash: createHash('sha256').update(text).digest('hex') };
  const fix = 'Add it at the same revision, or mend the path, which begins at the working directory.';
  throw new UserError({ file: evalSet, key: 'function', what: `${path} is not there`, fix });
}

/** UserError for an eval set that scores by a function where none is allowed. */
export function refuseFunctions({ path, functionFiles }: EvalSet, { allowFunctions }: Settings, config: string): void {
  if (functionFiles === undefined || allowFunctions) return;
  throw new UserError({
    file: path,
    key: 'scorers',
    what: 'it scores by a function of the repository’s own, and functions are off',
    fix: `Set "allowFunctions: true" in ${config} on the base branch, and no input to false.`,
  });
}

/** The functions that these eval sets score by, ready to be called; undefined where there is none. UserError where they may not run from here. */
export async function openedFunctions(evalSets: readonly EvalSet[], policy: Tree, world: World): Promise<Functions | undefined> {
  const files = evalSets.flatMap(({ functionFiles }) => functionFiles ?? []);
  if (evalSets.every(({ functionFiles }) => functionFiles === undefined)) return undefined;
  return world.openFunctions?.([...new Map(files.map((file) => [file.path, file])).values()], policy);
}

/** How grading by an eval set calls them: what `scores` knows is not asked again. Undefined where none run. */
export function callFor(evalSet: EvalSet, functions: Functions | undefined, scores: AnswerStore | undefined): CallFunction | undefined {
  return functions && scores ? remembered(functions.call, evalSet, scores) : functions?.call;
}
