import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { LargeFile, Tree } from '../../domain/ports.ts';
import { LARGE_FILE_BYTES, openLargeFile, spilled } from '../large-file.ts';
import { assertReadable, decoded, notText } from '../text.ts';
import type { HashedFile } from '../tree-diff.ts';
import { blobChunks, blobReader } from './blobs.ts';
import { fields, git, gitMaybe } from './git.ts';

/** A tree whose files can be told apart without reading them twice. */
export interface HashedTree extends Tree {
  hashes(): Promise<readonly HashedFile[]>;
}

/** The files of a commit below `prefix` (empty or ending in `/`), read from the repository at `folder`. */
export function commitTree(folder: string, sha: string, prefix: string): HashedTree {
  const readBlob = blobReader(folder);
  const opened = new Map<string, Promise<LargeFile>>();
  const files = once(async () => {
    const below = prefix === '' ? [] : ['--', prefix];
    const rows = fields(await git(folder, 'ls-tree', '-r', '-l', '-z', '--full-tree', sha, ...below)).map(readRow);
    const plain = rows.filter(({ mode }) => isFile(mode)).map((row) => [row.path.slice(prefix.length), row] as const);
    return new Map(plain);
  });
  return {
    revision: sha,
    hashes: async () => [...(await files())].map(([path, { hash }]) => ({ path, hash })),
    list: async () => [...(await files()).keys()].sort(),
    read: async (path) => {
      const file = (await files()).get(path);
      if (file === undefined) return undefined;
      assertReadable(path, file.sizeBytes);
      return asText(path, await readBlob(file.hash));
    },
    openLarge: async (path) => {
      const file = (await files()).get(path);
      if (file === undefined || file.sizeBytes <= LARGE_FILE_BYTES) return undefined;
      const large = opened.get(path) ?? spilled(blobChunks(folder, file.hash), path);
      opened.set(path, large);
      return large;
    },
  };
}

/** A row of `git ls-tree -l`; a submodule has no size. */
function readRow(row: string) {
  const [, mode, hash, size, path] = /^(\d+) \w+ (\w+) +(\d+|-)\t(.*)$/s.exec(row)!;
  return { mode: mode!, hash: hash!, sizeBytes: size === '-' ? 0 : Number(size), path: path! };
}

/** 100644 and 100755; symbolic links (120000) and submodules (160000) are not files. */
function isFile(mode: string): boolean {
  return mode.startsWith('100');
}

/** The files of a folder as they are on disk. */
export function folderTree(folder: string, revision: string): HashedTree {
  return diskTree(folder, revision, () => walked(folder));
}

/** The same for a working tree, without what git ignores; a folder unknown to git is taken whole. */
export function workingTree(folder: string): HashedTree {
  return diskTree(folder, 'working tree', async () => {
    const known = await gitMaybe(folder, 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
    return known === undefined ? walked(folder) : fields(known);
  });
}

function diskTree(folder: string, revision: string, candidates: () => Promise<readonly string[]>): HashedTree {
  const paths = once(async () => {
    const present = await Promise.all((await candidates()).map(async (path) => ((await isPlainFile(join(folder, path))) ? [path] : [])));
    return [...new Set(present.flat())].sort();
  });
  /** How large the file is; undefined where there is none. */
  const sizeOf = async (path: string) => ((await paths()).includes(path) ? (await lstat(join(folder, path))).size : undefined);
  return {
    revision,
    folder,
    list: paths,
    read: async (path) => {
      const sizeBytes = await sizeOf(path);
      if (sizeBytes === undefined) return undefined;
      assertReadable(path, sizeBytes);
      return asText(path, await readFile(join(folder, path)));
    },
    openLarge: async (path) => {
      const sizeBytes = await sizeOf(path);
      return sizeBytes === undefined || sizeBytes <= LARGE_FILE_BYTES ? undefined : openLargeFile(join(folder, path), path);
    },
    hashes: async () => Promise.all((await paths()).map(async (path) => ({ path, hash: await blobHash(join(folder, path)) }))),
  };
}

/** The hash git gives a blob, so that files on disk compare with files of a commit (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects). */
async function blobHash(location: string): Promise<string> {
  const { size } = await lstat(location);
  const hash = createHash('sha1').update(`blob ${size}\0`);
  if (size <= LARGE_FILE_BYTES) return hash.update(await readFile(location)).digest('hex');
  for await (const chunk of createReadStream(location)) hash.update(chunk);
  return hash.digest('hex');
}

async function walked(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => part === '.git' || part === 'node_modules'));
}

async function isPlainFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (stat) => stat.isFile(),
    () => false,
  );
}

function asText(path: string, bytes: Buffer): string {
  const text = decoded(bytes);
  if (text === undefined) throw notText(path);
  return text;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
