/** Types by width; the widest holds every number. */
const types = [Uint8Array, Uint16Array, Uint32Array, Float64Array] as const;

export type NarrowArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/**
 * Numbers by place, zero where none was put, each taking as few bytes as the largest of them needs: one, two or four while all are whole and not
 * negative, else eight. It grows with the highest place. -0 may come back as 0.
 */
export class NarrowColumn {
  #numbers: NarrowArray;

  /** `length`: how many there will be, where that is known. */
  constructor(length = 0) {
    this.#numbers = new Uint8Array(length);
  }

  at(place: number): number {
    return this.#numbers[place] ?? 0;
  }

  put(place: number, number: number): void {
    if (place >= this.#numbers.length) this.#numbers = copied(this.#numbers, widthOf(this.#numbers), Math.max(2 * place, fewest));
    this.#numbers[place] = number;
    const isKept = this.#numbers[place] === number || this.#numbers instanceof Float64Array;
    if (isKept) return;
    this.#numbers = copied(this.#numbers, widthFor(number), this.#numbers.length);
    this.#numbers[place] = number;
  }

  /** All of them as they stand; what is put later may not show in it. */
  numbers(): NarrowArray {
    return this.#numbers;
  }
}

const fewest = 1024;

function widthFor(number: number): number {
  const isWhole = Number.isInteger(number) && number >= 0;
  const width = isWhole ? [2 ** 8, 2 ** 16, 2 ** 32].findIndex((end) => number < end) : -1;
  return width === -1 ? types.length - 1 : width;
}

function widthOf(numbers: NarrowArray): number {
  return types.findIndex((type) => numbers instanceof type);
}

function copied(from: NarrowArray, width: number, length: number): NarrowArray {
  const into = new types[width]!(length);
  into.set(from);
  return into;
}
