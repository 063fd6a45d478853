const levels = 100_000;
const million = 1_000_000;

const runsOf = (size: number, units: Readonly<Record<string, string>>) =>
  Object.entries(units).map(([what, unit]) => [`${size} MB of ${what}`, unit.repeat((size * million) / unit.length)] as const);

/** Texts that a scorer must neither crash on nor take for good. */
export const hostile: readonly (readonly [what: string, text: string])[] = [
  ['nothing', ''],
  ['a lone surrogate', 'a\ud800 \udc00'],
  ['truncated JSON', '{"a": [1, {"b": "'],
  ['JSON of other types', '{"a": 7, "n": [], "d": {}, "s": null, "f": true}'],
  ['numbers that are none', '{"n": 1e999, "a": NaN, "b": -Infinity} 1e999 NaN Infinity'],
  ['names that every object has', '{"__proto__": {"a": 1}, "constructor": 1, "toString": "a", "n": 1}'],
  ['deeply nested JSON', '['.repeat(levels) + ']'.repeat(levels)],
  ['deeply nested JSON without an end', '{"a":'.repeat(levels)],
  ['a deep value in a field', `{"a": ${'['.repeat(levels)}${']'.repeat(levels)}, "f": ${'{"x":'.repeat(levels)}1${'}'.repeat(levels)}}`],
  ['a list of many', `[${'"a",'.repeat(million)}"b"]`],
  ['a field with many elements', `{"a": [${`{"b":"${'x'.repeat(400)}","c":["y"]},`.repeat(5000)}{}], "s": [${'"a",'.repeat(million)}1]}`],
  ['a long run of punctuation in a field', `{"s": "${'!'.repeat(5 * million)}", "f": "${' '.repeat(5 * million)}x"}`],
  ['a long text in a field', `{"f": "${'f'.repeat(10 * million)}", "d": "${'1'.repeat(million)}", "n": "${'1,'.repeat(million)}"}`],
  ...runsOf(10, { words: 'a b ', brackets: '[', lines: 'a\n', emoji: '🙂' }),
  ...runsOf(1, {
    letters: 'a',
    numbers: '1 ',
    digits: '1',
    citations: '[1] [doc-1] ',
    sentences: 'So. ',
    commas: ',',
    spaces: ' ',
    'wide letters': '漢',
    apostrophes: "'",
  }),
];
