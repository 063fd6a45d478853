import { hash } from 'node:crypto';
import { NarrowColumn } from './narrow-column.ts';

const FIRST_SLOTS = 1024;
const FULLEST = 0.7;

/**
 * Numbers texts in the order they come, equal ones alike, in some twenty bytes each: it holds 32 bits of the SHA-256 of each and asks `textOf` for the rest
 * where these agree. Open addressing, linear probing.
 */
export class TextNumbers {
  readonly #textOf: (number: number) => string;
  /** One more than the number; 0: free. */
  #slots = new Uint32Array(FIRST_SLOTS);
  /** By number. */
  readonly #bits = new NarrowColumn();
  #size = 0;

  /** `textOf`: the text that got this number. */
  constructor(textOf: (number: number) => string) {
    this.#textOf = textOf;
  }

  /** How many different texts there were. */
  get size(): number {
    return this.#size;
  }

  /** The number of a text; the next one, which is then the new `size` less 1, where it is new. */
  of(text: string): number {
    if (this.#size >= FULLEST * this.#slots.length) this.#grow();
    const bits = Number.parseInt(hash('sha256', text).slice(0, 8), 16);
    for (let slot = bits & (this.#slots.length - 1); ; slot = (slot + 1) & (this.#slots.length - 1)) {
      const number = this.#slots[slot]! - 1;
      if (number === -1) {
        this.#slots[slot] = this.#size + 1;
        this.#bits.put(this.#size, bits);
        return this.#size++;
      }
      if (this.#bits.at(number) === bits && this.#textOf(number) === text) return number;
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
