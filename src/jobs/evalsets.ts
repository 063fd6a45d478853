import type { EvalSet } from '../domain/evalset.ts';
import type { Tree } from '../domain/ports.ts';
import { UserError } from '../domain/problem.ts';
import type { Version } from '../domain/prompt.ts';
import { assembleEvalSet, type RowFile } from '../evalset/assemble.ts';
import { evalSetCandidates, hasHead } from '../evalset/locate.ts';
import { splitFrontMatter } from '../prompts/front-matter.ts';
import { completed } from '../scorers/complete.ts';
import { unscorable } from '../scorers/score.ts';
import { type EvalSetHeader, headerOfRows, readEvalSetFile } from '../settings/evalset-file.ts';
import { functionFilesOf } from './functions.ts';

export { promptsRoot } from '../evalset/locate.ts';

/** An eval set with the files it was read from, or where one would have been looked for. */
export interface FoundEvalSet {
  readonly evalSet?: EvalSet;
  readonly files: readonly string[];
  readonly expectedPath: string;
}

/**
 * The eval set that a revision has for a prompt: the one its front matter names there, else the one beside its old or new path.
 * UserError where it is broken, or where a named one is not there.
 */
export async function evalSetFor(
  tree: Tree,
  prompt: { readonly path: string; readonly previousPath?: string },
  globs: readonly string[],
): Promise<FoundEvalSet> {
  const paths = prompt.previousPath === undefined ? [prompt.path] : [prompt.previousPath, prompt.path];
  for (const path of paths) {
    const key = await namedBy(tree, path);
    const found = await firstPresent(tree, evalSetCandidates(path, globs, key?.path));
    if (found !== undefined) return readEvalSet(tree, found);
    if (key !== undefined)
      throw new UserError({
        file: path,
        line: key.line,
        key: 'evals',
        what: `${key.path} is not there`,
        fix: 'Add it at the same revision, or remove the key.',
      });
  }
  return { files: [], expectedPath: evalSetCandidates(prompt.path, globs)[0]! };
}

/** The eval set a prompt's front matter names at this revision. A broken one names none: reading the prompt in earnest says what is wrong. */
export async function namedBy(tree: Tree, path: string): Promise<Version['evals']> {
  const text = await tree.read(path);
  try {
    return text === undefined ? undefined : splitFrontMatter(path, text).frontMatter.evals;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Asks for all at once: where the first is a head, its rows are as a rule the next. A fault counts only in what is taken. */
async function firstPresent(tree: Tree, candidates: readonly string[]): Promise<RowFile | undefined> {
  const reads = candidates.map((path) => contentOf(tree, path));
  await Promise.allSettled(reads);
  for (const read of reads) {
    const found = await read;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Rows that stand a line each need not be held in memory. */
async function contentOf(tree: Tree, file: string): Promise<RowFile | undefined> {
  const large = file.toLowerCase().endsWith('.jsonl') ? await tree.openLarge?.(file) : undefined;
  if (large !== undefined) return { file, large };
  const text = await tree.read(file);
  return text === undefined ? undefined : { file, text };
}

async function readEvalSet(tree: Tree, found: RowFile): Promise<FoundEvalSet> {
  const path = found.file;
  const header = 'text' in found && hasHead(path) ? readEvalSetFile(path, found.text) : headerOfRows(path);
  const read = (key: string) => (file: EvalSetHeader['rowFiles'][number]) => rowFile(tree, header, key, file);
  const rowFiles = await Promise.all(header.rowFiles.map(read('examples')));
  const calibration = await Promise.all(header.calibrationFiles.map(read('calibration')));
  const functionFiles = await functionFilesOf(tree, path, header);
  const files = [...new Set([path, ...[...rowFiles, ...calibration].map(({ file }) => file)])];
  const evalSet = assembleEvalSet(path, { ...header, functionFiles }, rowFiles, unscorable, calibration);
  return { evalSet: completed(evalSet, evalSet.examples), files, expectedPath: path };
}

async function rowFile(
  tree: Tree,
  header: EvalSetHeader,
  key: string,
  { path, line }: EvalSetHeader['rowFiles'][number],
): Promise<RowFile> {
  const found = await contentOf(tree, path);
  if (found !== undefined) return found;
  throw new UserError({
    file: header.file,
    line,
    key,
    what: `${path} is not there`,
    fix: 'Add it at the same revision, or mend the path.',
  });
}
