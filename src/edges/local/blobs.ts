import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MOST_AT_ONCE = 200;

interface Waiting {
  readonly hash: string;
  readonly resolve: (bytes: Buffer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads blobs of the repository at `folder`, many with one process of git: one for each would be hundreds at the same time.
 * What is asked for while git runs waits for the next one.
 */
export function blobReader(folder: string): (hash: string) => Promise<Buffer> {
  const queue: Waiting[] = [];
  let isRunning = false;

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, MOST_AT_ONCE);
      try {
        const blobs = await readAll(
          folder,
          batch.map(({ hash }) => hash),
        );
        for (const [index, { resolve }] of batch.entries()) resolve(blobs[index]!);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isRunning = false;
  }

  return (hash) =>
    new Promise((resolve, reject) => {
      queue.push({ hash, resolve, reject });
      if (isRunning) return;
      isRunning = true;
      setImmediate(() => void drain());
    });
}

/** https://git-scm.com/docs/git-cat-file#_batch_output: `<hash> blob <size>`, a line end, the bytes and a line end, for each. */
async function readAll(folder: string, hashes: readonly string[]): Promise<Buffer[]> {
  const git = run('git', ['cat-file', '--batch'], { cwd: folder, maxBuffer: Number.POSITIVE_INFINITY, encoding: 'buffer' });
  git.child.stdin?.end(`${hashes.join('\n')}\n`);
  const { stdout } = await git;
  let at = 0;
  return hashes.map((hash) => {
    const lineEnd = stdout.indexOf('\n', at);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(stdout.toString('latin1', at, lineEnd))?.[1];
    if (size === undefined) throw new Error(`git has no blob ${hash}`);
    const start = lineEnd + 1;
    at = start + Number(size) + 1;
    return stdout.subarray(start, at - 1);
  });
}

/** A blob's bytes as git gives them. Throws where git fails. */
export async function* blobChunks(folder: string, hash: string): AsyncGenerator<Uint8Array> {
  const git = spawn('git', ['cat-file', 'blob', hash], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const closed = once(git, 'close');
  yield* git.stdout;
  const [code] = await closed;
  if (code !== 0) throw new Error(`git has no blob ${hash}`);
}
