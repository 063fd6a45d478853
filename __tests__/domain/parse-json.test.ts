import { DEEPEST, jsonIn, parseJson } from '../../src/domain/parse-json.ts';

const nested = (levels: number, inner = '') => '[{"a":'.repeat(levels / 2) + inner + '}]'.repeat(levels / 2);

it('JSON as deep as is parsed is parsed, and a level more is not', () => {
  expect(parseJson(nested(DEEPEST, '1'))).toHaveLength(1);
  expect(() => parseJson(nested(DEEPEST, '[1]'))).toThrow(new RangeError('JSON nested more than 200000 levels deep'));
  expect(jsonIn(nested(DEEPEST, '[1]'))).toBeUndefined();
});

it.each([
  ['brackets one after another', '[],{},'.repeat(DEEPEST)],
  ['brackets in a string', `"${'['.repeat(2 * DEEPEST)}"`],
  ['brackets behind an escaped quote', `"\\"${'['.repeat(2 * DEEPEST)}"`],
  ['a string that does not end', `"${'['.repeat(2 * DEEPEST)}`],
  ['a backslash at the end', `"${'['.repeat(2 * DEEPEST)}\\`],
])('%s are not deep', (_, text) => {
  expect(() => parseJson(text)).not.toThrow(RangeError);
});

it('brackets behind a string that ends in a backslash are deep', () => {
  expect(() => parseJson(`"\\\\"${'['.repeat(2 * DEEPEST)}`)).toThrow(RangeError);
});

it('10 MB of brackets are refused with little memory', () => {
  const text = '['.repeat(10_000_000);
  const before = process.resourceUsage().maxRSS;
  expect(jsonIn(text)).toBeUndefined();
  expect(process.resourceUsage().maxRSS - before).toBeLessThan(100_000);
});
