import fc from 'fast-check';
import { visible } from '../../src/documents/visible.ts';
import { codeBlock, inlineCode, prose, visibleLine, withoutCommands } from '../../src/report/neutral.ts';
import { alive, hostileText, markdown, tokens } from './hostile.ts';

const plenty = 100_000;

describe('Text made visible', () => {
  it.each([
    ['an escape sequence', '\u001b[31mred', '␛[31mred'],
    ['a lone carriage return', 'safe\revil', 'safe␍evil'],
    ['a Windows line end', 'a\r\nb', 'a\nb'],
    ['a bell and a null', '\u0007\u0000', '␇␀'],
    ['a deletion', '\u007f', '␡'],
    ['a C1 control', '\u009b31m', '<U+009B>31m'],
    ['a bidi override', 'gnp\u202eexe', 'gnp<U+202E>exe'],
    ['a zero-width space', 'a\u200bb', 'a<U+200B>b'],
    ['a tag character', 'a\u{e0041}', 'a<U+E0041>'],
    ['a line separator', 'a\u2028b', 'a<U+2028>b'],
    ['a lone surrogate', '\ud800x', '�x'],
  ])('names %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each([
    ['tabs and lines', 'a\tb\nc'],
    ['joined emoji', '👩‍🚀 ❤️'],
    ['marks and scripts', 'é 漢字 नमस्ते'],
  ])('leaves %s as they are', (_, text) => {
    expect(visible(text)).toBe(text);
  });

  it('has nothing left that a terminal obeys', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(visible(text)).not.toMatch(/[^\P{Cc}\n\t]|\p{Bidi_Control}|\p{Surrogate}/u);
      }),
    );
  });

  it('has no line end left on one line', () => {
    fc.assert(fc.property(hostileText, (text) => !visibleLine(text).includes('\n')));
  });
});

describe('Inline code', () => {
  it('is one piece of code that holds the text, and nothing else', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [only, ...others] = markdown.parseInline(inlineCode(text, plenty), {})[0]!.children!;
        const line = visibleLine(text).replaceAll('|', '¦');
        if (line === '') return;
        expect(others).toEqual([]);
        expect(only).toMatchObject({ type: 'code_inline', content: line });
      }),
    );
  });

  it('stays within its cell of a table', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const table = tokens(`| a | b |\n| - | - |\n| ${inlineCode(text)} | end |\n`);
        expect(table.filter(({ type }) => type === 'td_open')).toHaveLength(2);
        expect(table.filter(({ type }) => type === 'tr_open')).toHaveLength(2);
      }),
    );
  });

  it.each([
    ['plain', '`plain`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['', '_(empty)_'],
    [' \n ', '_(empty)_'],
    ['two\nlines', '`two ⏎ lines`'],
  ])('writes %j as %s', (text, code) => {
    expect(inlineCode(text)).toBe(code);
  });
});

describe('A code block', () => {
  it('is one block that holds the text, and nothing else, also inside a list', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [only, ...others] = markdown.parse(codeBlock(text, plenty), {});
        expect(others).toEqual([]);
        expect(only).toMatchObject({ type: 'fence', info: '', content: `${visible(text)}\n` });
      }),
    );
  });

  it('leaves the middle of a long text out and says how much', () => {
    expect(codeBlock('a'.repeat(500) + 'b'.repeat(500), 30)).toBe(
      `\`\`\`\n${'a'.repeat(20)} [… 970 characters left out …] ${'b'.repeat(10)}\n\`\`\``,
    );
  });
});

describe('Prose', () => {
  it('holds no link, image, HTML, mention or reference outside code', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(alive(prose(text))).toEqual([]);
      }),
    );
  });

  it('is one paragraph, whatever it begins with', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const blocks = tokens(prose(text)).filter(({ block, nesting }) => block && nesting === 1);
        expect(blocks.map(({ type }) => type)).toEqual(visibleLine(text) === '' ? [] : ['paragraph_open']);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['The server refused a parameter; it was left out.', 'The server refused a parameter; it was left out.'],
    ['evals/a.yml:3: key "models": too many.', '`evals/a.yml:3`: key "models": too many.'],
    ['12 answers cut off, 5% more.', '12 answers cut off, 5% more.'],
    ['Set `gate.alpha` to 0.05.', 'Set `gate.alpha` to 0.05.'],
    ['It needs `actions: write`: add it, or `model: { name: x }`.', 'It needs `actions: write`: add it, or `model: { name: x }`.'],
    ['Two `@a and @b` signs, one ` @c.', 'Two `@a and @b` signs, one `` ` @c ``.'],
    ['Ask @octocat about #12.', 'Ask `@octocat` about `#12`.'],
    ['<b>two words</b> here', '`<b>two words</b>` here'],
    ['1. not a list', '`1`. not a list'],
  ])('writes %j as %j', (text, shown) => {
    expect(prose(text)).toBe(shown);
  });
});

/** What the runner takes for a command: `TryParseV2` after .NET's TrimStart, and `TryParse` (actions/runner, ActionCommand.cs). */
const isCommand = (line: string): boolean => /^[\s\u0085]*::/.test(line) || line.includes('##[');

describe('Text for the Actions log', () => {
  it('has no line that is a workflow command', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const line of withoutCommands(text).split(/\r\n|\n|\r/)) expect(isCommand(line)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['::error::x', ': :error::x'],
    ['  ::warning file=a::x', '  : :warning file=a::x'],
    ['\u0085\u00a0::x::', '\u0085\u00a0: :x::'],
    ['a\n::stop-commands::t', 'a\n: :stop-commands::t'],
    ['say ##[group]x', 'say ## [group]x'],
    ['std::vector', 'std::vector'],
  ])('writes %j as %j', (text, shown) => {
    expect(withoutCommands(text)).toBe(shown);
  });
});
