import { copyFinder } from '../../src/search/filters/copied.ts';
import { fingerprint } from '../../src/search/filters/duplicate.ts';
import type { Ground } from '../../src/search/filters/filter.ts';
import { refusalOf } from '../../src/search/filters/table.ts';
import { examples } from './examples.ts';

const incumbent = `---
model: small
---
{{role "system"}}
Sort the mail into a box.
{{! protect: approved by the legal department }}
Never promise a refund.
{{! /protect }}

{{#urgent}}It is urgent.{{/urgent}}

{{role "user"}}
{{input}}
`;

const rows = examples(1, {
  input: 'My parcel was left out in the rain, and the box is soaked.',
  expected: { box: 'wet goods of any kind' },
});

const ground: Ground = {
  path: 'prompts/mail.md',
  incumbent,
  countTokens: (text) => text.split(/\s+/).length,
  isCopied: (text) => copyFinder(rows)(text, [incumbent]),
  protect: [],
  known: new Set([fingerprint(incumbent)]),
};

const edited = (find: string, replace: string, quotesRows = false) =>
  refusalOf({ text: incumbent.replace(find, replace), quotesRows }, ground);

describe('the filters before a call', () => {
  it('let a plain edit pass', () => {
    expect(edited('into a box.', 'into one of the boxes: red, blue.')).toBeUndefined();
    expect(edited('Sort the mail', 'A parcel left in the rain is wet.\nSort the mail')).toBeUndefined();
  });

  it.each([
    ['loses a placeholder', '{{input}}', 'Read the mail.', 'it loses the placeholder {{input}}'],
    ['loses a section', '{{#urgent}}It is urgent.{{/urgent}}', 'It is urgent.', 'it loses the placeholder {{#urgent}}'],
    ['adds a placeholder', 'into a box.', 'into a {{box}}.', 'it adds the placeholder {{box}}'],
    ['draws in a partial', 'into a box.', '{{> secrets}}', 'it adds the placeholder {{> secrets}}'],
    ['changes the model', 'model: small', 'model: large', 'it changes the front matter'],
    ['adds front matter keys', 'model: small', 'model: small\nevals: mine.yml', 'it changes the front matter'],
    ['changes a protected region', 'Never promise', 'Rarely promise', 'it changes a protected region'],
    ['opens a protected region', 'Sort', '{{! protect: me }}Sort', 'it changes a protected region'],
    ['changes blank space alone', 'Sort the mail', 'Sort  the mail', 'it is the same as a version tried before'],
    ['no longer parses', 'into a box.', 'into a {{ box.', 'it is no prompt file'],
    ['grows beyond measure', 'into a box.', `into a box. ${'more '.repeat(500)}`, 'it is longer than'],
    ['copies a row', 'into a box.', 'When it WAS left out in the rain: wet.', 'it copies 5 or more words in a row from an example'],
    ['copies what a row expects', 'into a box.', 'Some are wet goods of any kind.', 'it copies 5 or more words in a row from an example'],
  ])('refuse an edit that %s', (_title, find, replace, why) => {
    expect(edited(find, replace)).toContain(why);
  });

  it('refuse another order of roles', () => {
    const swapped = incumbent
      .replace('{{role "system"}}', '{{role "x"}}')
      .replace('{{role "user"}}', '{{role "system"}}')
      .replace('"x"', '"user"');
    expect(refusalOf({ text: swapped, quotesRows: false }, ground)).toBe('it changes the roles or their order');
  });

  it('let a row be quoted where quoting is the point', () => {
    expect(edited('into a box.', 'into a box.\n"My parcel was left out in the rain" → wet', true)).toBeUndefined();
  });

  it('let wording stay that the prompt, or a version that was meant to quote, already has', () => {
    const isCopied = copyFinder(rows);
    const before = ['Mail that was left out in the rain is wet.'];
    expect(isCopied('Mail that was left out in the rain is wet. Be kind.', before)).toBe(false);
    expect(isCopied('Mail that was left out in the rain, and the box is soaked.', before)).toBe(true);
  });
});
