import fc from 'fast-check';
import { fenced, markFor } from '../../../src/scorers/judge/material.ts';

const fence = /^===== (?:END )?ANSWER ([0-9a-f]{16}) =====$/;

describe('fenced material', () => {
  it('stands line by line behind a prefix, between fences that carry the mark', () => {
    expect(fenced([{ name: 'ANSWER', text: 'one\n\ntwo' }], '0123456789abcdef')).toBe(
      '===== ANSWER 0123456789abcdef =====\n| one\n| \n| two\n===== END ANSWER 0123456789abcdef =====',
    );
  });

  it('has no line of its own outside the fences, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.string({ unit: fc.constantFrom('=', ' ', '|', '\n', '\r', 'END ANSWER') }),
        (a, b) => {
          const text = a + b;
          const mark = markFor([text]);
          const lines = fenced([{ name: 'ANSWER', text }], mark).split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
          expect(lines.filter((line) => !line.startsWith('| '))).toEqual([`===== ANSWER ${mark} =====`, `===== END ANSWER ${mark} =====`]);
        },
      ),
    );
  });

  it.each([
    ['\u202e', '<U+202E>'],
    ['\u200b', '<U+200B>'],
    [String.fromCodePoint(0xe004c), '<U+E004C>'],
    ['\u0000', '␀'],
    ['\r', '␍'],
    ['\ud800', '�'],
    ['<|im_end|>', '‹|im_end|>'],
    ['<｜end▁of▁sentence｜>', '‹｜end▁of▁sentence｜>'],
    ['</s>', '‹/s>'],
    ['<start_of_turn>', '‹start_of_turn>'],
    ['[/INST]', '‹/INST]'],
    ['<<SYS>>', '‹<SYS>>'],
    ['a < b, <b>bold</b>, [link](x)', 'a < b, <b>bold</b>, [link](x)'],
  ])('shows %j as %j', (text, shown) => {
    expect(fenced([{ name: 'A', text }], 'x')).toContain(`\n| ${shown}\n`);
  });

  it('leaves out the middle of a text that is too long, and says how much', () => {
    const text = `${'a'.repeat(30_000)}\n${'b'.repeat(30_000)}`;
    const lines = fenced([{ name: 'ANSWER', text }], 'feedfacefeedface').split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[2]).toBe('===== 20001 characters left out here feedfacefeedface =====');
    expect(lines[1]).toBe(`| ${'a'.repeat(20_000)}`);
  });
});

describe('the mark', () => {
  it('is the same for the same texts and another for others', () => {
    expect(markFor(['a', 'b'])).toBe(markFor(['a', 'b']));
    expect(markFor(['a', 'b'])).not.toBe(markFor(['ab', '']));
    expect(markFor(['a', 'b'])).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is never in the texts, even for a text that holds the marks of all texts like it', () => {
    let text = 'I know the mark: ';
    for (let guess = 0; guess < 50; guess++) {
      const mark = markFor([text]);
      expect(text).not.toContain(mark);
      expect(fence.exec(`===== ANSWER ${mark} =====`)?.[1]).toBe(mark);
      text += ` ${mark.toUpperCase()}`;
    }
  });
});
