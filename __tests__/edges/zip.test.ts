import { zipSync } from 'fflate';
import { fileInZip } from '../../src/edges/zip.ts';

const zip = (files: Readonly<Record<string, string>>, level: 0 | 6 = 6): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])), { level }));
const text = (archive: Buffer, most = 1000) => {
  const found = fileInZip(archive, 'a.txt', most);
  return 'fault' in found ? found.fault : found.bytes.toString();
};

describe('A file of an archive', () => {
  it.each([0, 6] as const)('is given as it was packed, at level %d', (level) => {
    expect(text(zip({ 'b.txt': 'no', 'a.txt': 'hällo '.repeat(20) }, level))).toBe('hällo '.repeat(20));
  });

  it.each<[string, Buffer]>([
    ['holds no a.txt', zip({ 'b.txt': 'x' })],
    ['is no zip archive', Buffer.from('PK')],
    ['is no zip archive', Buffer.alloc(200_000)],
    ['names a path outside of itself', zip({ 'a.txt': 'x', '/etc/passwd': 'x' })],
    ['names a path outside of itself', zip({ 'a.txt': 'x', 'b/../../c': 'x' })],
    ['names a path outside of itself', zip({ 'a.txt': 'x', 'C:\\x': 'x' })],
    ['holds more than 100 files', zip(Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`${n}`, 'x'])))],
    ['holds a a.txt that unpacks to more than 1000 bytes', zip({ 'a.txt': 'x'.repeat(1001) })],
    ['holds a a.txt that unpacks to more than 1000 bytes', zip({ 'a.txt': 'x'.repeat(1001) }, 0)],
  ])('is refused: it %s', (why, archive) => {
    expect(text(archive)).toBe(why);
  });

  it('is held to its cap whatever the archive says of its size', () => {
    const bomb = zip({ 'a.txt': 'x'.repeat(5_000_000) });
    for (const record of [0, bomb.indexOf(Buffer.from('PK\u0001\u0002'))]) bomb.writeUInt32LE(5, record + (record === 0 ? 22 : 24));
    expect(text(bomb)).toBe('holds a a.txt that unpacks to more than 1000 bytes');
  });

  it('is held to its checksum', () => {
    const archive = zip({ 'a.txt': 'hello' }, 0);
    archive[archive.indexOf('hello')] = 0x6a;
    expect(text(archive)).toBe('holds a a.txt that cannot be unpacked');
  });

  it('is none of two of one name, of which others might take the other', () => {
    const archive = zip({ 'a.txt': 'x', 'b.txt': 'y' });
    const renamed = Buffer.from(archive.toString('latin1').replaceAll('b.txt', 'a.txt'), 'latin1');
    expect(text(renamed)).toBe('holds two files of one name');
  });

  it('is a fault and no crash, wherever the archive is cut or altered', () => {
    const archive = zip({ 'a.txt': 'hello hello hello', 'b.txt': 'y' });
    for (let at = 0; at < archive.length; at++) {
      expect(() => text(archive.subarray(0, at))).not.toThrow();
      const altered = Buffer.from(archive);
      altered[at] = altered[at]! ^ 0xff;
      expect(() => text(altered)).not.toThrow();
    }
  });
});
