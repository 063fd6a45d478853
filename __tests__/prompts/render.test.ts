import fc from 'fast-check';
import type { Example } from '../../src/domain/evalset.ts';
import type { Tree } from '../../src/domain/ports.ts';
import { renderer } from '../../src/prompts/render.ts';
import { loadVersion } from '../../src/prompts/version.ts';

function tree(files: Readonly<Record<string, string>>): Tree {
  return {
    revision: 'test',
    list: async () => Object.keys(files).sort(),
    read: async (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
  };
}

function example(row: Partial<Example>): Example {
  return { id: 'row-1', vars: {}, messages: [], tags: [], source: { file: 'evals/p.jsonl', line: 3 }, ...row };
}

async function render(text: string, row: Partial<Example> = {}, files: Readonly<Record<string, string>> = {}) {
  const version = await loadVersion(tree({ 'prompts/p.md': text, ...files }), 'prompts/p.md', 'prompts');
  return renderer(version!)(example(row));
}

describe('a prompt without roles', () => {
  it('is the system message, and the input the user message, where it has no variable', async () => {
    expect(await render('\nName the label.\n', { input: 'My invoice is wrong' })).toEqual([
      { role: 'system', content: 'Name the label.' },
      { role: 'user', content: 'My invoice is wrong' },
    ]);
  });

  it('is one user message where it has variables', async () => {
    expect(await render('Q: {{input}}\nA:', { input: 'why?' })).toEqual([{ role: 'user', content: 'Q: why?\nA:' }]);
  });

  it('counts a variable inside a partial', async () => {
    const files = { 'prompts/_question.md': 'Q: {{input}}' };
    expect(await render('{{> question}}', { input: 'why?' }, files)).toEqual([{ role: 'user', content: 'Q: why?' }]);
  });

  it('puts earlier turns between instruction and input', async () => {
    const messages = [{ role: 'assistant', content: 'Hello' }] as const;
    expect((await render('Be kind.', { input: 'hi', messages })).map(({ role }) => role)).toEqual(['system', 'assistant', 'user']);
  });
});

describe('roles', () => {
  it('cut the text into messages, `model` being the assistant', async () => {
    const text = '{{role "system"}}\nYou sort.\n{{role "user"}}\na b\n{{role "model"}}\nb a\n{{role "user"}}\n{{input}}';
    expect(await render(text, { input: 'c d' })).toEqual([
      { role: 'system', content: 'You sort.' },
      { role: 'user', content: 'a b' },
      { role: 'assistant', content: 'b a' },
      { role: 'user', content: 'c d' },
    ]);
  });

  it('let the input speak for the user where no role does', async () => {
    expect(await render('{{role "system"}}You sort.', { input: 'c d' })).toEqual([
      { role: 'system', content: 'You sort.' },
      { role: 'user', content: 'c d' },
    ]);
  });

  it('take earlier turns before the last user message, or where {{history}} stands', async () => {
    const messages = [{ role: 'user', content: 'earlier' }] as const;
    const plain = await render('{{role "system"}}S{{role "user"}}{{input}}', { input: 'now', messages });
    expect(plain.map(({ content }) => content)).toEqual(['S', 'earlier', 'now']);
    const placed = await render('{{history}}{{role "user"}}A{{role "user"}}{{input}}', { input: 'now', messages });
    expect(placed.map(({ content }) => content)).toEqual(['earlier', 'A', 'now']);
  });

  it.each([
    ['{{role "wizard"}}x', 'prompts/p.md:1: unknown role "wizard". Roles are system, user and model.'],
    ['a\n{{#x}}{{role "user"}}{{/x}}', 'prompts/p.md:2: a role stands inside a section. Move {{role …}} outside of {{#…}}.'],
  ])('are refused where they make no sense: %j', async (text, sentence) => {
    await expect(render(text, { input: 'x' })).rejects.toThrow(sentence);
  });
});

describe('Mustache', () => {
  it.each([
    ['{{name}} & {{{name}}} & {{&name}}', { name: '<b>' }, '<b> & <b> & <b>'],
    ['{{#list}}{{.}},{{/list}}', { list: [1, 2] }, '1,2,'],
    ['{{#list}}{{name}} {{/list}}', { list: [{ name: 'a' }, { name: 'b' }] }, 'a b'],
    ['{{^list}}none{{/list}}{{x}}', { list: [], x: 1 }, 'none1'],
    ['{{#on}}{{missing}}{{/on}}ok{{x}}', { on: false, x: '' }, 'ok'],
    ['{{a.b.c}}', { a: { b: { c: 7 } } }, '7'],
    ['{{object}}', { object: { k: [1, null] } }, '{"k":[1,null]}'],
    ['{{! a remark }}{{x}}', { x: 'kept' }, 'kept'],
    ['{{x}} is never read as {{{y}}}', { x: '{{y}}', y: 'a template' }, '{{y}} is never read as a template'],
  ])('fills %j', async (text, vars, content) => {
    expect(await render(text, { vars })).toEqual([{ role: 'user', content }]);
  });

  it('gives a partial alone on its line that line’s indentation', async () => {
    const files = { 'prompts/_rules.md': '- one\n- two {{x}}\n' };
    expect((await render('Rules:\n  {{> rules}}\nEnd', { vars: { x: 1 } }, files))[0]!.content).toBe('Rules:\n  - one\n  - two 1\nEnd');
  });

  it('takes defaults from the front matter', async () => {
    expect(await render('---\ninput:\n  default: { tone: kind }\n---\n{{tone}} {{input}}', { input: 'x' })).toEqual([
      { role: 'user', content: 'kind x' },
    ]);
  });

  it.each([
    ['{{#if x}}a{{/if}}', 'prompts/p.md:1: Handlebars block {{#if x}} is not supported.'],
    ['a\nb {{#each rows}}{{this}}{{/each}}', 'prompts/p.md:2: Handlebars block {{#each rows}} is not supported.'],
    ['{{else}}', 'prompts/p.md:1: Handlebars {{else}} is not supported.'],
    ['{{uppercase name}}', 'prompts/p.md:1: tag {{uppercase name}} is not supported.'],
    ['a\n{{ {x} }}', 'prompts/p.md:2: tag {{{x}}} is not supported.'],
    ['{{{{raw}}}}', 'prompts/p.md:1: tag {{{raw}} is not supported.'],
    ['{{=<% %>=}}', 'prompts/p.md:1: changing the delimiters {{=…=}} is not supported.'],
    ['---\nmodel: m\n---\n\n{{#open}}', 'prompts/p.md:5: Unclosed section "open" in the template.'],
    ['a\n{{#open}}\n{{#shut}}b{{/shut}}\n{{{#none}}}\n{{! {{#none}} }}\nc\n', 'prompts/p.md:2: Unclosed section "open" in the template.'],
    ['a\n{{^ open }}\nb\n{{/other}}\n', 'prompts/p.md:2: Unclosed section "open" in the template.'],
    ['{{#outer}}\n{{#inner}}\n{{/outer}}\n', 'prompts/p.md:2: Unclosed section "inner" in the template.'],
    ['{{#a}}{{/a}}\n{{/b}}\n', 'prompts/p.md:2: Unopened section "b" in the template.'],
  ])('refuses %j by name', async (text, sentence) => {
    await expect(render(text, { input: 'x' })).rejects.toThrow(sentence);
  });

  it('refuses sections nested without end', async () => {
    await expect(render('{{#a}}'.repeat(5000) + '{{/a}}'.repeat(5000), { input: 'x' })).rejects.toThrow(
      'sections are nested more than 50 deep',
    );
  });
});

describe('a variable that an example does not fill', () => {
  it('is an error naming file, line, variable and row', async () => {
    await expect(render('---\nmodel: m\n---\nDear {{name}},\n{{input}}', { input: 'x' })).rejects.toThrow(
      'prompts/p.md:4: variable {{name}} has no value in row "row-1" (evals/p.jsonl:3). Fill it in the row',
    );
  });

  it('names the partial it stands in', async () => {
    const files = { 'prompts/_sign.md': '\n{{sender}}' };
    await expect(render('{{> sign}}', {}, files)).rejects.toThrow('prompts/_sign.md:2: variable {{sender}} has no value in row "row-1"');
  });

  it('never finds what objects inherit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype), 'input.length', 'input.constructor'),
        async (name) => {
          await expect(render(`{{${name}}}`, { input: 'x' })).rejects.toThrow('has no value');
        },
      ),
    );
  });
});

