import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from '../../domain/ports.ts';
import type { Spent } from '../../domain/trial.ts';
import { makeFolders, removeFile } from '../folders.ts';
import { type JournalEvent, Standing, standingOf } from './journal-events.ts';
import { encodeLine } from './line.ts';
import { isAlive, self } from './owner.ts';

/** Journals that nobody took up again, beyond which the oldest go. */
const MOST_JOURNALS = 20;
/** A longer one is written anew, as short as it can be. */
const LONGEST_BYTES = 4 * 1024 * 1024;

export interface OpenJournal extends Journal {
  /** What earlier attempts at the same plan took that were cut off. */
  readonly earlier: Spent;
  /** How much of that was under way when they were cut off, and is lost. */
  readonly lost: Spent;
  /** `isOver`: the plan came to its end, so that nobody is to take it up again. */
  close(isOver: boolean): void;
}

/**
 * The journal of a plan (a digest): a file that attempts append to, one after the other, until one comes to the end. What a killed process
 * left is taken over, whatever byte it ended at; what a living one writes is left alone. Undefined where nothing can be written.
 */
export function openJournal(folder: string, plan: string, maxBytes: number = LONGEST_BYTES): OpenJournal | undefined {
  try {
    makeFolders(folder);
    forgetOldest(folder);
    const path = join(folder, `${plan}-${randomBytes(4).toString('hex')}.jsonl`);
    const isTakenOver = journalsIn(folder, plan).some((left) => takeOver(left, path));
    return new FileJournal(path, isTakenOver ? standingOf(readFileSync(path)) : new Standing(), maxBytes);
  } catch {
    return undefined;
  }
}

class FileJournal implements OpenJournal {
  readonly earlier: Spent;
  readonly lost: Spent;
  readonly #path: string;
  readonly #standing: Standing;
  readonly #maxBytes: number;
  #fd: number;
  #bytes = 0;
  #calls = 0;
  #isWriting = true;

  constructor(path: string, left: Standing, maxBytes: number) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    this.earlier = left.spent();
    this.lost = left.open();
    this.#standing = new Standing();
    this.#standing.apply({ event: 'planned', ...self(), spent: this.earlier });
    this.#fd = this.#writeAnew();
  }

  called(most: Spent): number {
    this.#calls += 1;
    this.#append({ event: 'called', call: this.#calls, most });
    return this.#calls;
  }

  settled(call: number, used: Spent): void {
    this.#append({ event: 'settled', call, used });
  }

  close(isOver: boolean): void {
    closeSync(this.#fd);
    if (isOver) removeFile(this.#path);
  }

  #append(event: JournalEvent): void {
    this.#standing.apply(event);
    if (!this.#isWriting) return;
    try {
      const line = encodeLine(event);
      this.#isWriting = writeSync(this.#fd, line) === line.length;
      this.#bytes += line.length;
      if (this.#bytes > this.#maxBytes) this.#shorten();
    } catch {
      this.#isWriting = false;
    }
  }

  #shorten(): void {
    closeSync(this.#fd);
    this.#fd = this.#writeAnew();
  }

  /** In one step: whoever is killed meanwhile leaves the one or the other. */
  #writeAnew(): number {
    const whole = Buffer.concat([...this.#standing.events(self())].map(encodeLine));
    writeFileSync(`${this.#path}.new`, whole);
    renameSync(`${this.#path}.new`, this.#path);
    this.#bytes = whole.length;
    return openSync(this.#path, 'a');
  }
}

/** Makes a journal whose owner is gone this process's; of several processes that want it one succeeds. */
function takeOver(path: string, own: string): boolean {
  try {
    const { owner } = standingOf(readFileSync(path));
    if (owner !== undefined && isAlive(owner)) return false;
    renameSync(path, own);
    return true;
  } catch {
    return false;
  }
}

function journalsIn(folder: string, plan = ''): string[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(plan) && name.endsWith('.jsonl'));
  return names.sort().map((name) => join(folder, name));
}

function forgetOldest(folder: string): void {
  const paths = journalsIn(folder);
  if (paths.length <= MOST_JOURNALS) return;
  const byAge = paths.map((path) => ({ path, changed: statSync(path).mtimeMs })).sort((a, b) => a.changed - b.changed);
  for (const { path } of byAge.slice(0, -MOST_JOURNALS)) removeFile(path);
}
