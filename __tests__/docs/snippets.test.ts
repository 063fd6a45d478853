import { readdir, readFile } from 'node:fs/promises';
import type { Example } from '../../src/domain/evalset.ts';
import { readRows } from '../../src/evalset/rows.ts';
import { splitFrontMatter } from '../../src/prompts/front-matter.ts';
import { renderer } from '../../src/prompts/render.ts';
import { readEvalSetFile } from '../../src/settings/evalset-file.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { pages, type Snippet, snippetsOf } from './snippets.ts';

const all: readonly Snippet[] = (await Promise.all((await pages()).map(snippetsOf))).flat();

const yaml = all.filter(({ language }) => language === 'yaml');
const isEvalSet = ({ text }: Snippet) => /^examples:/m.test(text);
const isWorkflow = ({ text }: Snippet) => /^on:/m.test(text);

/** Settings that an example workflow names in its first comment. */
async function settingsInComments(): Promise<Snippet[]> {
  const names = await readdir('examples/workflows');
  const files = await Promise.all(names.map(async (name) => ({ name, text: await readFile(`examples/workflows/${name}`, 'utf8') })));
  return files.flatMap(({ name, text }) => {
    const lines = [...text.matchAll(/^# {3}(.*)$/gm)].map((match) => match[1]);
    return lines.length === 0 ? [] : [{ place: `examples/workflows/${name}`, language: 'yaml', text: lines.join('\n') }];
  });
}

const settings = [...yaml.filter((snippet) => !isEvalSet(snippet) && !isWorkflow(snippet)), ...(await settingsInComments())];

const example: Example = {
  id: 'an example',
  input: 'an input',
  vars: { question: 'How heavy is it?', product: 'tent' },
  messages: [],
  tags: [],
  source: { file: 'evals/example.jsonl', line: 1 },
};

describe('What the documentation shows can be copied', () => {
  it.each(yaml.filter(isEvalSet).map(({ place, text }) => [place, text]))('the eval set at %s', (_place, text) => {
    const { rowFiles, scorers } = readEvalSetFile('evals/triage.yml', text);
    expect(rowFiles).toEqual([expect.objectContaining({ path: expect.stringMatching(/^evals\/\w+\.jsonl$/) })]);
    expect(scorers.length).toBeGreaterThan(0);
  });

  it.each(settings.map(({ place, text }) => [place, text]))('the settings at %s', (_place, text) => {
    expect(readSettings('prompt-ratchet.yml', text)).not.toEqual(readSettings('prompt-ratchet.yml', undefined));
  });

  it.each(all.filter(({ language }) => language === 'json').map(({ place, text }) => [place, text]))('the rows at %s', (_place, text) => {
    expect(readRows('evals/triage.jsonl', text).length).toBeGreaterThan(1);
  });

  it.each(all.filter(({ language }) => language === 'markdown').map(({ place, text }) => [place, text]))(
    'the prompt at %s',
    (_place, text) => {
      const { frontMatter, body, bodyLine } = splitFrontMatter('prompts/triage.md', text);
      const render = renderer({ path: 'prompts/triage.md', hash: '', ...frontMatter, body, bodyLine, partials: new Map() });
      expect(render(example).at(-1)).toMatchObject({ role: 'user' });
    },
  );
});
