import { assert, constantFrom, property, string } from 'fast-check';
import { pythonWords, singleSpaced, withoutPythonSpace } from '../../src/metrics/spaces.ts';

const text = string({ unit: constantFrom('a', ' ', '\n', '\t', '\u00a0', '\u2003', '🙂'), maxLength: 40 });

it('makes one space of each run of white space, as a repeating pattern does', () => {
  assert(property(text, (given) => expect(singleSpaced(given)).toBe(given.replace(/\s+/g, ' '))));
});

it('finds the words that stand between white space', () => {
  assert(property(text, (given) => expect(pythonWords(given)).toEqual(given.split(/\s+/u).filter((word) => word !== ''))));
});

it('takes the separators of ASCII for white space, as Python does', () => {
  const [file, unit] = [String.fromCharCode(0x1c), String.fromCharCode(0x1f)];
  expect(pythonWords(`${file}a${unit}${unit}b`)).toEqual(['a', 'b']);
  expect(withoutPythonSpace(`a${file} b\n`)).toBe('ab');
});

it('comes back from runs of twenty million', () => {
  const run = ' '.repeat(20_000_000);
  expect(singleSpaced(`a${run}b`)).toBe('a b');
  expect(pythonWords(`a${run}b`)).toEqual(['a', 'b']);
  expect(withoutPythonSpace(`a${run}b`)).toBe('ab');
});
