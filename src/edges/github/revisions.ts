import type { Change } from '../../domain/change.ts';
import type { LargeFile, Revisions, Tree } from '../../domain/ports.ts';
import { UserError } from '../../domain/problem.ts';
import { LARGE_FILE_BYTES, spilled } from '../large-file.ts';
import { assertReadable, decoded, notText } from '../text.ts';
import { diffTrees, ofFiles } from '../tree-diff.ts';
import { blobReader, type ListedBlob } from './blobs.ts';
import { changesBelow, mayBeLink } from './changes.ts';
import type { GitHubClient } from './client.ts';
import { type Listing, list } from './listing.ts';
import { type ComparedFile, type GitObjects, gitObjects, MOST_COMPARED_FILES } from './objects.ts';
import type { Repository } from './repository.ts';
import { readDirectory } from './scope.ts';
import type { CommitRange } from './trigger.ts';

/** Lists a tree or commit; asked again for the same one it answers from memory. */
type List = (treeish: string) => Promise<Listing>;
/** The text of a blob; asked again for the same one it answers from memory. */
type ReadBlob = (blob: ListedBlob) => Promise<string | undefined>;
/** A blob on disk; asked again for the same one it is the same file. */
type OpenBlob = (blob: ListedBlob & { readonly path: string }) => Promise<LargeFile>;

/**
 * Opens the two ends of `range` through the API: no checkout, no history needed. Sends one request, one more where the head is not a
 * SHA, and two or more where the list of changed files is cut or may hold links, or nothing changed below a folder that was named;
 * listings and files are fetched when first asked for. UserError for a folder without a file on either side.
 */
export async function openRevisions(
  client: GitHubClient,
  repository: Repository,
  range: CommitRange,
  { workingDirectory }: { readonly workingDirectory: string },
): Promise<Revisions> {
  const directory = readDirectory(workingDirectory);
  const objects = gitObjects(client, repository);
  const head = /^[0-9a-f]{40,64}$/.test(range.head) ? range.head : await objects.resolve(range.head);
  const { base_commit: tip, merge_base_commit: base, files } = await objects.compare({ base: range.base, head });

  const listing: List = remembered((treeish) => list(objects, treeish, directory), String);
  const bytesOf = blobReader(client, repository, objects);
  const readBlob: ReadBlob = remembered(
    async (blob) => decoded(await bytesOf(blob)),
    ({ hash }) => hash,
  );
  const openBlob: OpenBlob = remembered(
    ({ hash, path }) => spilled(wholeBlob(objects, hash), path),
    ({ hash }) => hash,
  );
  const blobs = { readBlob, openBlob };
  const sides = { base: base.commit.tree.sha, head };
  const differences = await (files.length < MOST_COMPARED_FILES
    ? fromComparison(listing, sides, directory, files)
    : fromListings(listing, sides));
  if (directory !== '' && differences.changes.length === 0) refuseMissing(workingDirectory, await both(listing, sides));
  // Whoever reads one side reads the other too: files of both are then asked for together.
  const ends = () => both(listing, sides);
  return {
    base: tree(base.sha, async () => (await ends())[0], blobs),
    head: tree(head, async () => (await ends())[1], blobs),
    policy: tree(tip.sha, () => listing(tip.commit.tree.sha), blobs),
    ...differences,
  };
}

/** A slip in the folder's name would leave its prompts unchecked for ever. */
function refuseMissing(workingDirectory: string, sides: readonly Listing[]): void {
  if (sides.some(({ files }) => files.size > 0)) return;
  throw new UserError({
    file: 'working-directory',
    what: `there is no file below "${workingDirectory}", on the base branch or in the pull request`,
    fix: 'Mend the path.',
  });
}

interface Sides {
  readonly base: string;
  readonly head: string;
}
type Differences = Pick<Revisions, 'changes' | 'touchesWorkflows'>;

async function fromComparison(listing: List, sides: Sides, directory: string, files: readonly ComparedFile[]): Promise<Differences> {
  const changes = changesBelow(directory, files);
  const links = changesBelow(directory, files.filter(mayBeLink)).length > 0;
  const [base, head] = links ? await both(listing, sides) : [];
  return {
    changes: inPathOrder(base && head ? ofFiles(changes, base.files, head.files) : changes),
    touchesWorkflows: files.some((file) => isWorkflow(file.filename) || isWorkflow(file.previous_filename ?? file.filename)),
  };
}

/** For pull requests whose list of files GitHub cuts. Only files moved unedited count as renamed. */
async function fromListings(listing: List, sides: Sides): Promise<Differences> {
  const [base, head] = await both(listing, sides);
  const isNowLink = ({ status, path }: Change) => status === 'removed' && head.links.has(path);
  const changes = diffTrees([...base.files.values()], [...head.files.values()]).map(
    (change): Change => (isNowLink(change) ? { path: change.path, status: 'modified' } : change),
  );
  return { changes, touchesWorkflows: base.workflows !== head.workflows };
}

/** The folder itself counts too: it could become a link. */
function isWorkflow(path: string): boolean {
  return /^\.github(\/workflows(\/|$)|$)/.test(path);
}

async function both(listing: List, { base, head }: Sides): Promise<[Listing, Listing]> {
  return Promise.all([listing(base), listing(head)]);
}

async function* wholeBlob(objects: GitObjects, hash: string): AsyncGenerator<Uint8Array> {
  yield await objects.blob(hash);
}

interface Blobs {
  readonly readBlob: ReadBlob;
  readonly openBlob: OpenBlob;
}

function tree(revision: string, listing: () => Promise<Listing>, { readBlob, openBlob }: Blobs): Tree {
  return {
    revision,
    list: async () => [...(await listing()).files.keys()].sort(),
    read: async (path) => {
      const file = (await listing()).files.get(path);
      if (file === undefined) return undefined;
      assertReadable(path, file.sizeBytes ?? 0);
      const text = await readBlob(file);
      if (text === undefined) throw notText(path);
      return text;
    },
    openLarge: async (path) => {
      const file = (await listing()).files.get(path);
      return file === undefined || (file.sizeBytes ?? 0) <= LARGE_FILE_BYTES ? undefined : openBlob({ ...file, path });
    },
  };
}

function remembered<Asked, T>(fetch: (asked: Asked) => Promise<T>, keyOf: (asked: Asked) => string): (asked: Asked) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (asked) => {
    const key = keyOf(asked);
    const answer = known.get(key) ?? fetch(asked);
    known.set(key, answer);
    return answer;
  };
}

function inPathOrder(changes: readonly Change[]): Change[] {
  return [...changes].sort((a, b) => (a.path < b.path ? -1 : 1));
}
