import { hash } from 'node:crypto';
import { closeSync, fstatSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswerStore } from '../../domain/ports.ts';
import type { Answer } from '../../domain/trial.ts';
import { compactIfNeeded } from './compact.ts';
import { answerIn } from './entries.ts';
import { KeyTable } from './key-table.ts';
import { encodeLine, isSound, keyOf } from './line.ts';
import { appendTo, createSegment, LONGEST_LINE_BYTES, linesOf, openSegments, readAt, type Segment } from './segments.ts';

export interface CacheOptions {
  /** Which server's answers: a URL without credentials, as the model names it. */
  readonly endpoint: string;
  /** Most that the folder holds once it is closed; while it is open, up to twice as much. */
  readonly maxBytes: number;
  /** Told once for each kind of trouble; the cache goes on as far as it can. */
  readonly warn: (sentence: string) => void;
}

/** Then a process begins a further segment, so that compaction never has to take a huge one whole. */
const LARGEST_SEGMENT_BYTES = 64 * 1024 * 1024;

/** The cache below a folder. */
export function openCache(
  folder: string,
  { endpoint, maxMb, warn }: { endpoint: string; maxMb: number; warn: CacheOptions['warn'] },
): AnswerCache {
  return new AnswerCache(join(folder, 'answers'), { endpoint, maxBytes: maxMb * 1024 ** 2, warn });
}

/**
 * Answers on disk by what was asked of whom: append-only segments of JSON lines, of which only an index is in memory. Every process
 * writes segments of its own, so several may share a folder; each sees what was there when it opened it, and what it kept itself.
 */
export class AnswerCache implements AnswerStore {
  readonly #folder: string;
  readonly #options: CacheOptions;
  readonly #segments: Segment[];
  readonly #table = new KeyTable();
  /** The number of the segment that this process writes. */
  #own: number | undefined;
  #bytesKept = 0;
  #keeps = true;

  /** Never throws: a folder that cannot be read is an empty cache. */
  constructor(folder: string, options: CacheOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#segments = openSegments(folder);
    const damaged = this.#segments.reduce((sum, segment, number) => sum + this.#index(segment, number), 0);
    if (damaged > 0) options.warn(`${damaged} damaged ${damaged === 1 ? 'line' : 'lines'} of the cache in ${folder} passed over.`);
  }

  has(key: string): boolean {
    return this.#table.get(this.#ofEndpoint(key)) !== undefined;
  }

  find(key: string): Answer | undefined {
    const stored = this.#ofEndpoint(key);
    const place = this.#table.get(stored);
    if (place === undefined) return undefined;
    this.#table.markUsed(stored);
    try {
      return answerIn(readAt(this.#segments[place.segment]!.fd, place.offset, place.length), stored);
    } catch {
      return undefined;
    }
  }

  keep(key: string, answer: Answer): void {
    if (!this.#keeps) return;
    const stored = this.#ofEndpoint(key);
    const line = encodeLine({ key: stored, answer });
    if (line.length > LONGEST_LINE_BYTES) return;
    if (this.#bytesKept + line.length > this.#options.maxBytes) {
      this.#stopKeeping(`the answers of this run alone take more than ${this.#options.maxBytes / 1024 ** 2} MB`);
      return;
    }
    try {
      const number = this.#writable();
      const segment = this.#segments[number]!;
      appendTo(segment, line);
      this.#bytesKept += line.length;
      this.#table.set(stored, { segment: number, offset: segment.bytes - line.length, length: line.length - 1 });
      this.#table.markUsed(stored);
    } catch (error) {
      this.#stopKeeping(String(error).replace(/^Error: /, ''));
    }
  }

  /** Bytes kept since it was opened: none means that the folder is as it was. */
  get bytesKept(): number {
    return this.#bytesKept;
  }

  /** Brings the folder below its size, which a later run does where there is no time for it now. To be called last. */
  close(isHurried = false): void {
    try {
      if (!isHurried) compactIfNeeded(this.#folder, this.#segments, this.#table, this.#options.maxBytes);
    } catch {
      // A folder that cannot be compacted now is compacted by a later run; nothing of it is lost.
    }
    for (const { fd } of this.#segments) closeSync(fd);
  }

  /** Takes in a segment's lines; how many of them are damaged. */
  #index(segment: Segment, number: number): number {
    let damaged = 0;
    for (const { line, offset } of linesOf(segment)) {
      const key = isSound(line) ? keyOf(line) : undefined;
      if (key === undefined) damaged += 1;
      else this.#table.set(key, { segment: number, offset, length: line.length });
    }
    return damaged;
  }

  /** The segment to append to: a new one where there is none, where it is full, or where another process has compacted it away. */
  #writable(): number {
    const own = this.#own === undefined ? undefined : this.#segments[this.#own]!;
    const isFit = own !== undefined && own.bytes < LARGEST_SEGMENT_BYTES && fstatSync(own.fd).nlink > 0;
    if (!isFit) this.#own = this.#segments.push(createSegment(this.#folder)) - 1;
    return this.#own!;
  }

  #stopKeeping(why: string): void {
    this.#keeps = false;
    this.#options.warn(`No more answers are kept in the cache in ${this.#folder}: ${why}.`);
  }

  /** Equal questions to different servers are different questions. */
  #ofEndpoint(key: string): string {
    return hash('sha256', `${this.#options.endpoint}\n${key}`);
  }
}
