import * as z from 'zod';
import { explain } from '../../src/documents/check.ts';
import { parseYaml, readYaml } from '../../src/documents/yaml.ts';
import { sentences } from './sentences.ts';

const schema = z.strictObject({
  name: z.string().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
  alpha: z.number().gt(0).lt(0.5).optional(),
  onInconclusive: z.enum(['warn', 'fail']).optional(),
  maxCalls: z.int().positive().optional(),
  list: z.array(z.string()).min(1).optional(),
  nested: z.strictObject({ margin: z.number(), flag: z.boolean().optional() }).optional(),
  examples: z.union([z.string(), z.array(z.union([z.string(), z.strictObject({ input: z.string() })]))]).optional(),
  even: z
    .number()
    .refine((n) => n % 2 === 0, explain('the number is odd', 'Add one.'))
    .optional(),
});

const parse = (text: string) => parseYaml('a.yml', text, schema);

describe('parseYaml', () => {
  it('gives the value and the line of each of its parts', () => {
    const read = parse('# settings\nname: x\nnested:\n  margin: 0.1\nlist:\n  - a\n  - b\n');
    expect(read.value).toEqual({ name: 'x', nested: { margin: 0.1 }, list: ['a', 'b'] });
    const lines = [[], ['name'], ['nested', 'margin'], ['list'], ['list', 1], ['nested', 'absent'], ['absent']].map((path) =>
      read.lineOf(path),
    );
    expect(lines).toEqual([2, 2, 4, 5, 7, 3, 2]);
  });

  it('counts lines from where the text stands in its file', () => {
    expect(parseYaml('a.md', 'name: x\nlist: [a]\n', schema, { firstLine: 2 }).lineOf(['list'])).toBe(3);
    expect(sentences(() => parseYaml('a.md', 'name: x\nfoo: 1\n', schema, { firstLine: 2 }))).toMatch(/^a\.md:3: key "foo"/);
    expect(sentences(() => parseYaml('a.md', 'name: [\n', schema, { firstLine: 2 }))).toMatch(/^a\.md:3: broken YAML/);
  });

  it.each(['', '\n\n', '# nothing\n', '\uFEFF', '---\n', '~\n'])('takes %j for an empty mapping', (text) => {
    expect(parse(text).value).toEqual({});
  });

  it.each([
    ['a line ending CR LF', 'name: x\r\nlist: [a]\r\n', { name: 'x', list: ['a'] }],
    ['a byte order mark', '\uFEFFname: x\n', { name: 'x' }],
    ['YAML 1.2 words', 'name: yes\n', { name: 'yes' }],
    ['an anchor used twice', 'list: &l [a]\nexamples: *l\n', { list: ['a'], examples: ['a'] }],
  ])('takes %s', (_, text, value) => {
    expect(parse(text).value).toEqual(value);
  });

  it.each([
    ['temprature: 0', 'a.yml:1: key "temprature": unknown key. Did you mean "temperature"?'],
    ['max_calls: 3', 'a.yml:1: key "max_calls": unknown key. Did you mean "maxCalls"?'],
    ['foo: 0', 'a.yml:1: key "foo": unknown key. Known: alpha, even, examples, list, maxCalls, name, nested, onInconclusive, temperature.'],
    ['nested:\n  margn: 1\n  margin: 1', 'a.yml:2: key "nested.margn": unknown key. Did you mean "margin"?'],
    ['nested: {}', 'a.yml:1: key "nested.margin": the key is missing. Add it: a number.'],
    ['nested:\n  margin: x', 'a.yml:2: key "nested.margin": "x" is not a number. Write a number.'],
    ['nested: 3', 'a.yml:1: key "nested": 3 is not a mapping. Write a mapping with keys such as margin or flag.'],
    ['nested: { margin: 1, flag: yes }', 'a.yml:1: key "nested.flag": "yes" is not true or false. Write true or false.'],
    ['name: ""', 'a.yml:1: key "name": the text is empty. Write something, or remove the key.'],
    ['name: []', 'a.yml:1: key "name": a list is not text. Write text.'],
    ['name: 3', 'a.yml:1: key "name": 3 is not text. Put quotes around it.'],
    ['temperature: 3', 'a.yml:1: key "temperature": 3 is not at most 2. Write a number at most 2.'],
    ['temperature: -1', 'a.yml:1: key "temperature": -1 is not at least 0. Write a number at least 0.'],
    ['alpha: 0.5', 'a.yml:1: key "alpha": 0.5 is not below 0.5. Write a number below 0.5.'],
    ['alpha: 0', 'a.yml:1: key "alpha": 0 is not above 0. Write a number above 0.'],
    ['maxCalls: 1.5', 'a.yml:1: key "maxCalls": 1.5 is not a whole number. Write a whole number.'],
    ['onInconclusive: wran', 'a.yml:1: key "onInconclusive": "wran" is not "warn" or "fail". Did you mean "warn"?'],
    ['onInconclusive: 1', 'a.yml:1: key "onInconclusive": 1 is not "warn" or "fail". Write "warn" or "fail".'],
    ['list: []', 'a.yml:1: key "list": the list is empty. List at least 1.'],
    ['list:\n  - a\n  - 1', 'a.yml:3: key "list[1]": 1 is not text. Put quotes around it.'],
    ['examples: 3', 'a.yml:1: key "examples": 3 is not text or a list. Write text or a list.'],
    ['examples:\n  - inputt: x\n    input: y', 'a.yml:2: key "examples[0].inputt": unknown key. Did you mean "input"?'],
    ['even: 3', 'a.yml:1: key "even": the number is odd. Add one.'],
    ['- a', 'a.yml:1: a list is not a mapping. Write a mapping with keys such as name, temperature or alpha.'],
    [
      'name: 1\ntemperature: x',
      'a.yml:1: key "name": 1 is not text. Put quotes around it.\na.yml:2: key "temperature": "x" is not a number. Write a number.',
    ],
  ])('refuses %j by key and line, with the fix', (text, sentence) => {
    expect(sentences(() => parse(text))).toBe(sentence);
  });

  it.each([
    [
      'name: a: b',
      'a.yml:1: broken YAML: nested mappings are not allowed in compact mappings. Put quotes around text that holds ": ", or check the indentation.',
    ],
    [
      'name: x\nlist: [a',
      'a.yml:2: broken YAML: flow sequence in block collection must be sufficiently indented and end with a ]. Close the bracket or quote, or indent what it holds; put quotes around text that begins with a bracket or brace.',
    ],
    ['nested:\n\tmargin: 1', 'a.yml:2: broken YAML: tabs are not allowed as indentation. Indent with spaces.'],
    ['name: "x', 'a.yml:1: broken YAML: missing closing "quote. Add what is missing, or check the indentation.'],
    ['name: @x', 'a.yml:1: broken YAML: plain value cannot start with reserved character @. Put quotes around the text.'],
    [
      'name: {{input}}',
      'a.yml:1: broken YAML: with stringKeys, all keys must be strings. Put quotes around text that begins with a bracket or brace.',
    ],
    ['name: x\nlist: [a]\nname: y', 'a.yml:3: key "name": the key stands on line 1 too. Remove one of the two.'],
    ['name: x\n---\nname: y', 'a.yml:2: the file holds more than one YAML document. Keep one, and remove the "---" lines.'],
    ['%YAML 1.1\n---\nname: x', 'a.yml:1: directives such as %YAML are not supported. Remove the line.'],
    ['name: !env X', 'a.yml:1: the tag "!env" is not supported. Remove it.'],
    ['name: !!binary aGk=', 'a.yml:1: the tag "!!binary" is not supported. Remove it.'],
    ['nested: &n { margin: 1 }\nmore:\n  <<: *n', 'a.yml:3: key "more.<<": merge keys are not supported. Write the keys out.'],
    ['alpha: .nan', 'a.yml:1: key "alpha": ".nan" is no number that JSON can carry. Write a finite number, or quote the text.'],
    [
      'maxCalls: 12345678901234567890',
      'a.yml:1: key "maxCalls": "12345678901234567890" has more digits than a number can hold. Put quotes around it.',
    ],
  ])('refuses %j, whatever the schema', (text, sentence) => {
    expect(sentences(() => parse(text))).toBe(sentence);
  });

  it('lists twenty problems and counts the rest', () => {
    const text = Array.from({ length: 50 }, (_, i) => `x${i}: 1`).join('\n');
    const lines = sentences(() => parse(text)).split('\n');
    expect(lines).toHaveLength(21);
    expect(lines[20]).toBe('a.yml: 30 more problems below these. Mend these first.');
  });
});

