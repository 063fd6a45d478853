import { closeSync, fstatSync } from 'node:fs';
import { removeFile } from '../folders.ts';
import type { KeyTable } from './key-table.ts';
import { isSound, keyOf } from './line.ts';
import { appendTo, createSegment, linesOf, type Segment } from './segments.ts';

/** More files than this are slow to open. */
const MOST_SEGMENTS = 16;
/** How full a folder is made that was too large, or every run would have to make room again. */
const FULLNESS = 0.8;
const BATCH_BYTES = 1 << 20;

/**
 * Writes what counts of several segments into one and removes them, where there are many or where they hold more than `maxBytes`: of
 * every key its last sound line; where room is short, what was looked up before what was not, and young before old. Killed at any
 * point it leaves at worst lines that stand twice. A segment that another process has appended to is left alone.
 */
export function compactIfNeeded(folder: string, all: readonly Segment[], table: KeyTable, maxBytes: number): void {
  const total = all.reduce((sum, { fd }) => sum + fstatSync(fd).size, 0);
  if (all.length <= MOST_SEGMENTS && total <= maxBytes) return;
  const resting = new Map([...all.entries()].filter(([, { fd, bytes }]) => fstatSync(fd).size === bytes));
  const live = bytesOf(liveLines(resting, table, false)) + bytesOf(liveLines(resting, table, true));
  const others = total - [...resting.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  const tooMuch = live + others > maxBytes ? live + others - FULLNESS * maxBytes : 0;
  merge(createSegment(folder), beyond(tooMuch, [liveLines(resting, table, false), liveLines(resting, table, true)]));
  for (const { path } of resting.values()) removeFile(path);
}

/** The lines after the first ones that together have `bytes`. */
function* beyond(bytes: number, sources: readonly Iterable<Buffer>[]): Generator<Buffer> {
  let passed = 0;
  for (const lines of sources) {
    for (const line of lines) {
      if (passed >= bytes) yield line;
      else passed += line.length + 1;
    }
  }
}

/** The lines that the table leads to, oldest segment first, that were looked up or that were not. */
function* liveLines(segments: ReadonlyMap<number, Segment>, table: KeyTable, used: boolean): Generator<Buffer> {
  for (const [number, segment] of segments) {
    for (const { line, offset } of linesOf(segment)) {
      const key = isSound(line) ? keyOf(line) : undefined;
      const place = key === undefined ? undefined : table.get(key);
      if (place?.segment === number && place.offset === offset && table.isUsed(key!) === used) yield line;
    }
  }
}

/** Fills a new segment, or removes it where there is nothing to fill it with or no room for it. */
function merge(into: Segment, lines: Iterable<Buffer>): void {
  let isWhole = false;
  try {
    for (const batch of batches(lines)) appendTo(into, batch);
    isWhole = true;
  } finally {
    closeSync(into.fd);
    if (!isWhole || into.bytes === 0) removeFile(into.path);
  }
}

function* batches(lines: Iterable<Buffer>): Generator<Buffer> {
  let batch: Buffer[] = [];
  let bytes = 0;
  for (const line of lines) {
    // The line is a window on a buffer that is filled again.
    batch.push(Buffer.from(line), lineFeed);
    bytes += line.length + 1;
    if (bytes < BATCH_BYTES) continue;
    yield Buffer.concat(batch);
    batch = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(batch);
}

const lineFeed = Buffer.from('\n');

function bytesOf(lines: Iterable<Buffer>): number {
  let bytes = 0;
  for (const line of lines) bytes += line.length + 1;
  return bytes;
}
