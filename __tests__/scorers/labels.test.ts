import type { Json, JsonObject } from '../../src/domain/json.ts';
import { gather } from '../../src/metrics/gather.ts';
import { metersOf, unscorable } from '../../src/scorers/score.ts';
import { answer, example, scorerOf, spec } from './fixtures.ts';

const topics = { labels: ['billing', 'delivery', 'late delivery', 'bug'] };
const scored = (reply: string, expected: Json, options: JsonObject = {}) =>
  scorerOf([spec('labels', { ...topics, ...options })])(answer(reply), example(expected));

describe('labels', () => {
  it.each<[string, Json, JsonObject, number]>([
    ['billing and bug', ['billing', 'bug'], {}, 1],
    ['Bug, BILLING', ['billing', 'bug'], {}, 1],
    ['billing', ['billing', 'bug'], {}, 2 / 3],
    ['billing, bug, late delivery', ['billing', 'bug'], {}, 4 / 5],
    ['a late delivery', ['late delivery'], {}, 1],
    ['a late delivery', ['delivery'], {}, 0],
    ['["billing", "bug"]', ['bug', 'billing'], {}, 1],
    ['["billing", "billing"]', ['billing'], {}, 1],
    ['["billing", "refund"]', ['billing'], {}, 2 / 3],
    ['billing, refund', ['billing'], {}, 1],
    ['billing, refund', ['billing'], { list: true }, 2 / 3],
    ['- billing\n- bug', ['billing', 'bug'], { list: true }, 1],
    ['1. billing\n2) bug', ['billing', 'bug'], { list: true }, 1],
    ['{"topics": ["bug"]}', ['bug'], { field: 'topics' }, 1],
    ['none', [], {}, 1],
    ['[]', [], {}, 1],
    ['', [], {}, 1],
    ['bug', [], {}, 0],
    ['', ['bug'], {}, 0],
    ['bug', 'bug', {}, 1],
    ['[{"name": "bug"}, null]', ['bug'], {}, 0],
    ['["bug"', ['bug'], {}, 1],
  ])('%j against %j with %j scores %d', (reply, expected, options, value) => {
    expect(scored(reply, expected, options).value).toBeCloseTo(value, 12);
  });

  it('passes from the pass mark on: every label and no other, unless it is lower', () => {
    expect(scored('billing', ['billing', 'bug']).pass).toBe(false);
    expect(scored('billing', ['billing', 'bug'], { passMark: 0.66 }).pass).toBe(true);
    expect(scored('billing bug', ['billing', 'bug']).pass).toBe(true);
  });

  it('says which labels are lacking, wrong, or none at all', () => {
    expect(scored('["delivery", "refund"]', ['billing']).reason).toBe(
      'lacks: "billing"; wrongly names: "delivery"; names what is no label: "refund"',
    );
    expect(scored('billing', ['billing']).reason).toBe('names "billing"');
    expect(scored('-', []).reason).toBe('names no label');
  });

  it('needs a list of known labels', () => {
    const why = (expected?: Json) => unscorable({ scorers: [spec('labels', topics)] }, example(expected));
    expect(why(['billing', 'refund'])).toMatch(/"refund", which is not one of the labels/);
    expect(why([['billing']])).toMatch(/must be a list of labels/);
    expect(why()).toMatch(/has no "expected"/);
    expect(why([])).toBeUndefined();
  });

  it('gives the metrics that scikit-learn 1.9.1 gives, with zero_division=1, and its per-label counts', () => {
    const specs = [spec('labels', { labels: ['x', 'y', 'z'] })];
    const grade = scorerOf(specs);
    const truth = [['x', 'y'], ['y'], [], ['z'], ['x', 'y', 'z']];
    const given = ['x', 'y z', '-', 'z', 'y z'];
    const runs = truth.map((expected, index) => ({
      arm: 'head' as const,
      example: index,
      score: grade(answer(given[index]!), example(expected)),
    }));
    const { means, pooled, pool, tables } = gather(runs, 5, metersOf({ scorers: specs }));
    const values = new Map([
      ...means.map(({ name, values: { head } }) => [name, Array.from(head!).reduce((sum, value) => sum + value, 0) / 5] as const),
      ...Array.from(pool(new Uint32Array(5).fill(1)).head!, (value, k) => [pooled[k]!, value] as const),
    ]);
    expect(values.get('subsetAccuracy')).toBeCloseTo(0.4, 12);
    expect(values.get('hammingLoss')).toBeCloseTo(0.2, 12);
    expect(values.get('samplesF1')).toBeCloseTo(0.8266666666666665, 12);
    expect(values.get('multiLabelMicroF1')).toBeCloseTo(0.7692307692307693, 12);
    expect(values.get('multiLabelMacroF1')).toBeCloseTo(0.7555555555555555, 12);
    expect(tables()).toMatchObject([
      {
        kind: 'labels',
        rows: [
          { label: 'x', head: { support: 2, predicted: 1 } },
          { label: 'y', head: { support: 3, predicted: 2 } },
          { label: 'z', head: { support: 2, predicted: 3 } },
        ],
      },
    ]);
  });
});
