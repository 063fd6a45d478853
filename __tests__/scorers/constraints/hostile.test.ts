import fc from 'fast-check';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { BoundConstraint } from '../../../src/scorers/constraints/definition.ts';
import { constraintTable } from '../../../src/scorers/constraints/table.ts';
import { answer, example } from '../fixtures.ts';
import { hostileOptions } from './hostile-options.ts';
import { bound, verdict } from './verdicts.ts';

const names = Object.keys(constraintTable);
const levels = 100_000;

/** Runs on which a pattern that is not linear would never end. */
const hostile: readonly (readonly [what: string, text: string])[] = [
  ['nothing', ''],
  ['a lone surrogate', 'a\ud800 \udc00'],
  ['truncated JSON', '{"a": [1, {"b": "'],
  ['deeply nested JSON', '['.repeat(levels) + ']'.repeat(levels)],
  ['deeply nested JSON without an end', '{"a":'.repeat(levels)],
  ...Object.entries({
    letters: 'a',
    asterisks: '*',
    brackets: '[',
    angles: '<',
    spaces: ' ',
    lines: '\n',
    digits: '1',
    ats: 'a@',
    stops: '.',
  }).map(([what, unit]) => [`a run of ${what}`, unit.repeat(100_000 / unit.length)] as const),
  ['a run of key prefixes', 'eyJ'.repeat(50_000)],
  ['a run of quotes', `'"`.repeat(50_000)],
  ['a run without spaces', '漢字'.repeat(50_000)],
];

function isVerdict(constraint: BoundConstraint, text: string): boolean {
  const said = constraint.check(answer(text), example());
  return said.holds ? !('reason' in said) : said.reason !== '' && said.reason.length < 1_000;
}

describe('every constraint', () => {
  it.each(names)('%s gives a verdict on any text', async (name) => {
    const constraint = await bound(name, hostileOptions[name]);
    for (const [what, text] of hostile) expect([what, isVerdict(constraint, text)]).toEqual([what, true]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => isVerdict(constraint, text)),
      { numRuns: 50 },
    );
  });
});

describe('a schema', () => {
  it('says that a value is too deep instead of exhausting the stack', async () => {
    const deep = '['.repeat(levels) + ']'.repeat(levels);
    expect(await verdict('jsonSchema', { schema: { items: { $ref: '#' } } }, deep)).toBe('is nested more than 200 deep');
    expect(await verdict('json', {}, deep)).toBe('holds');
  });

  it('may not be too deep itself', () => {
    const schema = Array.from({ length: levels }).reduce<JsonObject>((inner) => ({ not: inner }), {});
    expect(() => constraintTable['jsonSchema']?.bind({ schema })).toThrow(/nested more than 100 deep/);
  });

  it('ends where its parts multiply', async () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`a${at}`, { allOf: [{ $ref: `#/$defs/a${at + 1}` }, { $ref: `#/$defs/a${at + 1}` }] }]),
    );
    const schema = { $ref: '#/$defs/a0', $defs: { ...$defs, a60: { type: 'number' } } };
    expect(await verdict('jsonSchema', { schema }, '1')).toBe('is too large to be checked against the schema');
  });

  it('has members named as what every JavaScript object has', async () => {
    const schema = { required: ['__proto__', 'constructor'], additionalProperties: { type: 'number' } };
    expect(await verdict('jsonSchema', { schema }, '{"__proto__": 1, "constructor": 2}')).toBe('holds');
    expect(await verdict('jsonSchema', { schema }, '{}')).toBe('lacks the property "__proto__"');
  });
});
