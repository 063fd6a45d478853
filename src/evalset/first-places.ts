import { hash } from 'node:crypto';

const NONE = 0xffff_ffff;

/**
 * Finds ids that stood before, by 64 bits of the SHA-256 of each: some twenty bytes an id, however long they are. Where the bits agree `idAt` is asked.
 * Open addressing, linear probing.
 */
export class FirstPlaces {
  readonly #idAt: (place: number) => string;
  readonly #slots: Uint32Array;
  /** By place. */
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;

  /** `count`: how many ids there are at most. */
  constructor(count: number, idAt: (place: number) => string) {
    this.#idAt = idAt;
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * count + 1))).fill(NONE);
    this.#high = new Uint32Array(count);
    this.#low = new Uint32Array(count);
  }

  /** Where the id stood first; undefined where it is new. */
  add(id: string, place: number): number | undefined {
    const bits = hash('sha256', id, 'buffer');
    const [high, low] = [bits.readUInt32BE(0), bits.readUInt32BE(4)];
    for (let slot = low & (this.#slots.length - 1); ; slot = (slot + 1) & (this.#slots.length - 1)) {
      const earlier = this.#slots[slot]!;
      if (earlier === NONE) {
        this.#slots[slot] = place;
        this.#high[place] = high;
        this.#low[place] = low;
        return undefined;
      }
      if (this.#high[earlier] === high && this.#low[earlier] === low && this.#idAt(earlier) === id) return earlier;
    }
  }
}
