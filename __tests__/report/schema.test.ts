import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../src/domain/json.ts';
import { reportJson } from '../../src/report/index.ts';
import { parseReport } from '../../src/report/schema/report.ts';
import { compileSchema } from '../../src/scorers/constraints/schema/validate.ts';
import { states } from './reports.ts';
import { searchStates } from './search-reports.ts';

const schema: JsonObject = JSON.parse(readFileSync('docs/schema/report.schema.json', 'utf8'));
const compiled = compileSchema(schema);
const validate = 'validate' in compiled ? compiled.validate : () => JSON.stringify(compiled.problems);

describe.each(Object.entries({ ...states, ...searchStates }))('report.json in the state "%s"', (_name, report) => {
  const text = reportJson(report);

  it('is valid by the published schema', () => {
    expect(validate(JSON.parse(text))).toBeUndefined();
  });

  it('is read back whole: no key is unknown to the schema', () => {
    const read = parseReport(text);
    expect(read && reportJson(read)).toBe(text);
  });
});

const good: JsonObject = JSON.parse(reportJson(states['regressed']!));

it.each<[string, JsonObject]>([
  ['another version', { ...good, schemaVersion: 2 }],
  ['a verdict that there is not', { ...good, verdict: 'fine' }],
  ['a text for a truth', { ...good, passed: 'true' }],
  ['an exit code that there is not', { ...good, exitCode: 9 }],
  ['no prompts', { ...good, prompts: 'none' }],
  ['a reason that there is not', { ...good, prompts: [{ because: [{ rule: 'luck' }] }] }],
])('what has %s is no report', (_what, wrong) => {
  expect(validate(wrong)).toEqual(expect.any(String));
  expect(parseReport(JSON.stringify(wrong))).toBeUndefined();
});

it.each(['', 'null', '[]', '{', '"x"', '{"schemaVersion":1}'])('neither is %j', (text) => {
  expect(parseReport(text)).toBeUndefined();
});

it('a later key is left out, not refused', () => {
  expect(validate({ ...good, later: 1 })).toBeUndefined();
  expect(parseReport(JSON.stringify({ ...good, later: 1 }))).toEqual(parseReport(JSON.stringify(good)));
});
