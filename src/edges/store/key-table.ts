/** Where a stored line stands. */
export interface Place {
  /** Number of its segment, ≥ 0. */
  readonly segment: number;
  readonly offset: number;
  /** Bytes without the line feed. */
  readonly length: number;
}

const FIRST_SLOTS = 1024;
const FULLEST = 0.75;

/** Words of a slot: 64 bits of the key, the place with its segment plus one (0: the slot is free), and whether it was looked up. */
const [HIGH, LOW, OFFSET, LENGTH, SEGMENT, USED, WIDTH] = [0, 1, 2, 3, 4, 5, 6];

/**
 * Keys → places in 24 bytes a slot (32 to 64 bytes a key), so that millions of answers can stay on disk. Open addressing with linear
 * probing on the first 64 bits of keys that are uniform already (SHA-256): whoever reads a place must compare the whole key.
 */
export class KeyTable {
  #slots = new Uint32Array(FIRST_SLOTS * WIDTH);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: string): Place | undefined {
    const at = this.#find(bits(key, 0), bits(key, 8));
    if (this.#slots[at + SEGMENT] === 0) return undefined;
    return { segment: this.#slots[at + SEGMENT]! - 1, offset: this.#slots[at + OFFSET]!, length: this.#slots[at + LENGTH]! };
  }

  /** The place given last stands. */
  set(key: string, { segment, offset, length }: Place): void {
    if (this.#size >= (FULLEST * this.#slots.length) / WIDTH) this.#grow();
    const [high, low] = [bits(key, 0), bits(key, 8)];
    const at = this.#find(high, low);
    if (this.#slots[at + SEGMENT] === 0) this.#size += 1;
    this.#slots[at + HIGH] = high;
    this.#slots[at + LOW] = low;
    this.#slots[at + OFFSET] = offset;
    this.#slots[at + LENGTH] = length;
    this.#slots[at + SEGMENT] = segment + 1;
  }

  markUsed(key: string): void {
    this.#slots[this.#find(bits(key, 0), bits(key, 8)) + USED] = 1;
  }

  isUsed(key: string): boolean {
    return this.#slots[this.#find(bits(key, 0), bits(key, 8)) + USED] === 1;
  }

  /** Where the slot of a key begins, or the free one where it belongs. */
  #find(high: number, low: number): number {
    const mask = this.#slots.length / WIDTH - 1;
    let slot = low & mask;
    while (!this.#isFreeOr(slot * WIDTH, high, low)) slot = (slot + 1) & mask;
    return slot * WIDTH;
  }

  #isFreeOr(at: number, high: number, low: number): boolean {
    return this.#slots[at + SEGMENT] === 0 || (this.#slots[at + HIGH] === high && this.#slots[at + LOW] === low);
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(2 * before.length);
    for (let from = 0; from < before.length; from += WIDTH) {
      if (before[from + SEGMENT] === 0) continue;
      this.#slots.set(before.subarray(from, from + WIDTH), this.#find(before[from + HIGH]!, before[from + LOW]!));
    }
  }
}

const bits = (key: string, from: number): number => Number.parseInt(key.slice(from, from + 8), 16);
