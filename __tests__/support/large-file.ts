import type { LargeFile } from '../../src/domain/ports.ts';

/** A large file that is none: its bytes stay in memory. */
export function largeFileOf(content: string | Uint8Array): LargeFile {
  const bytes = Buffer.from(content);
  return { sizeBytes: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}
