import { hash } from 'node:crypto';
import { NarrowColumn } from './narrow-column.ts';

const FIRST_SLOTS = 1024;
const FULLEST = 0.7;

/**
 * Numbers texts in the order they come, equal ones alike, in some twenty bytes each: it holds 32 bits of each and asks `textOf` for the rest where these
 * agree. Open addressing, linear probing.
 */
export class TextNumbers {
  readonly #textOf: (number: number) => string;
  readonly #bitsOf: (text: string) => number;
  /** One more than the number; 0: free. */
  #slots = new Uint32Array(FIRST_SLOTS);
  /** By number. */
  readonly #bits = new NarrowColumn();
  #size = 0;

  /** `textOf`: the text that got this number. `bitsOf`: 32 bits of a text that are as good as random. */
  constructor(textOf: (number: number) => string, bitsOf: (text: string) => number = hashed) {
    this.#textOf = textOf;
    this.#bitsOf = bitsOf;
  }

  /** How many different texts there were. */
  get size(): number {
    return this.#size;
  }

  /** The 32 bits that are held of the text of this number. */
  bitsAt(number: number): number {
    return this.#bits.at(number);
  }

  /** The number of a text; undefined where it never came. */
  find(text: string): number | undefined {
    const number = this.#slots[this.#slotOf(text, this.#bitsOf(text))]!;
    return number === 0 ? undefined : number - 1;
  }

  /** The number of a text; the next one, which is then the new `size` less 1, where it is new. */
  of(text: string): number {
    if (this.#size >= FULLEST * this.#slots.length) this.#grow();
    const bits = this.#bitsOf(text);
    const slot = this.#slotOf(text, bits);
    if (this.#slots[slot] !== 0) return this.#slots[slot]! - 1;
    this.#bits.put(this.#size, bits);
    this.#size += 1;
    this.#slots[slot] = this.#size;
    return this.#size - 1;
  }

  /** The slot of a text, or the free one where it belongs. */
  #slotOf(text: string, bits: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = bits & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]! - 1;
      if (number === -1 || (this.#bits.at(number) === bits && this.#textOf(number) === text)) return slot;
    }
  }

  #grow(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length);
    for (let number = 0; number < this.#size; number++) {
      let slot = this.#bits.at(number) & (this.#slots.length - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = number + 1;
    }
  }
}

/** The first bits of a key of hexadecimal digits that are as good as random, such as a SHA-256. */
export const bitsOfKey = (key: string): number => Number.parseInt(key.slice(0, 8), 16);

const hashed = (text: string): number => bitsOfKey(hash('sha256', text));
