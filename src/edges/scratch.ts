import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scratch } from '../domain/ports.ts';

const writeBytes = 1024 * 1024;
/** Read at once for whoever goes through the file, and for whoever picks a record out of it: a reader of many apart would leave that much each time. */
const readBytes = 256 * 1024;
const apartBytes = 4 * 1024;
/** Before each record stands its length. */
const headBytes = 4;

/**
 * A file in `folder`, made with the first record and gone with the process. What finds no room on disk is refused; what was taken before stays
 * readable.
 */
export function openScratch(folder = tmpdir()): Scratch {
  return new ScratchFile(folder);
}

class ScratchFile implements Scratch {
  readonly #folder: string;
  #file: number | undefined;
  #isFull = false;
  /** What is not written yet: the records from `#written` on. */
  #tail = Buffer.allocUnsafe(0);
  #used = 0;
  #written = 0;
  /** Where pieces are read into, one over the other: each in room of its own would be memory that nobody needs any more, until it is collected. */
  #room: Buffer = Buffer.allocUnsafe(0);
  /** A piece of the file, for readers who go through it in order. */
  #piece: Buffer = this.#room;
  #pieceAt = 0;
  /** Where the last record that was read ended. */
  #end = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  append(bytes: Uint8Array): number | undefined {
    const length = headBytes + bytes.length;
    if (this.#used + length > this.#tail.length) this.#makeRoom(length);
    if (this.#isFull) return undefined;
    this.#tail.writeUInt32LE(bytes.length, this.#used);
    this.#tail.set(bytes, this.#used + headBytes);
    this.#used += length;
    return this.#written + this.#used - length;
  }

  read(offset: number): Uint8Array {
    const isNear = Math.abs(offset - this.#end) <= readBytes;
    const atOnce = isNear ? readBytes : apartBytes;
    const length = this.#bytes(offset, headBytes, atOnce).readUInt32LE();
    this.#end = offset + headBytes + length;
    return this.#bytes(offset + headBytes, length, atOnce);
  }

  #makeRoom(length: number): void {
    try {
      this.#flush();
    } catch {
      this.#isFull = true;
      return;
    }
    if (this.#tail.length < length) this.#tail = Buffer.allocUnsafe(Math.max(length, writeBytes));
  }

  #flush(): void {
    this.#file ??= this.#used === 0 ? undefined : openUnseen(this.#folder);
    let done = 0;
    while (done < this.#used) done += writeSync(this.#file!, this.#tail, done, this.#used - done, this.#written + done);
    this.#written += this.#used;
    this.#used = 0;
  }

  #bytes(offset: number, length: number, atOnce: number): Buffer {
    if (offset >= this.#written) return this.#tail.subarray(offset - this.#written, offset - this.#written + length);
    if (offset < this.#pieceAt || offset + length > this.#pieceAt + this.#piece.length) this.#readPiece(offset, length, atOnce);
    return this.#piece.subarray(offset - this.#pieceAt, offset - this.#pieceAt + length);
  }

  #readPiece(offset: number, length: number, atOnce: number): void {
    const bytes = Math.max(length, Math.min(atOnce, this.#written - offset));
    if (this.#room.length < bytes) this.#room = Buffer.allocUnsafe(bytes);
    const piece = this.#room.subarray(0, bytes);
    let done = 0;
    while (done < piece.length) {
      const got = readSync(this.#file!, piece, done, piece.length - done, offset + done);
      if (got === 0) throw new Error('the scratch file is shorter than what was written to it');
      done += got;
    }
    this.#piece = piece;
    this.#pieceAt = offset;
  }
}

/** A file without a name, where the system lets an open file lose it; elsewhere it loses it at the end. */
export function openUnseen(folder: string): number {
  const path = join(folder, `prompt-ratchet-${process.pid}-${performance.now()}.tmp`);
  const file = openSync(path, 'wx+', 0o600);
  const remove = (): void => unlinkSync(path);
  try {
    remove();
  } catch {
    process.once('exit', () => {
      closeSync(file);
      remove();
    });
  }
  return file;
}
