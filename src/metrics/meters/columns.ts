import { type NarrowArray, NarrowColumn } from '../../domain/narrow-column.ts';
import type { Seen } from '../meter.ts';
import type { Weights } from '../weights.ts';

/** What was seen in one side's answers, a column for each number, and which example each answer is of. */
export class Columns {
  #length = 0;
  readonly #example = new NarrowColumn();
  readonly #columns: readonly NarrowColumn[];
  #weights = new Float64Array(0);

  constructor(width: number) {
    this.#columns = Array.from({ length: width }, () => new NarrowColumn());
  }

  add(example: number, seen: Seen): void {
    const answer = this.#length++;
    this.#example.put(answer, example);
    for (let k = 0; k < this.#columns.length; k++) this.#columns[k]!.put(answer, seen[k]!);
  }

  column(k: number): NarrowArray {
    return this.#columns[k]!.numbers().subarray(0, this.#length);
  }

  /** How often each answer counts where example i counts `counts[i]` times. Overwritten by the next call. */
  weights(counts: ArrayLike<number>): Weights {
    const n = this.#length;
    if (this.#weights.length !== n) this.#weights = new Float64Array(n);
    for (let i = 0; i < n; i++) this.#weights[i] = counts[this.#example.at(i)]!;
    return this.#weights;
  }
}
