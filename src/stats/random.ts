import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers that depends on nothing but its seed and its name. */
export interface RandomStream {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform integer in [0, n). RangeError unless n is a positive integer. */
  below(n: number): number;
}

const WORD = 2 ** 32;

/** Up to here a 32-bit word times n is exact in a double. */
const EXACT_BELOW = 2 ** 21;

/**
 * The stream called `name` under `seed`. Streams of different names are independent, so adding one never shifts another.
 * Generator: xoroshiro128+ (Blackman & Vigna, https://prng.di.unimi.it), its 128-bit state taken from SHA-256 of seed and name.
 * Integers by Lemire's multiplication with rejection (ACM TOMACS 29:3, 2019): no bias, no division as a rule, and it draws on the high bits.
 */
export function randomStream(seed: string, name: string): RandomStream {
  const digest = createHash('sha256').update(`${seed}\0${name}`).digest();
  const state = [0, 4, 8, 12].map((offset) => digest.readInt32BE(offset));
  const generator = xoroshiro128plusFromState(state);
  return {
    uniform: () => uniformFloat64(generator),
    below: (n) => {
      if (!(n >= 1 && n % 1 === 0)) throw new RangeError(`there is no integer from 0 to below ${n}`);
      if (n > EXACT_BELOW) return uniformInt(generator, 0, n - 1);
      for (;;) {
        const product = (generator.next() >>> 0) * n;
        const chosen = (product / WORD) >>> 0;
        const rest = product - chosen * WORD;
        if (rest >= n || rest >= WORD % n) return chosen;
      }
    },
  };
}

/** A copy of `items` in random order. */
export function shuffled<T>(items: readonly T[], stream: RandomStream): T[] {
  return Array.from(permutation(items.length, stream), (place) => items[place]!);
}

/** The numbers from 0 to below `length` in random order (Fisher and Yates' shuffle). */
export function permutation(length: number, stream: RandomStream): Uint32Array {
  const order = Uint32Array.from({ length }, (_, place) => place);
  for (let last = length - 1; last > 0; last--) {
    const chosen = stream.below(last + 1);
    const moved = order[last]!;
    order[last] = order[chosen]!;
    order[chosen] = moved;
  }
  return order;
}
