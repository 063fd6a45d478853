import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { LargeFile } from '../domain/ports.ts';
import { UserError } from '../domain/problem.ts';
import { openUnseen } from './scratch.ts';

/** Files above this are opened rather than read; as objects in memory the rows of one would take ten times as much. */
export const LARGE_FILE_BYTES = 4 * 1024 * 1024;

/** A file of this computer as it is now; `path` names it in messages. */
export function openLargeFile(location: string, path: string): LargeFile {
  const fd = openSync(location, 'r');
  const { size, mtimeMs } = fstatSync(fd);
  return new OpenFile(fd, size, () => {
    const now = fstatSync(fd);
    if (now.size === size && now.mtimeMs === mtimeMs) return;
    throw new UserError({ file: path, what: 'the file was changed while its examples were evaluated', fix: 'Run again.' });
  });
}

/** What comes from elsewhere, put into a file of its own that is gone with the process. UserError where there is no room for it. */
export async function spilled(chunks: AsyncIterable<Uint8Array>, path: string, folder = tmpdir()): Promise<LargeFile> {
  let fd: number | undefined;
  try {
    fd = openUnseen(folder);
    let sizeBytes = 0;
    for await (const chunk of chunks) {
      for (let done = 0; done < chunk.length; ) done += writeSync(fd, chunk, done, chunk.length - done, sizeBytes + done);
      sizeBytes += chunk.length;
    }
    return new OpenFile(fd, sizeBytes, () => {});
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new UserError({ file: path, what: `there is no room for it in ${folder} (${code})`, fix: 'Free some, or set TMPDIR.' });
  }
}

/** What the system says of a failed call on files; undefined for any other error. */
function systemCode(error: unknown): string | undefined {
  const isOfSystem = typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error;
  return isOfSystem ? String(error.code) : undefined;
}

/** Read at once for whoever goes through the file in order. */
const PIECE_BYTES = 256 * 1024;
/** What stands between two lines at most. */
const GAP_BYTES = 2;
/** Reads from disk between two looks at whether the file is as it was. */
const READS_BETWEEN_LOOKS = 64;

class OpenFile implements LargeFile {
  readonly sizeBytes: number;
  readonly #fd: number;
  readonly #requireUnchanged: () => void;
  /** Where pieces are read into, one over the other. */
  #room: Buffer = Buffer.allocUnsafe(0);
  #piece: Buffer = this.#room;
  #pieceAt = 0;
  /** Where the last read ended. */
  #end = 0;
  #reads = 0;

  constructor(fd: number, sizeBytes: number, requireUnchanged: () => void) {
    this.#fd = fd;
    this.sizeBytes = sizeBytes;
    this.#requireUnchanged = requireUnchanged;
  }

  read(offset: number, length: number): Uint8Array {
    const isNext = offset >= this.#end && offset <= this.#end + GAP_BYTES;
    const isHeld = offset >= this.#pieceAt && offset + length <= this.#pieceAt + this.#piece.length;
    this.#end = offset + length;
    if (!isHeld && !isNext) return this.#fromDisk(offset, Buffer.allocUnsafe(this.#within(offset, length)));
    if (!isHeld) {
      const bytes = this.#within(offset, Math.max(length, PIECE_BYTES));
      if (this.#room.length < bytes) this.#room = Buffer.allocUnsafe(bytes);
      this.#piece = this.#fromDisk(offset, this.#room.subarray(0, bytes));
      this.#pieceAt = offset;
    }
    return this.#piece.subarray(offset - this.#pieceAt, offset - this.#pieceAt + length);
  }

  #within(offset: number, length: number): number {
    return Math.max(0, Math.min(length, this.sizeBytes - offset));
  }

  #fromDisk(offset: number, bytes: Buffer): Buffer {
    let done = 0;
    for (let got = -1; got !== 0 && done < bytes.length; done += got)
      got = readSync(this.#fd, bytes, done, bytes.length - done, offset + done);
    if (this.#reads++ % READS_BETWEEN_LOOKS === 0) this.#requireUnchanged();
    return bytes.subarray(0, done);
  }
}
