import fc from 'fast-check';
import { applyHunks, hunksBetween } from '../../src/prompts/hunks.ts';
import { applyEdits } from '../../src/search/edits/edit.ts';
import { endOfInstructions } from '../../src/search/edits/instructions.ts';
import { mergeTexts } from '../../src/search/edits/merge.ts';

const lines = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 8 })
  .map((some) => some.map((line) => `${line}\n`).join(''));

describe('edits of a prompt', () => {
  const prompt = '---\nmodel: m\n---\n{{role "system"}}\nSort the mail.\n- a: apples\n\n{{role "user"}}\n{{input}}\n';

  it('are found in the text as it was, in whatever order they come', () => {
    const edits = [
      { find: '- a: apples', replace: '- a: apples and pears\n- b: bread' },
      { find: 'Sort the mail.', replace: 'Sort the mail:' },
    ];
    const expected = prompt.replace('Sort the mail.', 'Sort the mail:').replace('apples', 'apples and pears\n- b: bread');
    expect(applyEdits(prompt, edits)).toEqual({ text: expected });
    expect(applyEdits(prompt, edits.toReversed())).toEqual({ text: expected });
  });

  it('that quote with other blank space at the ends still find their place', () => {
    expect(applyEdits(prompt, [{ find: '\n  Sort the mail.  \n', replace: 'Sort the post.\n' }])).toEqual({
      text: prompt.replace('mail', 'post'),
    });
  });

  it('that quote nothing come at the end of the instructions, as a paragraph', () => {
    expect(applyEdits(prompt, [{ find: '', replace: 'Answer with one letter.' }])).toEqual({
      text: prompt.replace('apples\n', 'apples\n\nAnswer with one letter.\n'),
    });
    expect(applyEdits('Sort.', [{ find: '', replace: 'Be brief.' }])).toEqual({ text: 'Sort.\n\nBe brief.\n' });
  });

  it.each([
    ['quotes what is not there', [{ find: 'Sort the post.', replace: '' }], 'its text does not stand in the prompt'],
    ['quotes what stands there twice', [{ find: 'role', replace: 'rule' }], 'its text stands in the prompt more than once'],
    [
      'overlaps another',
      [
        { find: 'Sort the', replace: 'x' },
        { find: 'the mail', replace: 'y' },
      ],
      'it overlaps another edit',
    ],
  ])('are refused as a whole where one %s', (_title, edits, what) => {
    expect(applyEdits(prompt, edits)).toMatchObject({ misfit: { what } });
  });
});

describe('the end of the instructions', () => {
  it.each([
    ['is before the second role', '{{role "system"}}\nSort.\n|{{role "user"}}\n{{input}}\n'],
    ['is before the first role where text precedes it', 'Sort.\n|{{role "user"}}\n{{input}}\n'],
    ['is before the paragraph of the question in a prompt of one message', 'Sort.\n\n|Message: {{input}}\nQueue:'],
    ['is the end of the file where the question is all there is', '{{input}}|'],
    ['is the end of the file without roles and variables', '---\nmodel: m\n---\nSort.\n\nBe brief.\n|'],
    ['does not take a section, a partial or a remark for a question', 'Sort.\n\n{{> shop}}\n\n{{! why }}\n\nBe brief.\n|'],
  ])('%s', (_title, marked) => {
    expect(endOfInstructions(marked.replace('|', ''))).toBe(marked.indexOf('|'));
  });
});

describe('hunks', () => {
  it('name the lines they replace, and the line they come before', () => {
    expect(hunksBetween('a\nb\nc\n', 'x\na\nc\nd\n')).toEqual([
      { oldStart: 1, oldLines: [], newLines: ['x'] },
      { oldStart: 2, oldLines: ['b'], newLines: [] },
      { oldStart: 4, oldLines: [], newLines: ['d'] },
    ]);
  });

  it('make the new text out of the old one', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        expect(applyHunks(before, hunksBetween(before, after))).toBe(after);
      }),
    );
  });
});

describe('a three-way merge', () => {
  it('holds the changes of both sides', () => {
    expect(mergeTexts('a\nb\nc\n', 'A\nb\nc\n', 'a\nb\nC\nd\n')).toBe('A\nb\nC\nd\n');
  });

  it('keeps lines that both insert at one place, the first side first, and lines that both insert alike once', () => {
    expect(mergeTexts('a\nb\n', 'a\nx\nb\n', 'a\ny\nb\n')).toBe('a\nx\ny\nb\n');
    expect(mergeTexts('a\nb\n', 'a\nx\nb\n', 'a\nx\nb\n')).toBe('a\nx\nb\n');
  });

  it('says once what both insert at one place, each with something else', () => {
    const form = '\nAnswer with one letter.\n';
    expect(mergeTexts('a\nb\n', `a\n${form}b\n`, `a\n${form}\nBe brief.\nBe kind.\nb\n`)).toBe(`a\n${form}\nBe brief.\nBe kind.\nb\n`);
    expect(mergeTexts('a\nb\n', `a\n\nBe kind.\n${form}b\n`, `a\n\nBe brief.\n${form}b\n`)).toBe(`a\n\nBe kind.\n${form}\nBe brief.\nb\n`);
  });

  it('leaves blank lines between what it keeps, wherever a side has put its own', () => {
    const role = '{{role "user"}}\n';
    expect(mergeTexts(`a\n\n${role}`, `a\n\nForm.\n\nOne.\n\n${role}`, `a\n\nForm.\n\nTwo.\n\n${role}`)).toBe(
      `a\n\nForm.\n\nOne.\n\nTwo.\n\n${role}`,
    );
  });

  it('keeps paragraphs that share a line', () => {
    const shown = (question: string) => `\nMessage: ${question}\nAnswer: yes\n`;
    expect(mergeTexts('a\n', `a\n${shown('one')}`, `a\n${shown('two')}`)).toBe(`a\n${shown('one')}${shown('two')}`);
  });

  it('is none where both change the same line differently', () => {
    expect(mergeTexts('a\nb\nc\n', 'a\nx\nc\n', 'a\ny\nc\n')).toBeUndefined();
    expect(mergeTexts('a\nb\nc\nd\n', 'a\nx\nd\n', 'a\nb\ny\nc\nd\n')).toBeUndefined();
  });

  it('with an unchanged side is the other side', () => {
    fc.assert(
      fc.property(lines, lines, (base, changed) => {
        expect(mergeTexts(base, changed, base)).toBe(changed);
        expect(mergeTexts(base, base, changed)).toBe(changed);
        expect(mergeTexts(base, changed, changed)).toBe(changed);
      }),
    );
  });
});
