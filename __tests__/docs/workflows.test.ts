import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import * as z from 'zod';
import { type FaultsOf, loadParser } from './workflow-parser.ts';
import { workflows } from './workflows.ts';

const step = z.object({ uses: z.string().optional(), with: z.record(z.string(), z.unknown()).optional() });
const workflow = z.object({
  on: z.unknown(),
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.unknown() }),
  jobs: z.record(z.string(), z.object({ steps: z.array(step) })),
});
const metadata = z.object({ inputs: z.record(z.string(), z.unknown()) });

describe('The workflows that are shown and run', () => {
  let all: Map<string, string>;
  let faultsOf: FaultsOf;
  let inputs: readonly string[];

  beforeAll(async () => {
    all = await workflows();
    faultsOf = await loadParser();
    inputs = Object.keys(metadata.parse(parse(await readFile('action.yml', 'utf8'))).inputs);
  });

  it('are found: those of the project, the examples and the one in the README', () => {
    expect([...all.keys()]).toEqual(
      expect.arrayContaining(['.github/workflows/ci.yml', 'examples/workflows/basic.yml', expect.stringMatching(/^README\.md:\d+$/)]),
    );
  });

  it('are read without fault by GitHub’s own parser, which does find faults', async () => {
    const faults = await Promise.all([...all].map(([name, text]) => faultsOf(name, text)));
    expect(faults.flat()).toEqual([]);
    expect(await faultsOf('broken.yml', 'on: pull_request\njobs: { a: { runs-on: x, steps: [{ uses: a/b@v1, wiht: {} }] } }')).toEqual([
      expect.stringContaining("Unexpected value 'wiht'"),
    ]);
  });

  it('give the action no input that it does not have', () => {
    const given = [...all].flatMap(([place, text]) =>
      Object.values(workflow.parse(parse(text)).jobs)
        .flatMap(({ steps }) => steps)
        .filter(({ uses = '' }) => uses === './' || uses.includes('/prompt-ratchet@'))
        .flatMap(({ with: own = {} }) => Object.keys(own).map((input) => ({ place, input }))),
    );
    expect(given.filter(({ input }) => !inputs.includes(input))).toEqual([]);
    expect(given.map(({ input }) => input)).toContain('api-key');
  });

  it('name their permissions, replace a run by its successor, and wait for no path', () => {
    for (const [place, text] of all) {
      const { on, permissions } = workflow.parse(parse(text));
      expect({ place, paths: JSON.stringify(on).includes('"paths') }).toEqual({ place, paths: false });
      // Only the job that pushes a branch of its own may write.
      const contents = text.includes('job: optimize') ? 'write' : 'read';
      expect({ place, contents: permissions['contents'] }).toEqual({ place, contents });
    }
  });

  it('pin what others wrote to a full SHA, where this project runs it', () => {
    const own = [...all].filter(([place]) => place.startsWith('.github/'));
    const uses = own.flatMap(([, text]) => [...text.matchAll(/uses: (\S+)/g)].map((match) => match[1]!)).filter((name) => name !== './');
    expect(uses.length).toBeGreaterThan(0);
    for (const name of uses) expect(name).toMatch(/@[0-9a-f]{40}$/);
  });
});
