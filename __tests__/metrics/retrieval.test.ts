import fc from 'fast-check';
import { citationReport, citationsIn } from '../../src/metrics/citations.ts';
import { contextPrecision, contextRecall, plainContextPrecision } from '../../src/metrics/retrieval.ts';
import { sentencesOf } from '../../src/metrics/sentences.ts';
import { expectWithin } from './within.ts';

describe('retrieved contexts', () => {
  it.each([
    // By hand from Ragas' formula: ranks 1 and 2; ranks 3 and 4 of 5, (1/3 + 2/4) / 2; ranks 1 and 3, (1 + 2/3) / 2.
    { retrieved: ['a', 'b', 'x'], ranked: 1, plain: 2 / 3 },
    { retrieved: ['x', 'y', 'a', 'b', 'z'], ranked: 5 / 12, plain: 2 / 5 },
    { retrieved: ['a', 'x', 'b'], ranked: 5 / 6, plain: 2 / 3 },
    { retrieved: ['x', 'y'], ranked: 0, plain: 0 },
    { retrieved: [], ranked: 0, plain: 0 },
    { retrieved: ['a', 'a', 'a'], ranked: 1, plain: 1 / 3 },
  ])('$retrieved of a and b rank $ranked', ({ retrieved, ranked, plain }) => {
    const relevant = new Set(['a', 'b']);
    expectWithin(1e-12, contextPrecision(retrieved, relevant), ranked);
    expectWithin(1e-12, plainContextPrecision(retrieved, relevant), plain);
  });

  it('are recalled as a share of the relevant', () => {
    expect(contextRecall(['a', 'x', 'a'], new Set(['a', 'b']))).toBe(0.5);
    expect(contextRecall([], new Set(['a']))).toBe(0);
    expect(contextRecall(['x'], new Set())).toBe(1);
  });

  it('are right to be none where none is relevant', () => {
    for (const precision of [contextPrecision, plainContextPrecision]) {
      expect(precision([], new Set())).toBe(1);
      expect(precision(['x'], new Set())).toBe(0);
    }
  });

  it('are scored within [0, 1], and best with the relevant ones first', () => {
    const ids = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 8 });
    fc.assert(
      fc.property(ids, fc.uniqueArray(fc.constantFrom('a', 'b', 'c')), (retrieved, list) => {
        const relevant = new Set<string>(list);
        for (const measure of [contextPrecision, plainContextPrecision, contextRecall])
          expectWithin(0.5, measure(retrieved, relevant), 0.5);
        const once = [...new Set(retrieved)];
        const sorted = [...once].sort((one, other) => Number(relevant.has(other)) - Number(relevant.has(one)));
        expect(contextPrecision(sorted, relevant)).toBeGreaterThanOrEqual(contextPrecision(once, relevant));
        if (list.length > 0) expect(contextPrecision(list, relevant)).toBe(1);
      }),
      { seed: 57 },
    );
  });
});

describe('citations', () => {
  const numbered = new Set(['1', '2', '3', '4']);
  const named = new Set(['doc-1', 'doc-2', 'Smith 2020', 'faq']);
  const found = (text: string, ids: ReadonlySet<string>) => citationsIn(text, ids).map(({ id, exists }) => (exists ? id : `!${id}`));

  it.each([
    ['So [1][2] and [3, 9].', ['1', '2', '3', '!9']],
    ['[2-4] and [3–5]', ['2', '3', '4', '3', '4', '!5']],
    ['[^1] and [ 2 ; 3 ]', ['1', '2', '3']],
    ['[x] [ ] [sic] [a link](http://x) ![1](y) [1]: http://z', []],
    ['[1999] [12345] [0]', ['!1999', '!12345', '!0']],
    ['[[1]] [1', ['1']],
    ['[doc-1] [faq]', []],
    ['[4-1] [1-999]', []],
  ])('of numbered contexts in %j are %j', (text, ids) => {
    expect(found(text, numbered)).toEqual(ids);
  });

  it.each([
    ['[doc-1] [doc-9], [DOC-1]', ['doc-1', '!doc-9', '!DOC-1']],
    ['[Smith 2020; Jones 2021] [faq] [note] [7]', ['Smith 2020', '!Jones 2021', 'faq', '!7']],
  ])('of named contexts in %j are %j', (text, ids) => {
    expect(found(text, named)).toEqual(ids);
  });

  it('are valid if their context exists, and cover the sentences they stand in', () => {
    const report = citationReport('Rome is old [1]. It is big. [2] Dr. Who lives there [9]. Why?', numbered);
    expect(report).toMatchObject({ validity: 2 / 3, sentences: 4, coverage: 0.5 });
  });

  it.each([
    { answer: 'Nothing is cited.', ids: ['1'], validity: 0, coverage: 0 },
    { answer: 'Nothing is cited.', ids: [], validity: 1, coverage: 0 },
    { answer: 'Made up [1].', ids: [], validity: 0, coverage: 0 },
    { answer: '', ids: ['1'], validity: 1, coverage: 1 },
    { answer: '[constructor] [__proto__]', ids: ['1'], validity: 1, coverage: 1 },
  ])('of $answer with $ids: validity $validity, coverage $coverage', ({ answer, ids, validity, coverage }) => {
    expect(citationReport(answer, new Set(ids))).toMatchObject({ validity, coverage });
  });

  it.each(['[', '[1', '[1]', '[1]. ', '. ', '[1-9]', '\ud800[', 'e.g. '])(
    'are found in a megabyte of %j with a defined outcome',
    (part) => {
      const { validity, coverage } = citationReport(part.repeat(1_000_000 / part.length), numbered);
      expectWithin(0.5, validity, 0.5);
      expectWithin(0.5, coverage, 0.5);
    },
  );
});

describe('sentences', () => {
  it.each([
    ['One. Two! Three? Four', ['One.', 'Two!', 'Three?', 'Four']],
    ['A fact.[1] More [2]. End', ['A fact.[1]', 'More [2].', 'End']],
    ['A fact. [1] [2] More.', ['A fact. [1] [2]', 'More.']],
    [
      'Dr. A. Who, e.g. of No. 5, paid $3.50 to Acme Inc. today. Yes.',
      ['Dr. A. Who, e.g. of No. 5, paid $3.50 to Acme Inc. today.', 'Yes.'],
    ],
    ['He said "no." Then left.', ['He said "no."', 'Then left.']],
    ['- one\n- two\n\n1. three', ['- one', '- two', '1. three']],
    ['你好。再见！', ['你好。', '再见！']],
    ['... [1] !', []],
    ['', []],
  ])('of %j are %j', (text, sentences) => {
    expect([...sentencesOf(text)]).toEqual(sentences);
  });
});