describe('a prompt made to exhaust whoever reads it', () => {
  const nested = (times: number, tag: string, end: string) => tag.repeat(times) + end.repeat(times);

  it('is refused where partials multiply', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 9 }, (_, level) => [`prompts/_p${level}.md`, `{{> p${level + 1}}}`.repeat(10)] as const),
    );
    await expect(render('{{> p0}} {{input}}', { input: 'x' }, { ...files, 'prompts/_p9.md': 'boom' })).rejects.toThrow(
      'prompts/p.md: filled in for row "row-1" (evals/p.jsonl:3) the prompt grows beyond all measure.',
    );
  });

  it.each([
    ['lists', `---\ninput: { default: { x: [${'1,'.repeat(200)}1] } }\n---\n${nested(6, '{{#x}}', '{{/x}}')}{{input}}`],
    ['large values', `---\ninput: { default: { x: [${'word,'.repeat(10_000)}word] } }\n---\n${'{{x}}'.repeat(50_000)}{{input}}`],
  ])('is refused where %s multiply', async (_title, text) => {
    await expect(render(text, { input: 'x' })).rejects.toThrow('grows beyond all measure');
  });

  it.each([
    ['blanks in a remark', `{{! a${' '.repeat(400_000)}b }}{{input}}`],
    ['braces never closed', '{{a '.repeat(100_000)],
    ['blanks between braces', `{{a${' '.repeat(200_000)}{b }}${' '.repeat(200_000)}}}}`],
    ['refused tags', '{{#if x}}\n'.repeat(40_000)],
    ['variables without a value', '{{nothing}}\n'.repeat(40_000)],
  ])('costs no more than its length: %s', async (_title, text) => {
    const outcome = await render(text, { input: 'x' }).catch((error: Error) => error.message);
    expect(JSON.stringify(outcome).length).toBeLessThan(6_000);
  });

  it('keeps what a remark says from meaning anything', async () => {
    expect(await render('a{{! {{x }}b{{!\n}}c {{input}}', { input: 'x' })).toEqual([{ role: 'user', content: 'abc x' }]);
  });
});

it('refuses a row that leaves nothing to ask', async () => {
  await expect(render('Only an instruction.')).rejects.toThrow('evals/p.jsonl:3: row "row-1" leaves prompts/p.md without a user message.');
});
