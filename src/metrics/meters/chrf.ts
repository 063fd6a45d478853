import type { Arm } from '../../domain/trial.ts';
import { type ByArm, eachArm } from '../arms.ts';
import { type ChrfOptions, chrfScore } from '../chrf.ts';
import type { Meter, Pool, Seen } from '../meter.ts';
import { Columns } from './columns.ts';

/** The metrics of character n-grams. */
export const chrfMetrics: readonly string[] = ['chrf', 'chrfPlusPlus', 'corpusChrf'];

/** Reads [score, then the n-gram statistics it comes from]; zeros where a text was too long to be counted. */
export function chrfMeter(options: ChrfOptions): Meter {
  return {
    id: `chrf ${options.characters} ${options.words} ${options.beta}`,
    means: [options.words === 0 ? 'chrf' : 'chrfPlusPlus'],
    valuesIn: (seen) => [seen[0]!],
    pooled: ['corpusChrf'],
    pool: () => new ChrfPool(options),
  };
}

class ChrfPool implements Pool {
  readonly #options: ChrfOptions;
  readonly #width: number;
  readonly #arms: ByArm<Columns> = {};

  constructor(options: ChrfOptions) {
    this.#options = options;
    this.#width = 3 * (options.characters + options.words);
  }

  add(arm: Arm, example: number, seen: Seen): void {
    this.#arms[arm] ??= new Columns(1 + this.#width);
    this.#arms[arm].add(example, seen);
  }

  values(counts: ArrayLike<number>): ByArm<ArrayLike<number>> {
    return eachArm(this.#arms, (arm) => {
      const weights = arm.weights(counts);
      const sums = Float64Array.from({ length: this.#width }, (_, k) => dot(arm.column(1 + k), weights));
      return [chrfScore(sums, this.#options)];
    });
  }

  tables(): readonly [] {
    return [];
  }
}

function dot(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * weights[i]!;
  return sum;
}
