import type { Arm } from '../domain/trial.ts';
import type { RandomStream } from '../stats/random.ts';
import { permutation } from '../stats/random.ts';
import type { ScoredRun } from './gather.ts';
import type { Meter } from './meter.ts';

/** Examples that stand for others, so that what is worked out from all is worked out from them. */
export interface StandIns {
  /** Places of theirs, ascending. */
  readonly places: Uint32Array;
  /** How many examples each stands for, against the others: 1 each in a sample. */
  readonly times: Uint32Array;
  /** Whether they are a sample: what they tell of all is then an estimate. */
  readonly isSample: boolean;
}

/** Which examples come from one origin: 0-based, by example. */
export interface Origins {
  readonly of: ArrayLike<number>;
  readonly count: number;
}

/** A sample of fewer origins says too little of how they differ. */
const FEWEST_ORIGINS = 200;

/**
 * At most `most` examples that stand for all `examples`. Examples in whose answers the meters saw the same (on both sides, and of one origin) are one
 * as far as metrics go: where there are few enough such kinds, one example stands for each kind. Else a sample drawn from `stream` stands for
 * all, of whole origins where examples share them; undefined where a sample would hold too few of these.
 */
export function standInsFor(
  runs: Iterable<ScoredRun>,
  { examples, origins, meters }: { readonly examples: number; readonly origins: Origins | undefined; readonly meters: readonly Meter[] },
  most: number,
  stream: RandomStream,
): StandIns | undefined {
  return (
    kindsIn(runs, examples, origins, meters, most) ??
    (origins === undefined ? sampled(examples, most, stream) : sampledOrigins(origins, most, stream))
  );
}

/** Numbers what is distinct, up to a limit. */
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

/** One example of each kind; undefined where there are more than `most` kinds. */
function kindsIn(
  runs: Iterable<ScoredRun>,
  examples: number,
  origins: Origins | undefined,
  meters: readonly Meter[],
  most: number,
): StandIns | undefined {
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
    const kind = kinds.of(side * PAIRED + (origins?.of[example] ?? 0));
    if (kind === places.length) places.push(example);
    if (places.length > most) return undefined;
    times[kind] = (times[kind] ?? 0) + 1;
  }
  return { places: Uint32Array.from(places), times: Uint32Array.from(times), isSample: false };
}

function sampled(examples: number, most: number, stream: RandomStream): StandIns {
  const places = permutation(examples, stream).slice(0, most).sort();
  return { places, times: new Uint32Array(places.length).fill(1), isSample: true };
}

function sampledOrigins({ of, count }: Origins, most: number, stream: RandomStream): StandIns | undefined {
  const sizes = new Uint32Array(count);
  for (let example = 0; example < of.length; example++) sizes[of[example]!]! += 1;
  const isIn = new Uint8Array(count);
  let [held, taken] = [0, 0];
  for (const origin of permutation(count, stream)) {
    if (held + sizes[origin]! > most) break;
    isIn[origin] = 1;
    held += sizes[origin]!;
    taken += 1;
  }
  if (taken < FEWEST_ORIGINS) return undefined;
  const places = new Uint32Array(held);
  let at = 0;
  for (let example = 0; example < of.length; example++) if (isIn[of[example]!] === 1) places[at++] = example;
  return { places, times: new Uint32Array(held).fill(1), isSample: true };
}
