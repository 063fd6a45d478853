/** Solves A x = b for a symmetric positive definite A, by Cholesky's factorization. RangeError where A is not positive definite. */
export function solvePositive(a: readonly Float64Array[], b: ArrayLike<number>): Float64Array {
  const lower = factor(a);
  const n = lower.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k]![i]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
}

/** The lower triangle L with A = L Lᵀ. */
function factor(a: readonly Float64Array[]): readonly Float64Array[] {
  const lower = a.map(() => new Float64Array(a.length));
  for (const [i, row] of a.entries()) {
    for (let j = 0; j <= i; j++) {
      let rest = row[j]!;
      for (let k = 0; k < j; k++) rest -= lower[i]![k]! * lower[j]![k]!;
      if (i !== j) lower[i]![j] = rest / lower[j]![j]!;
      else if (rest > 0) lower[i]![i] = Math.sqrt(rest);
      else throw new RangeError('the matrix is not positive definite');
    }
  }
  return lower;
}
