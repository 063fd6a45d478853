import { createHash } from 'node:crypto';
import type { Scratch } from '../../src/domain/ports.ts';
import { Recollection } from '../../src/domain/recollection.ts';

const keyOf = (number: number): string => createHash('sha256').update(String(number)).digest('hex');

function scratchInMemory(): Scratch & { readonly records: Uint8Array[] } {
  const records: Uint8Array[] = [];
  return { records, append: (bytes) => records.push(bytes) - 1, read: (offset) => records[offset]! };
}

describe('a recollection', () => {
  it('gives back what was put under a key last, however many there are, in memory and on disk', () => {
    const scratch = scratchInMemory();
    const known = new Recollection<string>(() => 4_096, scratch);
    for (let number = 0; number < 5_000; number++) known.put(keyOf(number), `value ${number}`);
    for (let number = 0; number < 5_000; number += 7) known.put(keyOf(number), `later ${number}`);
    expect(scratch.records.length).toBeGreaterThan(2_000);
    for (let number = 0; number < 5_000; number++)
      expect(known.get(keyOf(number))).toBe(`${number % 7 === 0 ? 'later' : 'value'} ${number}`);
    expect(known.get(keyOf(5_000))).toBeUndefined();
  });

  it('tells keys apart that begin alike', () => {
    const known = new Recollection<number>(() => 1);
    const alike = (end: string) => `deadbeef${end.padStart(56, '0')}`;
    known.put(alike('1'), 1);
    known.put(alike('2'), 2);
    expect([known.get(alike('1')), known.get(alike('2')), known.get(alike('3'))]).toEqual([1, 2, undefined]);
  });

  it('is gone through in the order of its keys, of those that begin alike too', () => {
    const known = new Recollection<number>(() => 4_096, scratchInMemory());
    const keys = [
      ...Array.from({ length: 3_000 }, (_, number) => keyOf(number)),
      ...['2', '1'].map((end) => `deadbeef${end.padStart(56, '0')}`),
    ];
    for (const [number, key] of keys.entries()) known.put(key, number);
    known.put(keys[7]!, 7_000);
    const all = [...known];
    expect(all.map(([key]) => key)).toEqual(keys.toSorted());
    expect(new Map(all).get(keys[7]!)).toBe(7_000);
    expect([known.has(keys[7]!), known.has(keyOf(3_000))]).toEqual([true, false]);
  });
});
