import { WholeNumbers } from '../../src/metrics/meters/whole-numbers.ts';

it('Whole numbers stand in the order in which they came, however many they are', () => {
  const numbers = new WholeNumbers();
  const given = Array.from({ length: 5000 }, (_, index) => (index * 1_048_573) % 2 ** 32);
  for (const number of given) numbers.push(number);
  expect(Array.from({ length: numbers.length }, (_, index) => numbers.at(index))).toEqual(given);
});
