import { createHash } from 'node:crypto';

/** What keys in the repository's Actions cache begin with: the format of what is kept, and a digest of whose it is. */
export function cachePrefix(format: string, ...whose: readonly string[]): string {
  return `${format}-${createHash('sha256').update(whose.join('\n')).digest('hex').slice(0, 16)}-`;
}
