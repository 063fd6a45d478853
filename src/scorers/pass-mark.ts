import * as z from 'zod';

/** The option that says from which score on an answer passes. */
export function passMark(usual: number) {
  return z.number().gt(0).max(1).default(usual).describe('The least score that passes.');
}

/** Room for the rounding of shares. */
const rounding = 1e-9;

/** Whether a score reaches the mark; both in [0, 1]. */
export function isPassing(value: number, mark: number): boolean {
  return value >= mark - rounding;
}
