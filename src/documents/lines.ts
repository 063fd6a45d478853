import type { LargeFile } from '../domain/ports.ts';
import { UserError } from '../domain/problem.ts';

/** A line of a large file, without its line feed. */
export interface Line {
  /** 1-based. */
  readonly number: number;
  /** Of its first byte. */
  readonly offset: number;
  /** Valid until the next line is taken, or anything else of the file is read. */
  readonly bytes: Uint8Array;
}

const WINDOW_BYTES = 1 << 20;
/** No example is as long; what has no line feeds is no file of lines. */
const LONGEST_LINE_BYTES = 1 << 26;
const LINE_FEED = 10;

/** The lines of a file, in order. UserError, which names it `path`, for one of more than 64 MB. */
export function* linesOf(file: LargeFile, path: string): Generator<Line> {
  let room = WINDOW_BYTES;
  let number = 0;
  for (let offset = 0; offset < file.sizeBytes; ) {
    const window = file.read(offset, room);
    const isLast = offset + window.length >= file.sizeBytes;
    let from = 0;
    for (let end = endOfLine(window, from, isLast); end !== undefined; end = endOfLine(window, from, isLast)) {
      number += 1;
      yield { number, offset: offset + from, bytes: window.subarray(from, end) };
      from = end + 1;
    }
    room = from === 0 ? 2 * room : WINDOW_BYTES;
    offset += from;
    if (room > LONGEST_LINE_BYTES)
      throw new UserError({ file: path, line: number + 1, what: 'the line has more than 64 MB', fix: 'Write one example a line.' });
  }
}

/** Where the line from `from` on ends; undefined where the window holds no whole one any more. */
function endOfLine(window: Uint8Array, from: number, isLast: boolean): number | undefined {
  if (from >= window.length) return undefined;
  const end = window.indexOf(LINE_FEED, from);
  if (end >= 0) return end;
  return isLast ? window.length : undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes as text. UserError where they are none. */
export function lineText(bytes: Uint8Array, path: string): string {
  const text = bytes.includes(0) ? undefined : decoded(bytes);
  if (text !== undefined) return text;
  throw new UserError({ file: path, what: 'the file is not UTF-8 text', fix: 'Save it as UTF-8.' });
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
