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

const FIRST_ROWS = 1024;
/** Marks of a row. */
const NAMED = 1;
const SKIPPED = 2;

/** Rows of a file in columns, 25 bytes a row; tags and clusters that rows share are kept once. */
export class RowIndex {
  #length = 0;
  #offsets = new Float64Array(FIRST_ROWS);
  #lengths = new Uint32Array(FIRST_ROWS);
  #lines = new Uint32Array(FIRST_ROWS);
  #marks = new Uint8Array(FIRST_ROWS);
  #tags = new Uint32Array(FIRST_ROWS);
  #clusters = new Uint32Array(FIRST_ROWS);
  readonly #tagLists = new Codes<readonly string[]>(JSON.stringify);
  readonly #clusterNames = new Codes<string | undefined>(String);

  get length(): number {
    return this.#length;
  }

  add({ offset, length, line, named, skipped, tags, cluster }: Indexed): void {
    const place = this.#length++;
    if (place === this.#offsets.length) this.#grow();
    this.#offsets[place] = offset;
    this.#lengths[place] = length;
    this.#lines[place] = line;
    this.#marks[place] = (named ? NAMED : 0) + (skipped ? SKIPPED : 0);
    this.#tags[place] = this.#tagLists.codeOf(tags);
    this.#clusters[place] = cluster === undefined ? 0 : 1 + this.#clusterNames.codeOf(cluster);
  }

  at(place: number): Indexed {
    const marks = this.#marks[place]!;
    return {
      offset: this.#offsets[place]!,
      length: this.#lengths[place]!,
      line: this.#lines[place]!,
      named: (marks & NAMED) !== 0,
      skipped: (marks & SKIPPED) !== 0,
      tags: this.tagsAt(place),
      cluster: this.clusterAt(place),
    };
  }

  tagsAt(place: number): readonly string[] {
    return this.#tagLists.valueOf(this.#tags[place]!);
  }

  clusterAt(place: number): string | undefined {
    const code = this.#clusters[place]!;
    return code === 0 ? undefined : this.#clusterNames.valueOf(code - 1);
  }

  #grow(): void {
    const most = 2 * this.#length;
    this.#offsets = grown(this.#offsets, new Float64Array(most));
    this.#lengths = grown(this.#lengths, new Uint32Array(most));
    this.#lines = grown(this.#lines, new Uint32Array(most));
    this.#marks = grown(this.#marks, new Uint8Array(most));
    this.#tags = grown(this.#tags, new Uint32Array(most));
    this.#clusters = grown(this.#clusters, new Uint32Array(most));
  }
}

function grown<Column extends Float64Array | Uint32Array | Uint8Array>(from: Column, into: Column): Column {
  into.set(from);
  return into;
}

/** Numbers values in the order they come, equal ones alike. */
class Codes<T> {
  readonly #values: T[] = [];
  readonly #codes = new Map<string, number>();
  readonly #keyOf: (value: T) => string;

  constructor(keyOf: (value: T) => string) {
    this.#keyOf = keyOf;
  }

  codeOf(value: T): number {
    const key = this.#keyOf(value);
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    this.#codes.set(key, this.#values.length);
    return this.#values.push(value) - 1;
  }

  valueOf(code: number): T {
    return this.#values[code]!;
  }
}
