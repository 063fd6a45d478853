import type { Seen } from '../meter.ts';
import type { Weights } from '../weights.ts';

/** What was seen in one side's answers, a column for each number, and which example each answer is of. */
export class Columns {
  readonly #example: number[] = [];
  readonly #columns: readonly number[][];
  #weights = new Float64Array(0);

  constructor(width: number) {
    this.#columns = Array.from({ length: width }, () => []);
  }

  add(example: number, seen: Seen): void {
    this.#example.push(example);
    for (let k = 0; k < this.#columns.length; k++) this.#columns[k]!.push(seen[k]!);
  }

  column(k: number): readonly number[] {
    return this.#columns[k]!;
  }

  /** How often each answer counts where example i counts `counts[i]` times. Overwritten by the next call. */
  weights(counts: ArrayLike<number>): Weights {
    const n = this.#example.length;
    if (this.#weights.length !== n) this.#weights = new Float64Array(n);
    for (let i = 0; i < n; i++) this.#weights[i] = counts[this.#example[i]!]!;
    return this.#weights;
  }
}
