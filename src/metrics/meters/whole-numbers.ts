const FIRST = 1024;

/** Whole numbers below 2^32 one after another, four bytes each: half of what a list takes. */
export class WholeNumbers {
  #room = new Uint32Array(FIRST);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#room.length) this.#grow();
    this.#room[this.#length++] = value;
  }

  at(index: number): number {
    return this.#room[index]!;
  }

  #grow(): void {
    const room = new Uint32Array(2 * this.#room.length);
    room.set(this.#room);
    this.#room = room;
  }
}
