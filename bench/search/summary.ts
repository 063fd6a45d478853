/** A mean with its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly error: number;
}

export function estimate(values: readonly number[]): Estimate {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: n < 2 ? Number.POSITIVE_INFINITY : Math.sqrt(squares / (n - 1) / n) };
}

/** A share of all and its standard error, which counts an imaginary hit and miss where there is none of either. */
export function shareOf<T>(all: readonly T[], has: (one: T) => boolean): Estimate {
  const hits = all.filter(has).length;
  const smoothed = hits === 0 || hits === all.length ? (hits + 1) / (all.length + 2) : hits / all.length;
  return { mean: all.length === 0 ? 0 : hits / all.length, error: Math.sqrt((smoothed * (1 - smoothed)) / Math.max(1, all.length)) };
}

/** Ratio of the means of paired values, with the standard error of the linearized ratio. */
export function ratioOf(pairs: readonly (readonly [number, number])[]): Estimate {
  const [over, under] = [estimate(pairs.map(([one]) => one)).mean, estimate(pairs.map(([, other]) => other)).mean];
  const ratio = over / under;
  return { mean: ratio, error: estimate(pairs.map(([one, other]) => (one - ratio * other) / under)).error };
}
