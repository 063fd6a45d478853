import type { Arm } from '../domain/trial.ts';
import type { ScoredRun } from './gather.ts';
import type { Meter } from './meter.ts';

/** Examples that each stand for all of their kind. */
export interface Kinds {
  /** Places of theirs, ascending. */
  readonly places: Uint32Array;
  /** How many examples are of each kind. */
  readonly times: Uint32Array;
}

/** Numbers what is distinct. */
class Numbers<K> {
  readonly #numbers = new Map<K, number>();

  get size(): number {
    return this.#numbers.size;
  }

  of(key: K): number {
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }
}

/** Runs that tell a kind apart, usually fewer; with more it is given up early, for there are likely too many kinds. */
const STEPS = 16;

/** Two whole numbers below this are one below 2^52. */
const PAIRED = 2 ** 26;

/**
 * The kinds of examples: those in whose answers the meters saw the same, on both sides and in the same order, are one as far as metrics go. With `originOf`
 * (0-based, by example) kinds of different origins are different ones. Undefined where there are more than `most`.
 */
export function kindsIn(
  runs: Iterable<ScoredRun>,
  {
    examples,
    originOf,
    meters,
  }: { readonly examples: number; readonly originOf: ArrayLike<number> | undefined; readonly meters: readonly Meter[] },
  most: number,
): Kinds | undefined {
  const seen = new Numbers<string>();
  // What was seen of an example so far, as a number that is 1 more than that of the last run after the runs before it; 0: nothing.
  const before = new Numbers<number>();
  const so: Readonly<Record<Arm, Uint32Array>> = { base: new Uint32Array(examples), head: new Uint32Array(examples) };
  for (const { arm, example, score } of runs) {
    const what = seen.of(meters.map(({ id }) => Array.from(score.observed?.[id] ?? []).join()).join(';'));
    so[arm][example] = 1 + before.of(so[arm][example]! * PAIRED + what);
    if (seen.size > STEPS * most || before.size > STEPS * most) return undefined;
  }
  const sides = new Numbers<number>();
  const kinds = new Numbers<number>();
  const [places, times]: [number[], number[]] = [[], []];
  for (let example = 0; example < examples; example++) {
    const side = sides.of(so.base[example]! * PAIRED + so.head[example]!);
    const kind = kinds.of(side * PAIRED + (originOf?.[example] ?? 0));
    if (kind === places.length) places.push(example);
    if (places.length > most) return undefined;
    times[kind] = (times[kind] ?? 0) + 1;
  }
  return { places: Uint32Array.from(places), times: Uint32Array.from(times) };
}
