import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../src/domain/json.ts';
import type { PromptReport } from '../../src/report/model.ts';
import { sarifJson } from '../../src/report/sarif.ts';
import { compileSchema } from '../../src/scorers/constraints/schema/validate.ts';
import { edit, flip, prompt, report, states } from './reports.ts';

/** The OASIS standard's own schema (sarif-2.1.0-rtm.5). */
const schema: JsonObject = JSON.parse(readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8'));
const compiled = compileSchema(schema);
const validate = 'validate' in compiled ? compiled.validate : () => JSON.stringify(compiled.problems);

const origin = { version: '1.2.3', root: '' };
const log = (...prompts: readonly PromptReport[]) => JSON.parse(sarifJson(report({ prompts }), origin));

it.each(Object.entries(states))('SARIF of the state "%s" is valid by the standard’s schema', (_name, state) => {
  expect(validate(JSON.parse(sarifJson(state, origin)))).toBeUndefined();
});

it.each<[string, string, string]>([
  ['a log without a version', '"version": "2.1.0"', '"edition": "2.1.0"'],
  ['a result without a message', '"message"', '"word"'],
  ['a level that there is not', '"level": "error"', '"level": "grave"'],
])('the schema does refuse %s', (_what, right, wrong) => {
  const text = sarifJson(states['regressed']!, origin);
  expect(validate(JSON.parse(text.replace(right, wrong)))).toEqual(expect.any(String));
});

it('finds each regressed example at the prompt’s changed lines, from the repository’s root', () => {
  const edits = [edit({ path: 'prompts/a b.md', hunks: [{ oldStart: 2, oldLines: ['x'], newLines: ['y', 'z'] }] })];
  const examples = [flip({ id: 'q1' }), flip({ id: 'q2', change: 'fixed' }), flip({ id: 'q3', flaky: true })];
  const { runs } = JSON.parse(
    sarifJson(report({ prompts: [prompt({ path: 'prompts/a b.md', edits, examples })] }), { ...origin, root: 'bots/' }),
  );
  const region = { startLine: 2, endLine: 3 };
  expect(runs[0].results).toMatchObject([
    {
      ruleId: 'blocked-prompt',
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'bots/prompts/a%20b.md' }, region } }],
    },
    { ruleId: 'regressed-example', level: 'warning', message: { text: 'Example q1 of prompts/a b.md regressed: score 1 → 0.' } },
    { ruleId: 'regressed-example', message: { text: expect.stringContaining('may be chance') } },
  ]);
});

it('only notes regressed examples of a prompt that is not blocked', () => {
  const [first] = log(prompt({ verdict: 'no-worse', passed: true, because: [], examples: [flip({ id: 'q1' })] })).runs[0].results;
  expect(first).toMatchObject({ ruleId: 'regressed-example', level: 'note' });
});

it('has no findings where nothing changed', () => {
  expect(log().runs[0].results).toEqual([]);
});

it('knows a finding again when lines and scores are others', () => {
  const fingerprints = (line: number, score: number) =>
    log(
      prompt({
        edits: [edit({ hunks: [{ oldStart: line, oldLines: ['x'], newLines: ['y'] }] })],
        examples: [flip({ id: 'q1', head: { score } })],
      }),
    ).runs[0].results.map((result: JsonObject) => JSON.stringify(result['partialFingerprints']));
  expect(fingerprints(1, 0)).toEqual(fingerprints(9, 0.5));
  expect(new Set(fingerprints(1, 0)).size).toBe(2);
});

it('lets no example’s name become a link', () => {
  const [, second] = log(prompt({ examples: [flip({ id: '[click](https://evil.example)' })] })).runs[0].results;
  expect(second.message.text).toContain('\\[click\\](https://evil.example)');
});

it('keeps to what GitHub shows: 5,000 results', () => {
  const examples = Array.from({ length: 200 }, (_, n) => flip({ id: `q${n}` }));
  const prompts = Array.from({ length: 30 }, (_, n) => prompt({ path: `prompts/${n}.md`, examples }));
  expect(log(...prompts).runs[0].results).toHaveLength(5000);
});
