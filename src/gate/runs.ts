import { NarrowColumn } from '../domain/narrow-column.ts';
import type { Arm, Trial } from '../domain/trial.ts';

/** Scores of one side by example, a column for each repeat. */
class ArmRuns {
  readonly #examples: number;
  readonly #values: NarrowColumn[] = [];
  readonly #known: Uint8Array[] = [];
  readonly #failed: Uint8Array;
  readonly #counts: NarrowColumn;

  constructor(examples: number) {
    this.#examples = examples;
    this.#failed = new Uint8Array(examples);
    this.#counts = new NarrowColumn(examples);
  }

  add({ example, repeat, score }: Trial): void {
    if (score === undefined) {
      this.#failed[example] = 1;
      return;
    }
    while (this.#values.length <= repeat) {
      this.#values.push(new NarrowColumn(this.#examples));
      this.#known.push(new Uint8Array(this.#examples));
    }
    this.#values[repeat]!.put(example, score.value);
    this.#known[repeat]![example] = 1;
    this.#counts.put(example, this.#counts.at(example) + 1);
  }

  /** Whether there is a score and none is missing: half a mean would be a biased one. */
  isWhole(example: number): boolean {
    return this.#failed[example] === 0 && this.#counts.at(example) > 0;
  }

  count(example: number): number {
    return this.#counts.at(example);
  }

  /** By repeat, whatever order they came in. */
  scores(example: number): number[] {
    return this.#values.flatMap((values, repeat) => (this.#known[repeat]![example] === 1 ? [values.at(example)] : []));
  }

  mean(example: number): number {
    let sum = 0;
    for (let repeat = 0; repeat < this.#values.length; repeat++) {
      if (this.#known[repeat]![example] === 1) sum += this.#values[repeat]!.at(example);
    }
    return sum / this.#counts.at(example);
  }
}

/** The scores of trials of so many examples, on either side. */
export function runsOf(trials: Iterable<Trial>, examples: number): Readonly<Record<Arm, ArmRuns>> {
  const runs = { base: new ArmRuns(examples), head: new ArmRuns(examples) };
  for (const trial of trials) runs[trial.arm].add(trial);
  return runs;
}
