import { assert, constantFrom, property, string } from 'fast-check';
import { compile, lastMatch, matches, type Pattern } from '../../src/scorers/pattern.ts';

function pattern(source: string, flags = ''): Pattern {
  const compiled = compile(source, flags);
  if ('problem' in compiled) throw new Error(compiled.problem);
  return compiled.pattern;
}

describe('compile', () => {
  it.each([
    ['(?=a)', 'lookahead and lookbehind do not exist in the linear-time pattern engine (RE2)'],
    ['(?<!a)b', 'lookahead and lookbehind do not exist in the linear-time pattern engine (RE2)'],
    ['(a)\\1', 'backreferences do not exist in the linear-time pattern engine (RE2)'],
    ['(a', 'the pattern does not compile: missing closing ): `(a`'],
    ['*a', 'the pattern does not compile: missing argument to repetition operator: `*`'],
    ['(?:a{500}|b{500}|c{500}|d{500}){2}', 'the pattern is too large: its counted repetitions multiply into too many steps'],
    ['a'.repeat(5000), 'the pattern is longer than 4000 characters'],
  ])('refuses a pattern, case %#, with its reason', (source, problem) => {
    expect(compile(source)).toEqual({ problem });
  });
});

describe('lastMatch', () => {
  it('agrees with the last of all matches of the built-in engine', () => {
    const sources = ['\\d+', 'a(b*)', '(a|ab)(c|bcd)?', '[ab]+?c', 'x(y)?'];
    const text = string({ unit: constantFrom('a', 'b', 'c', 'd', 'x', 'y', '1', '2', ' '), maxLength: 60 });
    assert(
      property(constantFrom(...sources), text, (source, text) => {
        const last = [...text.matchAll(new RegExp(source, 'g'))].at(-1);
        expect(lastMatch(pattern(source), text)).toBe(last && (last.length > 1 ? (last[1] ?? '') : last[0]));
      }),
    );
  });

  it('keeps the group of the last repetition that had one, as RE2 does and the built-in engine does not', () => {
    expect(lastMatch(pattern('(?:x(y)?)+'), 'xyx')).toBe('y');
    expect(/(?:x(y)?)+/.exec('xyx')?.[1]).toBeUndefined();
  });

  it('finds the last of very many matches in ten million characters', () => {
    const text = `${'so the answer is maybe. \n'.repeat(400_000)}So the answer is (B).\n`;
    expect(lastMatch(pattern('answer is (.*?)\\.?\\s*$', 'im'), text)).toBe('(B)');
    expect(lastMatch(pattern('\\w+'), 'word '.repeat(2_000_000))).toBe('word');
  });

  it('finds a last match that lies far before the end', () => {
    const text = `${'1 '.repeat(20_000)}answer 42${' none'.repeat(50_000)}`;
    expect(lastMatch(pattern('\\d+'), text)).toBe('42');
  });

  it('comes back from patterns whose every match reads on to the end', () => {
    expect(lastMatch(pattern('a(.*z)?', 's'), 'a'.repeat(200_000))).toBe('');
    expect(lastMatch(pattern('(a|aa)+$'), `${'a'.repeat(200_000)}b`)).toBeUndefined();
  });
});

describe('matches', () => {
  it('comes back from a pattern that makes backtracking engines hang', () => {
    expect(matches(pattern('^(a+)+$'), `${'a'.repeat(100_000)}!`)).toBe(false);
  });

  it('looks at the last million characters of a longer text', () => {
    expect(matches(pattern('needle'), `needle${'x'.repeat(1_000_000)}`)).toBe(false);
    expect(matches(pattern('needle'), `${'x'.repeat(5_000_000)}needle`)).toBe(true);
  });
});
