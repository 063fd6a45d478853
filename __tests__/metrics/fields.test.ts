import fc from 'fast-check';
import type { Json } from '../../src/domain/json.ts';
import { compareFields } from '../../src/metrics/compare-fields.ts';
import { comparatorsLike, type FieldComparators, planFields } from '../../src/metrics/field-plan.ts';
import { documentF1, extractionReport, isDocumentExact, validityRate } from '../../src/metrics/fields.ts';
import { expectWithin, repeated } from './within.ts';

const invoices = [
  { name: 'Ann Lee', date: '2024-01-05', total: '100.00', po: null },
  { name: 'Bob Ray', date: '2024-02-10', total: '50.50', po: 'P-7' },
  { name: 'Cy Dunn', date: null, total: '75.00', po: 'P-9' },
];
const extracted = [
  { name: 'ann lee', date: '2024-01-05', total: '100', po: null },
  { name: 'Bob Roy', date: '2024-02-10', total: '50.50', po: null },
  { name: 'Cy Dunn', date: '2024-03-01', total: '75.00', po: 'P-9' },
];

function reportOf(comparators: FieldComparators, right: readonly unknown[], predicted: readonly unknown[], weights?: readonly number[]) {
  const plan = planFields(comparators);
  return extractionReport(
    plan,
    right.map((document, i) => compareFields(plan, document, predicted[i])),
    weights,
  );
}

/** Counts of one document as `field: correct/wrong/missing/spurious`. */
function tell(comparators: FieldComparators, right: unknown, predicted: unknown): string {
  const { fields } = reportOf(comparators, [right], [predicted]);
  return fields.map(({ field, correct, wrong, missing, spurious }) => `${field}: ${correct}/${wrong}/${missing}/${spurious}`).join(', ');
}

const exact = { kind: 'exact' } as const;
const text = { kind: 'text' } as const;

