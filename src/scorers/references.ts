import type { Example } from '../domain/evalset.ts';
import type { Observed, Score } from '../domain/score.ts';
import type { Overlap } from '../metrics/overlap.ts';
import { expectedTexts, notTexts } from './expected.ts';

/** For scorers that hold an answer against one text or the nearest of several. */
export const needsReferences = (example: Example): string | undefined => (expectedTexts(example) ? undefined : notTexts(example));

/** At least one: the empty text where `needsReferences` has something to say. */
export const referencesOf = (example: Example): readonly string[] => expectedTexts(example) ?? [''];

/** A share as a reason has it: `0.667`. */
export const shownShare = (value: number): string => String(Number(value.toFixed(3)));

/** `F1 0.667 (precision 0.5, recall 1)`. */
export function shownOverlap({ precision, recall, f1 }: Overlap): string {
  return `F1 ${shownShare(f1)} (precision ${shownShare(precision)}, recall ${shownShare(recall)})`;
}

/** The score of an answer that cannot be compared in bounded time. */
export function tooLong(observed: Observed): Score {
  return { value: 0, pass: false, reason: 'is too long to be compared with the reference', observed };
}
