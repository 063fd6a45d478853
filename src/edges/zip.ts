import { crc32, inflateRawSync } from 'node:zlib';

/** A file of an archive, or why the archive is not to be trusted, as the end of a sentence. */
export type Unzipped = { readonly bytes: Buffer } | { readonly fault: string };

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly offset: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record, and the longest comment behind it. */
const TAIL_BYTES = 22 + 0xffff;
const MOST_ENTRIES = 100;

/**
 * One file out of a zip archive that anybody may have made (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT), with no more than
 * `mostBytes` unpacked, whatever the archive says of its size. Nothing is written anywhere; an archive that names paths outside of itself,
 * or one path twice, is refused whole.
 */
export function fileInZip(archive: Buffer, name: string, mostBytes: number): Unzipped {
  try {
    const entries = entriesOf(archive);
    if (typeof entries === 'string') return { fault: entries };
    const foreign = entries.find((entry) => /^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0/.test(entry.name));
    if (foreign !== undefined) return { fault: 'names a path outside of itself' };
    if (new Set(entries.map((entry) => entry.name)).size < entries.length) return { fault: 'holds two files of one name' };
    const entry = entries.find((one) => one.name === name);
    return entry === undefined ? { fault: `holds no ${name}` } : unpacked(archive, entry, mostBytes);
  } catch (error) {
    // Offsets beyond its end.
    if (codeOf(error) === 'ERR_OUT_OF_RANGE') return { fault: 'is broken' };
    throw error;
  }
}

function entriesOf(archive: Buffer): Entry[] | string {
  const end = archive.lastIndexOf(signature(END));
  if (end < 0 || end < archive.length - TAIL_BYTES) return 'is no zip archive';
  const count = archive.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) return `holds more than ${MOST_ENTRIES} files`;
  const entries: Entry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let nth = 0; nth < count; nth++) {
    if (archive.readUInt32LE(at) !== ENTRY) return 'is broken';
    const lengths = [28, 30, 32].map((field) => archive.readUInt16LE(at + field));
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + lengths[0]!),
      method: archive.readUInt16LE(at + 10),
      crc: archive.readUInt32LE(at + 16),
      packed: archive.readUInt32LE(at + 20),
      offset: archive.readUInt32LE(at + 42),
    });
    at += 46 + lengths[0]! + lengths[1]! + lengths[2]!;
  }
  return entries;
}

function unpacked(archive: Buffer, { name, method, crc, packed, offset }: Entry, mostBytes: number): Unzipped {
  if (archive.readUInt32LE(offset) !== LOCAL) return { fault: 'is broken' };
  const from = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const content = archive.subarray(from, from + packed);
  const bytes = method === 8 ? inflated(content, mostBytes) : method === 0 ? content : undefined;
  if (bytes === 'too large' || (bytes && bytes.length > mostBytes))
    return { fault: `holds a ${name} that unpacks to more than ${mostBytes} bytes` };
  return bytes !== undefined && crc32(bytes) === crc ? { bytes } : { fault: `holds a ${name} that cannot be unpacked` };
}

function inflated(content: Buffer, maxOutputLength: number): Buffer | 'too large' | undefined {
  try {
    return inflateRawSync(content, { maxOutputLength });
  } catch (error) {
    return codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : undefined;
  }
}

const codeOf = (error: unknown): unknown => (typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined);

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
