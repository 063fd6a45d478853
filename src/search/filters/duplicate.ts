import { createHash } from 'node:crypto';
import type { Filter } from './filter.ts';

/** What was asked once is not asked again. */
export const duplicate: Filter = ({ text }, { known }) =>
  known.has(fingerprint(text)) ? 'it is the same as a version tried before' : undefined;

/** Equal for texts that differ in blank space alone. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text.replace(/\s+/g, ' ').trim()).digest('hex');
}
