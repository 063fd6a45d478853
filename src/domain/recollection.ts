import type { Scratch } from './ports.ts';
import { Shelf } from './shelf.ts';

const FIRST_SLOTS = 1024;
const FULLEST = 0.7;
const NONE = 0xffff_ffff;

/** A value with the key it goes by, so that keys themselves need not be in memory. */
interface Kept<T> {
  readonly key: string;
  readonly value: T;
}

/**
 * Values by key (SHA-256, hexadecimal), some thirty bytes each in memory once their shelf goes on on disk. Open addressing with linear
 * probing on the first 32 bits: where these agree the keys themselves are compared.
 */
export class Recollection<T> {
  readonly #shelf: Shelf<Kept<T>>;
  #slots = new Uint32Array(FIRST_SLOTS).fill(NONE);
  /** By number. */
  #bits = new Uint32Array(FIRST_SLOTS);
  #size = 0;

  /** `weigh` says about how many bytes a value takes. */
  constructor(weigh: (value: T) => number, scratch?: Scratch) {
    this.#shelf = new Shelf(({ value }) => weigh(value), scratch);
  }

  has(key: string): boolean {
    return this.#slots[this.#slotOf(key)] !== NONE;
  }

  get(key: string): T | undefined {
    const number = this.#slots[this.#slotOf(key)]!;
    return number === NONE ? undefined : this.#shelf.get(number)!.value;
  }

  /** The value put last stands. */
  put(key: string, value: T): void {
    if (this.#size >= FULLEST * this.#slots.length) this.#grow();
    const slot = this.#slotOf(key);
    const known = this.#slots[slot]!;
    const number = known === NONE ? this.#size++ : known;
    this.#slots[slot] = number;
    this.#bits[number] = bitsOf(key);
    this.#shelf.put(number, { key, value });
  }

  /** Keys with their values, in the order of the keys. */
  *[Symbol.iterator](): Generator<readonly [string, T]> {
    const bits = this.#bits;
    const numbers = Uint32Array.from({ length: this.#size }, (_, number) => number).sort((one, other) => bits[one]! - bits[other]!);
    for (let from = 0, end = 0; from < numbers.length; from = end) {
      const alike: Kept<T>[] = [];
      for (; end < numbers.length && bits[numbers[end]!] === bits[numbers[from]!]; end++) alike.push(this.#shelf.get(numbers[end]!)!);
      for (const { key, value } of alike.sort((one, other) => (one.key < other.key ? -1 : 1))) yield [key, value];
    }
  }

  /** The slot of a key, or the free one where it belongs. */
  #slotOf(key: string): number {
    const bits = bitsOf(key);
    for (let slot = bits % this.#slots.length; ; slot = (slot + 1) % this.#slots.length) {
      const number = this.#slots[slot]!;
      if (number === NONE || (this.#bits[number] === bits && this.#shelf.get(number)!.key === key)) return slot;
    }
  }

  #grow(): void {
    const bits = new Uint32Array(2 * this.#slots.length);
    bits.set(this.#bits);
    this.#bits = bits;
    this.#slots = new Uint32Array(2 * this.#slots.length).fill(NONE);
    for (let number = 0; number < this.#size; number++) {
      let slot = bits[number]! % this.#slots.length;
      while (this.#slots[slot] !== NONE) slot = (slot + 1) % this.#slots.length;
      this.#slots[slot] = number;
    }
  }
}

const bitsOf = (key: string): number => Number.parseInt(key.slice(0, 8), 16);
