import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders } from '../folders.ts';

/** A file of lines that was opened for reading. It stays readable though another process removes its name. */
export interface Segment {
  readonly path: string;
  readonly fd: number;
  /** What was there when it was opened and what this process appended; another may have appended more. */
  bytes: number;
}

const NAME = /^(\d{6,9})-[0-9a-f]{8}\.jsonl$/;
const LAST_NUMBER = 999_999_999;
const WINDOW_BYTES = 1 << 20;
/** What follows a longer line in a file is not read. */
export const LONGEST_LINE_BYTES = 1 << 26;
/** Places count in 32 bits. */
const LARGEST_BYTES = 2 ** 32 - 1;

/** The segments of a folder, oldest first; none where it cannot be read. */
export function openSegments(folder: string): Segment[] {
  const segments: Segment[] = [];
  for (const name of namesIn(folder)) {
    try {
      const path = join(folder, name);
      const fd = openSync(path, 'r');
      const bytes = fstatSync(fd).size;
      if (bytes <= LARGEST_BYTES) segments.push({ path, fd, bytes });
      else closeSync(fd);
    } catch {
      // Compacted away by another process meanwhile, or unreadable: either way nothing is known of it.
    }
  }
  return segments;
}

/** A new segment, after all that are there. Throws where nothing can be written. */
export function createSegment(folder: string): Segment {
  makeFolders(folder);
  const last = Math.max(0, ...namesIn(folder).map((name) => Number(NAME.exec(name)![1])));
  const path = join(folder, `${String(Math.min(last + 1, LAST_NUMBER)).padStart(6, '0')}-${randomBytes(4).toString('hex')}.jsonl`);
  return { path, fd: openSync(path, 'ax+'), bytes: 0 };
}

/** Appends a whole line or throws. Once it returns, the line outlives this process, however that ends. */
export function appendTo(segment: Segment, line: Buffer): void {
  const written = writeSync(segment.fd, line);
  segment.bytes += written;
  if (written < line.length) throw new Error('the disk is full');
}

/**
 * The lines of a segment, without line feeds, and where they begin. Valid until the next is taken. What no line feed ends, because it was torn off
 * or is too long, is no line: it is what comes back at the end.
 */
export function* linesOf({
  fd,
  bytes,
}: Pick<Segment, 'fd' | 'bytes'>): Generator<{ readonly line: Buffer; readonly offset: number }, Buffer> {
  let window = Buffer.alloc(Math.min(WINDOW_BYTES, bytes));
  let held = 0;
  for (let at = 0; at < bytes; ) {
    const read = readSync(fd, window, held, Math.min(window.length - held, bytes - at), at);
    if (read === 0) break;
    const start = at - held;
    at += read;
    held += read;
    let from = 0;
    for (let end = feedAfter(window, from, held); end !== -1; end = feedAfter(window, from, held)) {
      yield { line: window.subarray(from, end), offset: start + from };
      from = end + 1;
    }
    window.copyWithin(0, from, held);
    held -= from;
    if (held < window.length) continue;
    if (held >= LONGEST_LINE_BYTES) break;
    window = Buffer.concat([window], 2 * window.length);
  }
  return window.subarray(0, held);
}

/** The bytes at a place. Throws where they cannot be read. */
export function readAt(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, readSync(fd, bytes, 0, length, offset));
}

function feedAfter(window: Buffer, from: number, held: number): number {
  const at = window.indexOf(10, from);
  return at < held ? at : -1;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => NAME.test(name))
      .sort((a, b) => Number(NAME.exec(a)![1]) - Number(NAME.exec(b)![1]) || (a < b ? -1 : 1));
  } catch {
    return [];
  }
}