describe('field extraction', () => {
  it.each([
    // Statistics reference section 9, three invoices; per field TP/FP/FN.
    {
      comparators: { name: exact, date: exact, total: exact, po: exact },
      counts: [
        ['name', 1, 2, 2],
        ['date', 2, 1, 0],
        ['total', 2, 1, 1],
        ['po', 1, 0, 1],
      ],
      micro: 0.6,
      macro: 0.6166667,
      documents: 0,
    },
    {
      comparators: { name: text, date: { kind: 'date' }, total: { kind: 'number' }, po: text },
      counts: [
        ['name', 2, 1, 1],
        ['date', 2, 1, 0],
        ['total', 3, 0, 0],
        ['po', 1, 0, 1],
      ],
      micro: 0.8,
      macro: 0.7833333,
      documents: 1 / 3,
    },
  ] as const)('counts the reference invoices to a micro-F1 of $micro', ({ comparators, counts, micro, macro, documents }) => {
    const report = reportOf(comparators, invoices, extracted);
    expect(
      report.fields.map(({ field, correct, wrong, missing, spurious }) => [field, correct, wrong + spurious, wrong + missing]),
    ).toEqual(counts);
    expectWithin(1e-12, report.microF1, micro);
    expectWithin(1e-12, report.microPrecision, micro);
    expectWithin(1e-12, report.microRecall, micro);
    expectWithin(5e-8, report.macroF1, macro);
    expectWithin(1e-12, report.documentExact, documents);
  });

  it.each([
    { right: 'x', predicted: 'x', outcome: 'a: 1/0/0/0' },
    { right: 'x', predicted: 'y', outcome: 'a: 0/1/0/0' },
    { right: 'x', predicted: null, outcome: 'a: 0/0/1/0' },
    { right: null, predicted: 'x', outcome: 'a: 0/0/0/1' },
    { right: null, predicted: '', outcome: 'a: 0/0/0/0' },
    { right: ' ', predicted: {}, outcome: 'a: 0/0/0/0' },
    { right: [], predicted: undefined, outcome: 'a: 0/0/0/0' },
    { right: 0, predicted: null, outcome: 'a: 0/0/1/0' },
    { right: false, predicted: false, outcome: 'a: 1/0/0/0' },
  ])('tells correct, wrong, missing and spurious apart: $right and $predicted', ({ right, predicted, outcome }) => {
    expect(tell({ a: exact }, { a: right }, { a: predicted })).toBe(outcome);
  });

  it('scores a document by its own F1, and an empty one that was left empty as right', () => {
    const plan = planFields({ a: text, b: text });
    const score = (right: unknown, predicted: unknown) => documentF1(compareFields(plan, right, predicted));
    expect(score({ a: 'x', b: 'y' }, { a: 'x', b: 'z' })).toBe(0.5);
    expect(score({ a: 'x' }, { a: 'x', b: 'z' })).toBeCloseTo(2 / 3, 12);
    expect(score({}, {})).toBe(1);
    expect(score({}, { b: 'z' })).toBe(0);
    expect(isDocumentExact(compareFields(plan, {}, null))).toBe(true);
    expect(reportOf({ a: text }, [{}], [{}])).toMatchObject({ microF1: 1, macroF1: 1, microPrecision: 1, documentExact: 1 });
  });

  it('has no value without documents', () => {
    const report = reportOf({ a: text }, [], []);
    for (const key of ['microF1', 'macroF1', 'microPrecision', 'microRecall', 'documentExact', 'documentF1'] as const)
      expect(report[key]).toBeNaN();
    expect(validityRate([])).toBeNaN();
    expect(validityRate([true, false, true, true])).toBe(0.75);
    expect(validityRate([true, false], [3, 1])).toBe(0.75);
  });

  it('compares objects field by field, and a value of another shape as spurious there', () => {
    const nested: FieldComparators = { 'a.b': text, at: { kind: 'object', fields: { city: text, zip: exact } } };
    expect(tell(nested, { 'a.b': 'x', at: { city: 'Rome', zip: 1 } }, { 'a.b': 'x', at: { city: 'rome', zip: 2 } })).toBe(
      '["a.b"]: 1/0/0/0, at.city: 1/0/0/0, at.zip: 0/1/0/0',
    );
    expect(tell(nested, { at: { city: 'Rome' } }, { at: 'Rome' })).toBe('["a.b"]: 0/0/0/0, at: 0/0/0/1, at.city: 0/0/1/0, at.zip: 0/0/0/0');
    expect(tell(nested, { at: {} }, { at: [1] })).toContain('at: 0/0/0/1');
    expect(tell(nested, { 'a.b': 'x' }, 'not an object')).toContain(': 0/0/0/1');
  });

  it('puts list elements together as fits best, and leaves those alone that agree in nothing', () => {
    const lines: FieldComparators = { lines: { kind: 'list', of: { kind: 'object', fields: { sku: exact, n: { kind: 'number' } } } } };
    const right = {
      lines: [
        { sku: 'a', n: 1 },
        { sku: 'b', n: 2 },
        { sku: 'c', n: 3 },
      ],
    };
    const predicted = {
      lines: [
        { sku: 'c', n: 3 },
        { sku: 'b', n: 5 },
        { sku: 'x', n: 9 },
      ],
    };
    expect(tell(lines, right, predicted)).toBe('lines[].sku: 2/0/1/1, lines[].n: 1/1/1/1');
    const ordered: FieldComparators = { lines: { kind: 'list', of: exact, order: 'kept' } };
    expect(tell(ordered, { lines: [1, 2, 3] }, { lines: [3, 2] })).toBe('lines[]: 1/1/1/0');
    expect(tell({ tags: { kind: 'list', of: text } }, { tags: ['A', 'b'] }, { tags: ['B', 'c', 'a'] })).toBe('tags[]: 2/0/0/1');
    expect(tell({ tags: { kind: 'list', of: text } }, { tags: ['A'] }, { tags: 'a' })).toBe('tags[]: 1/0/0/0');
  });

  it('matches lists too long for the best assignment by position', () => {
    const numbers = Array.from({ length: 300 }, (_, i) => i);
    const list: FieldComparators = { n: { kind: 'list', of: exact } };
    expect(tell(list, { n: numbers.slice(0, 150) }, { n: numbers.slice(0, 150).reverse() })).toBe('n[]: 150/0/0/0');
    expect(tell(list, { n: numbers }, { n: [...numbers].reverse() })).toBe('n[]: 0/300/0/0');
  });

  it('looks at own properties alone', () => {
    const odd = planFields({ ['__proto__']: exact, constructor: exact });
    expect(odd.paths).toEqual(['', '__proto__', 'constructor']);
    expect(documentF1(compareFields(odd, JSON.parse('{"__proto__": 1}'), {}))).toBe(0);
    expect(documentF1(compareFields(odd, {}, {}))).toBe(1);
    expect(documentF1(compareFields(odd, JSON.parse('{"__proto__": 1}'), JSON.parse('{"__proto__": 1}')))).toBe(1);
  });

  it('survives answers nested beyond measure', () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 100_000; level++) deep = [deep];
    const comparators: FieldComparators = { a: exact, b: { kind: 'list', of: text }, c: { kind: 'set' } };
    expect(tell(comparators, { a: [[1]], b: ['x'], c: ['x'] }, { a: deep, b: deep, c: deep })).toBe('a: 0/1/0/0, b[]: 0/0/1/1, c: 0/1/0/0');
    let fields: FieldComparators = { a: exact };
    for (let level = 0; level < 100; level++) fields = { a: { kind: 'object', fields } };
    expect(() => planFields(fields)).toThrow(/64 levels/);
  });

  it('takes them from values that pass by one after another, of which each is seen once', () => {
    function* passing(): Generator<Json> {
      for (let i = 0; i < 10_000; i++) yield { id: i, note: i === 9_999 ? 7 : `n${i}` };
    }
    expect(comparatorsLike(passing())).toEqual({ id: { kind: 'number' }, note: exact });
  });

  it('takes its comparators from the right values where none are given', () => {
    expect(comparatorsLike([...invoices, { name: null, lines: [{ n: 1, ok: true }], mixed: 1 }, { mixed: 'x' }])).toEqual({
      name: text,
      date: text,
      total: text,
      po: text,
      lines: { kind: 'list', of: { kind: 'object', fields: { n: { kind: 'number' }, ok: exact } } },
      mixed: exact,
    });
    expect(comparatorsLike(['x', 1])).toEqual({});
    expect(comparatorsLike([{ a: [{ b: 1 }], c: true }, { a: [[]], c: 'x' }, { a: [null, { b: ' ', d: {} }] }])).toEqual({
      a: { kind: 'list', of: { kind: 'object', fields: { b: { kind: 'number' }, d: exact } } },
      c: exact,
    });
    let deep: Json = 1;
    for (let level = 0; level < 200; level++) deep = { a: deep };
    expect(documentF1(compareFields(planFields(comparatorsLike([deep])), deep, deep))).toBe(1);
  });

  const value = fc.constantFrom(null, '', 'x', 'y', 'X', 1, 2);
  const documents = fc.array(
    fc.tuple(
      fc.record({ a: value, b: value, list: fc.array(value, { maxLength: 4 }) }),
      fc.record({ a: value, b: value, list: fc.array(value, { maxLength: 4 }) }),
      fc.integer({ min: 0, max: 2 }),
    ),
    { minLength: 1, maxLength: 12 },
  );

  it('stays in [0, 1], is perfect for the right documents, ignores the order, and takes a weight for that many documents', () => {
    fc.assert(
      fc.property(documents, (rows) => {
        const [right, predicted, weights] = [rows.map(([one]) => one), rows.map(([, other]) => other), rows.map(([, , weight]) => weight)];
        const comparators: FieldComparators = { a: text, b: exact, list: { kind: 'list', of: text } };
        const report = reportOf(comparators, right, predicted, weights);
        const copied = reportOf(comparators, repeated(right, weights).reverse(), repeated(predicted, weights).reverse());
        const perfect = reportOf(comparators, right, right);
        for (const key of ['microF1', 'macroF1', 'microPrecision', 'microRecall', 'documentExact', 'documentF1'] as const) {
          expect(perfect[key]).toBe(1);
          if (Number.isNaN(copied[key])) expect(report[key]).toBeNaN();
          else {
            expectWithin(1e-12, report[key], copied[key]);
            expectWithin(0.5, report[key], 0.5);
          }
        }
      }),
      { seed: 50 },
    );
  });

  it('does not mind the order of a list', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ a: value, b: value }), { maxLength: 6 }),
        fc.array(fc.record({ a: value, b: value }), { maxLength: 6 }),
        (right, predicted) => {
          const plan = planFields({ list: { kind: 'list', of: { kind: 'object', fields: { a: text, b: exact } } } });
          const shuffled = [...right].reverse();
          expect(documentF1(compareFields(plan, { list: right }, { list: shuffled }))).toBe(1);
          expectWithin(
            1e-12,
            documentF1(compareFields(plan, { list: right }, { list: predicted })),
            documentF1(compareFields(plan, { list: shuffled }, { list: predicted })),
          );
        },
      ),
      { seed: 51 },
    );
  });
});
