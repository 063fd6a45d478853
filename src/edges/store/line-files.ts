import { createHash } from 'node:crypto';
import { accessSync, closeSync, constants, fstatSync, openSync, readSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { linesOf } from './segments.ts';

const PIECE_BYTES = 1 << 20;

/** Whether a file can be read line by line: a pipe cannot. */
export function isFile(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The lines of a file, without line feeds, the last one whether it has one or not. Each is valid until the next is taken. Throws where it cannot be read. */
export function* linesInFile(path: string): Generator<Buffer> {
  const fd = openSync(path, 'r');
  try {
    const lines = linesOf({ fd, bytes: fstatSync(fd).size });
    let next = lines.next();
    for (; next.done !== true; next = lines.next()) yield next.value.line;
    if (next.value.length > 0) yield next.value;
  } finally {
    closeSync(fd);
  }
}

/** Writes a file of lines piece by piece, so that it may be larger than any text in memory. What was there stays until all is written. */
export function writeLines(path: string, lines: Iterable<string>): void {
  const unfinished = `${path}.new`;
  try {
    writePieces(unfinished, lines);
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function writePieces(path: string, lines: Iterable<string>): void {
  const fd = openSync(path, 'w');
  try {
    for (const piece of piecesOf(lines)) writeFileSync(fd, piece);
  } finally {
    closeSync(fd);
  }
}

function* piecesOf(lines: Iterable<string>): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE_BYTES) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** SHA-256 (hex) of a file. Throws where it cannot be read. */
export function digestOf(path: string): string {
  const fd = openSync(path, 'r');
  try {
    const digest = createHash('sha256');
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    for (let read = readSync(fd, piece); read > 0; read = readSync(fd, piece)) digest.update(piece.subarray(0, read));
    return digest.digest('hex');
  } finally {
    closeSync(fd);
  }
}
