import { closeSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { makeFolders, removeFile } from '../folders.ts';
import { parsed } from './entries.ts';
import { encodeLine, isSound } from './line.ts';
import { isAlive, type Owner, self } from './owner.ts';

/** A file of lines that one process at a time appends to, until one comes to the end. */
export interface OpenEventLog {
  /** What earlier processes left, in order, up to the first torn or damaged line. */
  readonly lines: readonly unknown[];
  append(line: object): void;
  /** `isOver`: nobody is to take it up again. */
  close(isOver: boolean): void;
}

const ownerLine = z.object({ owner: z.object({ host: z.string(), pid: z.int() }) });
const writtenLine = z.object({ line: z.record(z.string(), z.unknown()) });

/** The log of this name. Undefined where a living process writes it, or nothing can be written. */
export function openEventLog(folder: string, name: string): OpenEventLog | undefined {
  const path = join(folder, `${name}.jsonl`);
  try {
    makeFolders(folder);
    const { owner, lines } = contentOf(path);
    if (owner !== undefined && isAlive(owner)) return undefined;
    writeFileSync(`${path}.${process.pid}`, Buffer.concat([{ owner: self() }, ...lines.map((line) => ({ line }))].map(encodeLine)));
    renameSync(`${path}.${process.pid}`, path);
    return new FileLog(path, lines);
  } catch {
    return undefined;
  }
}

/** What cannot be written any more is left out from there on: what is missing at the end is asked again. */
class FileLog implements OpenEventLog {
  readonly lines: readonly unknown[];
  readonly #path: string;
  readonly #fd: number;
  #isWriting = true;

  constructor(path: string, lines: readonly unknown[]) {
    this.lines = lines;
    this.#path = path;
    this.#fd = openSync(path, 'a');
  }

  append(line: object): void {
    if (!this.#isWriting) return;
    try {
      const bytes = encodeLine({ line });
      this.#isWriting = writeSync(this.#fd, bytes) === bytes.length;
    } catch {
      this.#isWriting = false;
    }
  }

  close(isOver: boolean): void {
    closeSync(this.#fd);
    if (isOver) removeFile(this.#path);
  }
}

function contentOf(path: string): { owner?: Owner; lines: Record<string, unknown>[] } {
  const [first, ...rest] = linesIn(path);
  const owner = first && parsed(first, ownerLine)?.owner;
  const lines: Record<string, unknown>[] = [];
  for (const bytes of rest) {
    const read = parsed(bytes, writtenLine);
    if (read === undefined) break;
    lines.push(read.line);
  }
  return { ...(owner && { owner }), lines };
}

/** Whole lines up to the first that is not as it was written. */
function linesIn(path: string): Buffer[] {
  const bytes = readOrEmpty(path);
  const lines: Buffer[] = [];
  for (let from = 0, end = bytes.indexOf(10); end !== -1; from = end + 1, end = bytes.indexOf(10, from)) {
    const line = bytes.subarray(from, end);
    if (!isSound(line)) break;
    lines.push(line);
  }
  return lines;
}

function readOrEmpty(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
