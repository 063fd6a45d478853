import type { Example } from '../domain/evalset.ts';
import { NarrowColumn } from '../domain/narrow-column.ts';
import { lazily, type Sequence } from '../domain/sequence.ts';
import type { Trial } from '../domain/trial.ts';
import type { Pair } from '../domain/verdict.ts';
import { runsOf } from './runs.ts';

/** The examples that both sides have every score for, and the ids of those they have not. */
export interface Paired<P extends Pair = Pair> {
  readonly pairs: Sequence<P>;
  readonly missing: Sequence<string>;
}

/** Pairs with the places of their examples in the eval set, 0-based and ascending. */
export interface PairedPlaces extends Paired<ExamplePair> {
  readonly places: Uint32Array;
}

/** A pair with the place of its example in the eval set, 0-based. */
export interface ExamplePair extends Pair {
  readonly example: number;
}

/** Scores of both sides, in columns. */
type Runs = ReturnType<typeof runsOf>;

/**
 * Averages repeats within each example and puts the two sides side by side, in the eval set's order.
 * A failed trial leaves its example out: a provider's failure is no score, and half a mean is a biased one.
 * `counts` leaves examples out that were not asked: they are not missing.
 */
export function pairTrials(
  examples: Sequence<Example>,
  trials: Iterable<Trial>,
  counts: (example: number) => boolean = () => true,
): PairedPlaces {
  const runs = runsOf(trials, examples.length);
  const all = new Uint32Array(examples.length);
  const missing = new NarrowColumn();
  let [paired, lost] = [0, 0];
  for (let example = 0; example < examples.length; example++) {
    if (!counts(example)) continue;
    if (runs.base.isWhole(example) && runs.head.isWhole(example)) all[paired++] = example;
    else missing.put(lost++, example);
  }
  const places = all.subarray(0, paired);
  return {
    places,
    pairs: lazily(paired, (nth) => new ColumnPair(examples, runs, places[nth]!)),
    missing: lazily(lost, (nth) => examples.at(missing.at(nth))!.id),
  };
}

/** Places of the examples that the head has every score for, with the mean of each. */
export function headMeans(examples: number, trials: Iterable<Trial>): { readonly places: Uint32Array; readonly means: Float64Array } {
  const { head } = runsOf(trials, examples);
  const places = Uint32Array.from({ length: examples }, (_, example) => example).filter((example) => head.isWhole(example));
  return { places, means: Float64Array.from(places, (example) => head.mean(example)) };
}

/** What is read of a pair most often is at hand, the rest is looked up. */
class ColumnPair implements ExamplePair {
  readonly example: number;
  readonly base: number;
  readonly head: number;
  readonly #examples: Sequence<Example>;
  readonly #runs: Runs;

  constructor(examples: Sequence<Example>, runs: Runs, example: number) {
    this.example = example;
    this.base = runs.base.mean(example);
    this.head = runs.head.mean(example);
    this.#examples = examples;
    this.#runs = runs;
  }

  get exampleId(): string {
    return this.#examples.at(this.example)!.id;
  }

  get tags(): readonly string[] {
    return this.#examples.at(this.example)!.tags;
  }

  get cluster(): string | undefined {
    return this.#examples.at(this.example)!.cluster;
  }

  get repeats(): Pair['repeats'] {
    const { base, head } = this.#runs;
    if (base.count(this.example) === 1 && head.count(this.example) === 1) return undefined;
    return { base: base.scores(this.example), head: head.scores(this.example) };
  }
}
