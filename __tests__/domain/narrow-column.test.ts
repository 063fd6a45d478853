import fc from 'fast-check';
import { NarrowColumn } from '../../src/domain/narrow-column.ts';

const columnOf = (numbers: readonly number[], length?: number) => {
  const column = new NarrowColumn(length);
  for (const [place, number] of numbers.entries()) column.put(place, number);
  return column;
};

const anyNumber = fc.oneof(fc.nat(300), fc.nat(70_000), fc.nat(), fc.integer(), fc.double());

describe('a narrow column', () => {
  test('gives back the number last put at each place, and zero elsewhere', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3_000), anyNumber), { maxLength: 60 }), fc.nat(2_000), (puts, length) => {
        const column = new NarrowColumn(length);
        const plain = new Map<number, number>();
        for (const [place, number] of puts) {
          column.put(place, number);
          plain.set(place, number + 0);
        }
        for (let place = 0; place <= 3_001; place++) expect(column.at(place)).toBe((plain.get(place) ?? 0) === 0 ? 0 : plain.get(place));
      }),
    );
  });

  test.each([
    { numbers: [0, 1, 255], bytes: 1 },
    { numbers: [0, 1, 256], bytes: 2 },
    { numbers: [65_535], bytes: 2 },
    { numbers: [3, 65_536], bytes: 4 },
    { numbers: [2 ** 32 - 1], bytes: 4 },
    { numbers: [2 ** 32], bytes: 8 },
    { numbers: [1, 0.5], bytes: 8 },
    { numbers: [-1], bytes: 8 },
    { numbers: [7, Number.NaN], bytes: 8 },
    { numbers: [Number.POSITIVE_INFINITY, 1], bytes: 8 },
  ])('takes $bytes bytes for each number of $numbers', ({ numbers, bytes }) => {
    const all = columnOf(numbers, numbers.length).numbers();
    expect(all.BYTES_PER_ELEMENT).toBe(bytes);
    expect(Array.from(all)).toEqual(numbers);
  });

  test('grows with what is put, and keeps what was there', () => {
    const numbers = Array.from({ length: 5_000 }, (_, place) => place * 1_000);
    const column = columnOf(numbers);
    expect(Array.from(column.numbers()).slice(0, 5_000)).toEqual(numbers);
    expect(column.at(1_000_000)).toBe(0);
  });
});
