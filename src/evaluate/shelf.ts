import { deserialize, serialize } from 'node:v8';
import type { Scratch } from '../domain/ports.ts';

/** What stays in memory, in bytes: all of a usual run. */
const roomBytes = 8 * 1024 * 1024;

/** Places on disk to begin with where nobody knows how many there will be. */
const fewest = 1024;

/** Values by number, at most one each. What does not fit in memory stands on disk, where there is one. */
export class Shelf<T> {
  readonly #near = new Map<number, T>();
  readonly #scratch: Scratch | undefined;
  readonly #weigh: (value: T) => number;
  /** Where a value stands on disk, plus 1; made with the first that goes there. */
  #far: Float64Array | undefined;
  readonly #count: number;
  #bytes = 0;

  /** `weigh` says about how many bytes a value takes; `count`: how many there will be, where that is known. */
  constructor(weigh: (value: T) => number, scratch?: Scratch, count = fewest) {
    this.#count = count;
    this.#weigh = weigh;
    this.#scratch = scratch;
  }

  put(number: number, value: T): void {
    this.#near.delete(number);
    const bytes = this.#weigh(value);
    const offset = this.#bytes + bytes > roomBytes ? this.#scratch?.append(serialize(value)) : undefined;
    if (offset !== undefined) this.#farOf(number)[number] = offset + 1;
    else if (this.#far !== undefined && number < this.#far.length) this.#far[number] = 0;
    if (offset !== undefined) return;
    this.#bytes += bytes;
    this.#near.set(number, value);
  }

  /** The column of places on disk, long enough for that number. */
  #farOf(number: number): Float64Array {
    this.#far ??= new Float64Array(Math.max(this.#count, number + 1));
    if (number >= this.#far.length) {
      const longer = new Float64Array(2 * number);
      longer.set(this.#far);
      this.#far = longer;
    }
    return this.#far;
  }

  /** The value last put there. */
  get(number: number): T | undefined {
    const offset = this.#far?.[number] ?? 0;
    if (offset === 0) return this.#near.get(number);
    const value: T = deserialize(this.#scratch!.read(offset - 1));
    return value;
  }
}
