import type { Scratch } from '../../src/domain/ports.ts';
import { Shelf } from '../../src/domain/shelf.ts';

/** What is read is overwritten by the next read, as on disk. */
function scratchInMemory(room = Infinity): Scratch & { readonly records: Uint8Array[] } {
  const records: Uint8Array[] = [];
  const read = new Uint8Array(1024);
  return {
    records,
    append: (bytes) => (records.length < room ? records.push(bytes) - 1 : undefined),
    read: (offset) => {
      read.fill(255).set(records[offset]!);
      return read.subarray(0, records[offset]!.length);
    },
  };
}

const value = (number: number) => ({
  text: `Grüße 🌍 ${number}`,
  value: number === 3 ? Number.NaN : number / 7,
  seen: [Float64Array.of(number), Uint8Array.of(number)],
});
/** Four of them fit into memory. */
const weigh = (): number => 2 * 1024 * 1024;

describe('a shelf', () => {
  it('goes on on disk where memory ends, and gives back the same values', () => {
    const scratch = scratchInMemory();
    const shelf = new Shelf(weigh, scratch, 10);
    for (let number = 0; number < 10; number++) shelf.put(number, value(number));
    expect(scratch.records).toHaveLength(6);
    expect(Array.from({ length: 10 }, (_, number) => shelf.get(number))).toEqual(Array.from({ length: 10 }, (_, number) => value(number)));
  });

  it('holds the value last put there, wherever the first one stood', () => {
    const shelf = new Shelf(weigh, scratchInMemory(), 6);
    for (let number = 0; number < 6; number++) shelf.put(number, value(number));
    shelf.put(0, value(100));
    shelf.put(5, value(105));
    expect([shelf.get(0), shelf.get(5), shelf.get(1)]).toEqual([value(100), value(105), value(1)]);
  });

  it('keeps everything in memory where there is no disk, or none left', () => {
    for (const scratch of [undefined, scratchInMemory(1)]) {
      const shelf = new Shelf(weigh, scratch, 10);
      for (let number = 0; number < 10; number++) shelf.put(number, value(number));
      expect(Array.from({ length: 10 }, (_, number) => shelf.get(number))).toEqual(
        Array.from({ length: 10 }, (_, number) => value(number)),
      );
    }
  });

  it('knows nothing of a number that was never put there', () => {
    expect(new Shelf(weigh).get(1)).toBeUndefined();
  });
});
