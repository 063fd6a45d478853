import { NarrowColumn } from '../domain/narrow-column.ts';
import { TextNumbers } from '../domain/text-numbers.ts';

/** Where a row stands, and what of it is asked for more often than the rest. */
export interface Indexed {
  /** Of the line's first byte. */
  readonly offset: number;
  /** Bytes of the line. */
  readonly length: number;
  /** 1-based. */
  readonly line: number;
  readonly named: boolean;
  readonly skipped: boolean;
  readonly tags: readonly string[];
  readonly cluster: string | undefined;
}

/** Marks of a row. */
const NAMED = 1;
const SKIPPED = 2;

/** Rows of a file in columns, about twelve bytes a row; tags and clusters that rows share are kept once. */
export class RowIndex {
  #length = 0;
  readonly #offsets = new NarrowColumn();
  readonly #lengths = new NarrowColumn();
  readonly #lines = new NarrowColumn();
  readonly #marks = new NarrowColumn();
  readonly #tags = new NarrowColumn();
  readonly #clusters = new NarrowColumn();
  readonly #tagLists = new Codes<readonly string[]>(JSON.stringify);
  readonly #clusterNames = new Codes<string | undefined>(String);

  get length(): number {
    return this.#length;
  }

  add({ offset, length, line, named, skipped, tags, cluster }: Indexed): void {
    const place = this.#length++;
    this.#offsets.put(place, offset);
    this.#lengths.put(place, length);
    this.#lines.put(place, line);
    this.#marks.put(place, (named ? NAMED : 0) + (skipped ? SKIPPED : 0));
    this.#tags.put(place, this.#tagLists.codeOf(tags));
    this.#clusters.put(place, cluster === undefined ? 0 : 1 + this.#clusterNames.codeOf(cluster));
  }

  at(place: number): Indexed {
    const marks = this.#marks.at(place);
    return {
      offset: this.#offsets.at(place),
      length: this.#lengths.at(place),
      line: this.#lines.at(place),
      named: (marks & NAMED) !== 0,
      skipped: (marks & SKIPPED) !== 0,
      tags: this.tagsAt(place),
      cluster: this.clusterAt(place),
    };
  }

  tagsAt(place: number): readonly string[] {
    return this.#tagLists.valueOf(this.#tags.at(place));
  }

  clusterAt(place: number): string | undefined {
    const code = this.#clusters.at(place);
    return code === 0 ? undefined : this.#clusterNames.valueOf(code - 1);
  }
}

/** Numbers values in the order they come, equal ones alike. */
class Codes<T> {
  readonly #values: T[] = [];
  readonly #numbers: TextNumbers;
  readonly #keyOf: (value: T) => string;

  constructor(keyOf: (value: T) => string) {
    this.#keyOf = keyOf;
    this.#numbers = new TextNumbers((number) => keyOf(this.#values[number]!));
  }

  codeOf(value: T): number {
    const code = this.#numbers.of(this.#keyOf(value));
    if (code === this.#values.length) this.#values.push(value);
    return code;
  }

  valueOf(code: number): T {
    return this.#values[code]!;
  }
}
