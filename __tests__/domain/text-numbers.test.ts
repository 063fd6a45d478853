import { TextNumbers } from '../../src/domain/text-numbers.ts';

it('numbers texts in the order they come, equal ones alike, however many there are', () => {
  const texts: string[] = [];
  const numbers = new TextNumbers((number) => texts[number]!);
  for (let i = 0; i < 5000; i++) {
    texts.push(`text ${i}`);
    expect(numbers.of(`text ${i}`)).toBe(i);
    expect(numbers.of(`text ${i >> 1}`)).toBe(i >> 1);
  }
  expect(numbers.size).toBe(5000);
});
