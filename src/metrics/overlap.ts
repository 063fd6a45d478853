/** How far a text covers its reference: shares of the text and of the reference that they have in common, and their harmonic mean, each in [0, 1]. */
export interface Overlap {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** The texts are longer than the stated limit, and no score is worked out: a named failure, not a score. */
export type TooLong = 'too-long';

const noOverlap: Overlap = { precision: 0, recall: 0, f1: 0 };

/** `hits` of `given` and of `wanted`; nothing in common where either is empty. */
export function overlapOf(hits: number, given: number, wanted: number): Overlap {
  if (hits === 0) return noOverlap;
  return { precision: hits / given, recall: hits / wanted, f1: (2 * hits) / (given + wanted) };
}

/**
 * The overlap with the reference that fits best, by F1 and among equals the first, as is usual with several references. References that are too
 * long are passed over; where all are, so is this. RangeError for no references.
 */
export function bestOverlap(references: readonly string[], overlapWith: (reference: string) => Overlap | TooLong): Overlap | TooLong {
  if (references.length === 0) throw new RangeError('there must be at least one reference');
  let best: Overlap | TooLong = 'too-long';
  for (const reference of references) {
    const overlap = overlapWith(reference);
    if (overlap !== 'too-long' && (best === 'too-long' || overlap.f1 > best.f1)) best = overlap;
  }
  return best;
}
