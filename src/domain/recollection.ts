import type { Scratch } from './ports.ts';
import { Shelf } from './shelf.ts';
import { bitsOfKey, TextNumbers } from './text-numbers.ts';

/** A value with the key it goes by, so that keys themselves need not be in memory. */
interface Kept<T> {
  readonly key: string;
  readonly value: T;
}

/** Values by key (SHA-256, hexadecimal), some thirty bytes each in memory once their shelf goes on on disk. */
export class Recollection<T> {
  readonly #shelf: Shelf<Kept<T>>;
  readonly #numbers = new TextNumbers((number) => this.#shelf.get(number)!.key, bitsOfKey);

  /** `weigh` says about how many bytes a value takes. */
  constructor(weigh: (value: T) => number, scratch?: Scratch) {
    this.#shelf = new Shelf(({ value }) => weigh(value), scratch);
  }

  has(key: string): boolean {
    return this.#numbers.find(key) !== undefined;
  }

  get(key: string): T | undefined {
    const number = this.#numbers.find(key);
    return number === undefined ? undefined : this.#shelf.get(number)!.value;
  }

  /** The value put last stands. */
  put(key: string, value: T): void {
    this.#shelf.put(this.#numbers.of(key), { key, value });
  }

  /** Keys with their values, in the order of the keys. */
  *[Symbol.iterator](): Generator<readonly [string, T]> {
    const bits = (number: number) => this.#numbers.bitsAt(number);
    const numbers = Uint32Array.from({ length: this.#numbers.size }, (_, number) => number).sort((one, other) => bits(one) - bits(other));
    for (let from = 0, end = 0; from < numbers.length; from = end) {
      const alike: Kept<T>[] = [];
      for (; end < numbers.length && bits(numbers[end]!) === bits(numbers[from]!); end++) alike.push(this.#shelf.get(numbers[end]!)!);
      for (const { key, value } of alike.sort((one, other) => (one.key < other.key ? -1 : 1))) yield [key, value];
    }
  }
}
