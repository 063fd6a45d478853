import { Deserializer, Serializer } from 'node:v8';
import { NarrowColumn } from './narrow-column.ts';
import type { Scratch } from './ports.ts';

/** What stays in memory, in bytes: all of a usual run. */
const roomBytes = 8 * 1024 * 1024;

/** Values by number, at most one each. What does not fit in memory stands on disk, where there is one. */
export class Shelf<T> {
  readonly #near = new Map<number, T>();
  readonly #scratch: Scratch | undefined;
  readonly #weigh: (value: T) => number;
  /** Where a value stands on disk, plus 1; made with the first that goes there. */
  #far: NarrowColumn | undefined;
  readonly #count: number | undefined;
  #bytes = 0;

  /** `weigh` says about how many bytes a value takes; `count`: how many there will be, where that is known. */
  constructor(weigh: (value: T) => number, scratch?: Scratch, count?: number) {
    this.#count = count;
    this.#weigh = weigh;
    this.#scratch = scratch;
  }

  put(number: number, value: T): void {
    this.#near.delete(number);
    const bytes = this.#weigh(value);
    const offset = this.#bytes + bytes > roomBytes ? this.#scratch?.append(bytesOf(value)) : undefined;
    if (offset !== undefined) {
      this.#far ??= new NarrowColumn(this.#count);
      this.#far.put(number, offset + 1);
      return;
    }
    if ((this.#far?.at(number) ?? 0) > 0) this.#far!.put(number, 0);
    this.#bytes += bytes;
    this.#near.set(number, value);
  }

  /** The value last put there. */
  get(number: number): T | undefined {
    const offset = this.#far?.at(number) ?? 0;
    if (offset === 0) return this.#near.get(number);
    const written = new Deserializer(this.#scratch!.read(offset - 1));
    written.readHeader();
    const value: T = written.readValue();
    return value;
  }
}

/** Columns of numbers are written as V8 does by itself: `serialize` would have them read as views of what the next read writes over. */
function bytesOf(value: unknown): Buffer {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}
