import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { realClock } from '../../../../src/edges/clock.ts';
import { openLocalRevisions } from '../../../../src/edges/local/revisions.ts';
import { offlineModel } from '../../../../src/edges/models/offline/model.ts';
import { check } from '../../../../src/jobs/check.ts';
import type { Checked } from '../../../../src/jobs/report.ts';

const root = fileURLToPath(new URL('../../../../examples/ticket-triage', import.meta.url));
const text = (path: string) => readFileSync(`${root}/${path}`, 'utf8');

const row = z.object({ id: z.string(), input: z.string(), expected: z.string(), tags: z.array(z.string()) });
const rowsOf = (name: string) =>
  text(`base/evals/${name}.jsonl`)
    .trim()
    .split('\n')
    .map((line) => row.parse(JSON.parse(line)));

function checkExample(): Promise<Checked> {
  return check(
    {
      config: 'prompt-ratchet.yml',
      configNamed: true,
      inputs: {},
      withoutKey: false,
      withoutFunctions: false,
      spelled: (input) => `--${input}`,
    },
    {
      version: 'test',
      clock: realClock,
      signal: new AbortController().signal,
      openRevisions: () => openLocalRevisions(root, { base: 'base', head: 'head', settingsFrom: 'head' }),
      openModel: async () => offlineModel(),
      onPlan: () => {},
      onProgress: () => {},
    },
  );
}

describe('the example repository', () => {
  it('shows a prompt that got better and one of which too little is known', async () => {
    const { report } = await checkExample();
    const seen = report.prompts.map(({ path, verdict, base, head, effect }) => ({
      path,
      verdict,
      base: base?.score.toFixed(3),
      head: head?.score.toFixed(3),
      flips: [effect?.wins, effect?.losses],
    }));
    expect(seen).toEqual([
      { path: 'prompts/tone.md', verdict: 'inconclusive', base: '0.722', head: '0.667', flips: [8, 12] },
      { path: 'prompts/triage.md', verdict: 'improved', base: '0.607', head: '0.829', flips: [38, 7] },
    ]);
    expect(report.exitCode).toBe(0);
  });

  it('differs between base and head in the two prompts only', () => {
    const files = readdirSync(`${root}/base`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(`${root}/base/`.length))
      .sort();
    expect(files.filter((path) => text(`base/${path}`) !== text(`head/${path}`))).toEqual(['prompts/tone.md', 'prompts/triage.md']);
  });

  it.each(['triage', 'tone'])('shows no row of its eval set in prompts/%s.md', (name) => {
    const prompts = text(`base/prompts/${name}.md`) + text(`head/prompts/${name}.md`);
    expect(rowsOf(name).filter(({ input }) => prompts.toLowerCase().includes(input.toLowerCase()))).toEqual([]);
  });

  it.each([
    ['triage', 140, 5],
    ['tone', 72, 4],
  ])('has as many %s rows for each label, all different', (name, rows, labels) => {
    const expected = rowsOf(name).map((one) => one.expected);
    const counts = new Set([...new Set(expected)].map((label) => expected.filter((one) => one === label).length));
    expect([expected.length, new Set(rowsOf(name).map(({ input }) => input)).size]).toEqual([rows, rows]);
    expect(counts).toEqual(new Set([rows / labels]));
  });
});
