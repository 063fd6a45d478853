import { crc32 } from 'node:zlib';

const opening = Buffer.from('{"crc":"');
const CRC_DIGITS = 8;
const closing = Buffer.from('",');
/** Bytes before the checked part of a line: `{"crc":"0123abcd",`. */
const CHECKED_FROM = opening.length + CRC_DIGITS + closing.length;
const keyOpening = Buffer.from('"key":"');
const KEY_FROM = CHECKED_FROM + keyOpening.length;
const KEY_DIGITS = 64;

/** A line of a stored file: a JSON object whose first member is the CRC-32 (hex) of all bytes after it. Ends in a line feed. */
export function encodeLine(members: object): Buffer {
  const line = Buffer.from(`{"crc":"00000000",${JSON.stringify(members).slice(1)}\n`);
  line.write(checksum(line.subarray(CHECKED_FROM, -1)), opening.length, 'latin1');
  return line;
}

/** Whether a line without its line feed is as it was written. */
export function isSound(line: Buffer): boolean {
  if (line.length <= CHECKED_FROM || !stands(opening, line, 0) || !stands(closing, line, CHECKED_FROM - closing.length)) return false;
  return line.toString('latin1', opening.length, opening.length + CRC_DIGITS) === checksum(line.subarray(CHECKED_FROM));
}

/** The key of a sound line: 64 hexadecimal digits; undefined where it has none. */
export function keyOf(line: Buffer): string | undefined {
  if (line.length < KEY_FROM + KEY_DIGITS || !stands(keyOpening, line, CHECKED_FROM)) return undefined;
  const key = line.toString('latin1', KEY_FROM, KEY_FROM + KEY_DIGITS);
  return /^[0-9a-f]{64}$/.test(key) ? key : undefined;
}

const stands = (part: Buffer, line: Buffer, at: number): boolean => part.compare(line, at, at + part.length) === 0;

const checksum = (bytes: Buffer): string => crc32(bytes).toString(16).padStart(CRC_DIGITS, '0');
