import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Change } from '../../domain/change.ts';
import type { Revisions } from '../../domain/ports.ts';
import { UserError } from '../../domain/problem.ts';
import { diffTrees, ofFiles } from '../tree-diff.ts';
import { commitOf, fields, git, gitMaybe, mergeBaseOf, requireRepository } from './git.ts';
import { commitTree, folderTree, type HashedTree, workingTree } from './trees.ts';

/** What a person names on the terminal. A side is a folder where one of that name exists, else a commit. */
export interface LocalRange {
  /** Absent: where the current branch left the default branch. */
  readonly base?: string;
  /** Absent: the working tree. */
  readonly head?: string;
  /** Where settings and eval sets come from; CI takes the tip of the base. */
  readonly settingsFrom: 'head' | 'base';
}

interface Side {
  readonly tree: HashedTree;
  /** Set where git knows the side: a commit's SHA. */
  readonly sha?: string;
  /** The tip of the branch that a base was left at. */
  readonly tip?: HashedTree;
}

/** Opens two sides below `cwd` without touching either. */
export async function openLocalRevisions(cwd: string, range: LocalRange): Promise<Revisions> {
  const head = range.head === undefined ? { tree: workingTree(cwd) } : await side(cwd, range.head, '--head');
  const base = range.base === undefined ? await forkPoint(cwd, head) : await baseSide(cwd, range.base, head);
  const everything = await changesBetween(cwd, base, head, range.head === undefined);
  return {
    base: base.tree,
    head: head.tree,
    policy: range.settingsFrom === 'base' ? (base.tip ?? base.tree) : head.sha === undefined ? head.tree : workingTree(cwd),
    changes: everything,
    touchesWorkflows: everything.some(({ path, previousPath }) =>
      [path, previousPath].some((one) => one?.startsWith('.github/workflows/')),
    ),
  };
}

/** One side alone, for who compares nothing: the working tree, or what `head` names. */
export async function openLocalFiles(cwd: string, head: string | undefined): Promise<Revisions> {
  const { tree } = head === undefined ? { tree: workingTree(cwd) } : await side(cwd, head, '--head');
  return { base: tree, head: tree, policy: tree, changes: [], touchesWorkflows: false };
}

async function side(cwd: string, name: string, flag: string): Promise<Side> {
  const folder = resolve(cwd, name);
  if (await isFolder(folder)) return { tree: folderTree(folder, folder === resolve(cwd) ? 'this folder' : name) };
  const sha = await commitOf(cwd, name, flag);
  return { tree: commitTree(cwd, sha, await prefixOf(cwd)), sha };
}

/** A base commit is taken where head left it, as a pull request would. */
async function baseSide(cwd: string, name: string, head: Side): Promise<Side> {
  const named = await side(cwd, name, '--base');
  return named.sha === undefined ? named : mergeBase(cwd, named.sha, head.sha ?? 'HEAD');
}

async function forkPoint(cwd: string, head: Side): Promise<Side> {
  for (const name of ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master', 'HEAD']) {
    const sha = await gitMaybe(cwd, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`);
    if (sha !== undefined) return mergeBase(cwd, sha.trim(), head.sha ?? 'HEAD');
  }
  await requireRepository(cwd, '--base');
  throw new UserError({ file: '--base', what: 'this folder has no commit to compare with', fix: 'Name a commit or a folder: --base DIR.' });
}

async function mergeBase(cwd: string, tip: string, head: string): Promise<Side> {
  const [sha, prefix] = await Promise.all([mergeBaseOf(cwd, tip, head), prefixOf(cwd)]);
  return { tree: commitTree(cwd, sha, prefix), sha, tip: commitTree(cwd, tip, prefix) };
}

/** git tells renames of edited files too; folders can only be compared by content. */
async function changesBetween(cwd: string, base: Side, head: Side, headIsWorkingTree: boolean): Promise<Change[]> {
  if (base.sha === undefined || (head.sha === undefined && !headIsWorkingTree))
    return diffTrees(await base.tree.hashes(), await head.tree.hashes());
  const diff = await git(
    cwd,
    'diff',
    '--name-status',
    '-z',
    '--find-renames',
    '--relative',
    base.sha,
    ...(head.sha === undefined ? [] : [head.sha]),
  );
  const untracked = head.sha === undefined ? fields(await git(cwd, 'ls-files', '-z', '--others', '--exclude-standard')) : [];
  const changes = [...parseNameStatus(fields(diff)), ...untracked.map((path): Change => ({ path, status: 'added' }))];
  const [before, after] = await Promise.all([base.tree.list(), head.tree.list()]);
  return ofFiles(oncePerPath(changes), new Set(before), new Set(after)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** In the middle of a merge git names a file twice: as changed, and as not merged yet. */
function oncePerPath(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [change.path, change])).values()];
}

function parseNameStatus(parts: readonly string[]): Change[] {
  const changes: Change[] = [];
  for (let at = 0; at < parts.length; ) {
    const status = parts[at]!;
    if (status.startsWith('R')) {
      changes.push({ status: 'renamed', previousPath: parts[at + 1]!, path: parts[at + 2]! });
      at += 3;
    } else {
      changes.push({ status: status === 'A' ? 'added' : status === 'D' ? 'removed' : 'modified', path: parts[at + 1]! });
      at += 2;
    }
  }
  return changes;
}

async function prefixOf(cwd: string): Promise<string> {
  return (await git(cwd, 'rev-parse', '--show-prefix')).trim();
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
