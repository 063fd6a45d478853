import { readJsonText } from '../documents/json-text.ts';
import { ProblemList } from '../documents/limits.ts';
import { type Line, linesOf, lineText } from '../documents/lines.ts';
import { located } from '../documents/located.ts';
import type { Example } from '../domain/evalset.ts';
import type { LargeFile } from '../domain/ports.ts';
import { UserError } from '../domain/problem.ts';
import type { Sequence } from '../domain/sequence.ts';
import { type Row, readRow } from './row.ts';
import { RowIndex } from './row-index.ts';
import { refuseEmpty } from './rows.ts';

/** Text of the rows that were looked at last and are kept as they are, in bytes: what is under way, each row of which is looked at several times. */
const RECENT_BYTES = 1024 * 1024;

const known = new WeakMap<LargeFile, Sequence<Row>>();

/**
 * The rows of a large JSON Lines file: each is checked once, and read again where it is looked at. UserError with everything that is
 * wrong with them. Found once for each file.
 */
export function indexRows(file: string, large: LargeFile): Sequence<Row> {
  const rows = known.get(large) ?? indexed(file, large);
  known.set(large, rows);
  return rows;
}

function indexed(file: string, large: LargeFile): Sequence<Row> {
  const problems = new ProblemList();
  const index = new RowIndex();
  for (const line of linesOf(large, file)) {
    const text = lineText(line.bytes, file);
    const row = rowIn(file, line.number, line.offset === 0 ? text.replace(/^\uFEFF/, '') : text);
    if (row === undefined) continue;
    if ('problems' in row) problems.add(...row.problems);
    else index.add(entryOf(row, line));
  }
  problems.refuseAny();
  refuseEmpty(file, index.length);
  return new IndexedRows(file, large, index);
}

/** Undefined for a blank line. */
function rowIn(file: string, line: number, text: string): ReturnType<typeof readRow> | undefined {
  if (text.trim() === '') return undefined;
  try {
    return readRow(readJsonText(file, text, line));
  } catch (error) {
    if (error instanceof UserError) return { problems: error.problems };
    throw error;
  }
}

function entryOf({ example: { tags, cluster }, named, skipped }: Row, { offset, bytes, number }: Line) {
  return { offset, length: bytes.length, line: number, named, skipped, tags, cluster };
}

class IndexedRows implements Sequence<Row> {
  readonly length: number;
  readonly #file: string;
  readonly #large: LargeFile;
  readonly #index: RowIndex;
  /** By place, the one that was read last at the end. */
  readonly #recent = new Map<number, Example>();
  #recentBytes = 0;

  constructor(file: string, large: LargeFile, index: RowIndex) {
    this.length = index.length;
    this.#file = file;
    this.#large = large;
    this.#index = index;
  }

  at(place: number): Row | undefined {
    if (!(place >= 0 && place < this.length)) return undefined;
    const { named, skipped, tags, cluster, line } = this.#index.at(place);
    const example = new IndexedExample({ tags, cluster, source: { file: this.#file, line } }, () => this.#whole(place));
    return { example, named, skipped };
  }

  *[Symbol.iterator](): Iterator<Row> {
    for (let place = 0; place < this.length; place++) yield this.at(place)!;
  }

  #whole(place: number): Example {
    const known = this.#recent.get(place);
    if (known !== undefined) return known;
    const { offset, length, line } = this.#index.at(place);
    const example = this.#read(offset, length, line);
    this.#recent.set(place, example);
    this.#recentBytes += length;
    for (const [oldest] of this.#recent) {
      if (this.#recentBytes <= RECENT_BYTES || oldest === place) break;
      this.#recent.delete(oldest);
      this.#recentBytes -= this.#index.at(oldest).length;
    }
    return example;
  }

  /** The line is sound: it was when it was indexed, and the file is as it was then. */
  #read(offset: number, length: number, line: number): Example {
    const text = lineText(this.#large.read(offset, length), this.#file).replace(/^\uFEFF/, '');
    const row = readRow(located(this.#file, JSON.parse(text) as unknown, { line }));
    if ('problems' in row) throw new UserError(...row.problems);
    return row.example;
  }
}

/** Each member that an example may have. */
type Whole = { readonly [Member in keyof Required<Example>]: Example[Member] };

/** What groups examples is at hand, the rest is read where it is looked at. */
class IndexedExample implements Whole {
  readonly tags: readonly string[];
  readonly cluster: string | undefined;
  readonly source: Example['source'];
  readonly #whole: () => Example;

  constructor({ tags, cluster, source }: Pick<Example, 'tags' | 'cluster' | 'source'>, whole: () => Example) {
    this.tags = tags;
    this.cluster = cluster;
    this.source = source;
    this.#whole = whole;
  }

  get id(): string {
    return this.#whole().id;
  }

  get input(): string | undefined {
    return this.#whole().input;
  }

  get vars(): Example['vars'] {
    return this.#whole().vars;
  }

  get messages(): Example['messages'] {
    return this.#whole().messages;
  }

  get expected(): Example['expected'] {
    return this.#whole().expected;
  }

  get answer(): string | undefined {
    return this.#whole().answer;
  }

  get human(): Example['human'] {
    return this.#whole().human;
  }

  get passRate(): number | undefined {
    return this.#whole().passRate;
  }
}
