/** Error rate that all looks of one pull request at its confirm rows may spend together. */
export const SEARCH_ALPHA = 0.1;

/** A text that was tried on confirm rows, as the pull request's state keeps it. */
export interface Look {
  /** SHA-256 (hex) of the prompt's text. */
  readonly text: string;
  /** SHA-256 (hex) that names the confirm rows. */
  readonly rows: string;
}

/** The looks so far, oldest first. `unreadable`: there were earlier runs, and nobody knows how often they looked. */
export type PastLooks = readonly Look[] | 'unreadable';

export interface PlannedLook {
  /** 1 for the first. */
  readonly number: number;
  /** What this look may spend; 0 where its finding can at most be promising. */
  readonly alpha: number;
}

/**
 * What the k-th look may spend: 0.8 · 0.2^(k−1) of `alpha`, which sums to `alpha` over however many looks there will be. Whoever tries a second
 * text on the same rows has seen what became of the first, so that each look must be paid for.
 */
export function alphaOfLook(number: number, alpha = SEARCH_ALPHA): number {
  return 0.8 * 0.2 ** (number - 1) * alpha;
}

/** The next look. The same text on the same rows is the look that it was: its answers are known, and nothing new can be learnt from them. */
export function nextLook(past: PastLooks, look: Look, alpha = SEARCH_ALPHA): PlannedLook {
  if (past === 'unreadable') return { number: 1, alpha: 0 };
  const earlier = past.findIndex(({ text, rows }) => text === look.text && rows === look.rows);
  const number = 1 + (earlier === -1 ? past.length : earlier);
  return { number, alpha: alphaOfLook(number, alpha) };
}
