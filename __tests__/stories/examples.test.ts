import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { storedIn } from '../support/golden.ts';
import { parseReport } from '../support/report.ts';
import { runCli } from '../support/run-cli.ts';

const stored = storedIn('examples/');

/** The last line of a report tells what the run took, which differs from run to run. */
const withoutRunLine = (text: string): string => `${text.trimEnd().split('\n').slice(0, -1).join('\n').trimEnd()}\n`;

const examples: readonly (readonly [name: string, exitCode: number, verdicts: readonly string[]])[] = [
  ['ticket-triage', 0, ['inconclusive', 'improved']],
  ['invoice-fields', 0, ['improved']],
  ['freight-weight', 1, ['regressed']],
  ['handover-notes', 1, ['regressed']],
];

it('Every example repository with two sides is run here, and checked by the project’s own workflow', async () => {
  const folders = (await readdir('examples')).filter((name) => existsSync(resolve('examples', name, 'base'))).sort();
  const workflow: unknown = parse(await readFile('.github/workflows/prompts.yml', 'utf8'));
  expect(examples.map(([name]) => name).sort()).toEqual(folders);
  expect(workflow).toMatchObject({
    jobs: { prompts: { strategy: { matrix: { example: expect.arrayContaining(folders), side: ['base', 'head'] } } } },
  });
});

describe.each(examples)('The example repository %s', (name, exitCode, verdicts) => {
  const root = resolve('examples', name);

  it('gives the verdict, the terminal’s text and the comment that the golden files hold', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'prompt-ratchet-'));
    try {
      const sides = ['--base', `examples/${name}/base`, '--head', `examples/${name}/head`];
      const run = await runCli({ folder: resolve('.'), args: ['check', ...sides, '--no-cache', '--out', folder] });
      const report = parseReport(await readFile(join(folder, 'report.json'), 'utf8'));
      expect([run.exitCode, report.prompts.map(({ verdict }) => verdict)]).toEqual([exitCode, verdicts]);
      const texts = { txt: withoutRunLine(run.stdout), md: withoutRunLine(await readFile(join(folder, 'report.md'), 'utf8')) };
      for (const [ending, text] of Object.entries(texts)) expect(text).toBe(stored(`${name}.${ending}`, text));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('differs between base and head in prompts only, and has none of its rows in them', async () => {
    const entries = await readdir(join(root, 'base'), { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(`${root}/base/`.length));
    const text = (side: string, path: string) => readFileSync(join(root, side, path), 'utf8');
    const changed = paths.filter((path) => text('base', path) !== text('head', path));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((path) => !path.startsWith('prompts/'))).toEqual([]);
    expect((await readdir(join(root, 'head'), { recursive: true })).length).toBe(entries.length);

    const prompts = changed.map((path) => text('base', path) + text('head', path)).join('\n');
    const rows = paths.filter((path) => path.endsWith('.jsonl')).flatMap((path) => text('base', path).trim().split('\n'));
    const inputs = rows.map((row): string => JSON.parse(row).input);
    expect(inputs.length).toBeGreaterThanOrEqual(40);
    expect(inputs.filter((input) => prompts.includes(input))).toEqual([]);
  });
});