describe('readYaml on hostile text', () => {
  const refused = (text: string) => sentences(() => readYaml('a.yml', text));

  it.each([
    ['flow lists', '['.repeat(100_000)],
    ['closed flow lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['flow mappings', '{a: '.repeat(100_000)],
    ['block lists', '- '.repeat(100_000)],
    ['explicit keys', '? '.repeat(100_000)],
  ])('refuses 100,000 levels of %s with a sentence', (_, text) => {
    expect(refused(text)).toBe('a.yml:1: lists and mappings are nested more than 64 deep. Make it flatter.');
  });

  it('takes 64 levels', () => {
    expect(readYaml('a.yml', `${'['.repeat(64)}${']'.repeat(64)}`).lineOf([0, 0, 0])).toBe(1);
  });

  it('refuses aliases that multiply', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`);
    expect(refused(['a0: &a0 [x]', ...levels].join('\n'))).toBe(
      'a.yml:5: key "a4[5]": aliases multiply to more than 10000 values. Write the values out.',
    );
  });

  it('refuses depth that is built up by aliases', () => {
    const levels = Array.from({ length: 2000 }, (_, i) => `- &a${i + 1} [*a${i}]`);
    expect(refused(['- &a0 [x]', ...levels].join('\n'))).toContain('nested more than 64 deep');
  });

  it.each([
    [
      'a: &x [*x]',
      'a.yml:1: key "a[0]": the alias "*x" stands inside what it refers to. Write the value out, or put quotes around text that begins with "*".',
    ],
    [
      'a: *x',
      'a.yml:1: key "a": the alias "*x" refers to no anchor above it. Write the value out, or put quotes around text that begins with "*".',
    ],
    ['a: 1\n__proto__: { polluted: 1 }', 'a.yml:2: key "__proto__": the name is not allowed. Choose another name.'],
    ['a: 1\nb: \0', 'a.yml:2: the file holds a NUL byte and is not text. Save it as UTF-8.'],
    ['a: \uD800', 'a.yml:1: the file holds half of a surrogate pair and is not text. Save it as UTF-8.'],
    [
      'a: "\\uD800"',
      'a.yml:1: key "a": the text holds half of a surrogate pair, which no server accepts. Write the whole character, or remove the escape.',
    ],
  ])('refuses %j with a sentence', (text, sentence) => {
    expect(refused(text)).toBe(sentence);
  });

  it('keeps a hostile key on one line of the sentence', () => {
    const message = sentences(() => parse(`"x\\n::error::\\e[31m${'y'.repeat(100)}": 1`));
    expect(message).not.toMatch(/\p{Cc}/u);
    expect(message.length).toBeLessThan(300);
  });

  it('keeps constructor and its like as ordinary keys', () => {
    expect(readYaml('a.yml', 'constructor: 1\ntoString: 2').value).toEqual(
      Object.fromEntries([
        ['constructor', 1],
        ['toString', 2],
      ]),
    );
  });
});
