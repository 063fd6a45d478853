import fc from 'fast-check';
import { solvePositive } from '../../src/stats/cholesky.ts';

describe("Cholesky's factorization", () => {
  it('solves a system with a known answer', () => {
    // Factors as [[2, 0, 0], [6, 1, 0], [-8, 5, 3]] times its transpose (Wikipedia, "Cholesky decomposition").
    const a = [
      [4, 12, -16],
      [12, 37, -43],
      [-16, -43, 98],
    ].map((row) => Float64Array.from(row));
    expect([...solvePositive(a, [-20, -43, 192])].map((x) => Number(x.toFixed(9)))).toEqual([1, 2, 3]);
  });

  it('solves whatever is positive definite', () => {
    const entries = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(entries, (some) => {
        const b = [0, 1, 2, 3].map((i) => some.slice(4 * i, 4 * i + 4));
        const a = b.map((row, i) => Float64Array.from(b, (other, j) => row.reduce((sum, x, k) => sum + x * other[k]!, i === j ? 1 : 0)));
        const right = some.slice(16);
        const x = solvePositive(a, right);
        for (const [i, row] of a.entries()) expect(row.reduce((sum, each, j) => sum + each * x[j]!, 0)).toBeCloseTo(right[i]!, 8);
      }),
    );
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => solvePositive([Float64Array.of(1, 2), Float64Array.of(2, 1)], [1, 1])).toThrow(RangeError);
  });
});
