import fc from 'fast-check';
import {
  type ChrfOptions,
  type ChrfStatistics,
  chrf,
  chrfPlusPlus,
  chrfScore,
  chrfStatistics,
  mostCharacters,
  sumStatistics,
} from '../../src/metrics/chrf.ts';
import { lcsIndices, lcsLength } from '../../src/metrics/lcs.ts';
import { bestOverlap, type Overlap, type TooLong } from '../../src/metrics/overlap.ts';
import { rougeL, rougeLsum } from '../../src/metrics/rouge.ts';
import { stretchesOf } from '../../src/metrics/spaces.ts';
import { exactMatch, squadFigures, squadNormal } from '../../src/metrics/squad.ts';
import { expectWithin } from './within.ts';

const words = fc.array(fc.constantFrom('a', 'cat', 'sat', 'the', 'on', 'é', '!'), { maxLength: 12 }).map((list) => list.join(' '));

const squadExact = (answer: string, reference: string) => squadFigures(answer, [reference]).exact;
const tokenF1 = (answer: string, reference: string) => squadFigures(answer, [reference]).overlap;

function numbers(overlap: Overlap | TooLong): Overlap {
  if (overlap === 'too-long') throw new Error('the texts were found too long');
  return overlap;
}

function counted(statistics: ChrfStatistics | TooLong): ChrfStatistics {
  if (statistics === 'too-long') throw new Error('the texts were found too long');
  return statistics;
}

const scoreOf = (answer: string, references: readonly string[], options: ChrfOptions) =>
  chrfScore(counted(chrfStatistics(answer, references, options)), options);

describe("SQuAD's normalisation", () => {
  it.each([
    // Run through the official evaluate-v2.0.py's normalize_answer, Python 3.11.
    ['The cat!', 'cat'],
    ['An  apple a day', 'apple day'],
    ['a-b the\tend', 'ab end'],
    ['éa ça the', 'éa ça'],
    ['Theatre', 'theatre'],
    ['the the', ''],
    ['U.S.A.', 'usa'],
    ['“quoted” a', '“quoted”'],
    ["it's the best.", 'its best'],
    ['a\u0301 b', '\u0301 b'],
    ['١ a2 _a a_', '١ a2'],
    ['\x1c a x', 'x'],
    ['\ufeffx', '\ufeffx'],
  ])('makes %j %j', (text, normal) => {
    expect(squadNormal(text)).toBe(normal);
  });

  it('decides exact match and token F1', () => {
    expect(squadExact('The Cat.', 'cat')).toBe(1);
    expect(squadExact('cats', 'cat')).toBe(0);
    expect(exactMatch('The Cat', 'the cat')).toBe(0);
    expect(exactMatch('\ud800', '\ud800')).toBe(1);
    expect(tokenF1('the cat sat', 'a cat sat down')).toEqual({ precision: 1, recall: 2 / 3, f1: 0.8 });
    expect(tokenF1('x x x', 'x')).toEqual({ precision: 1 / 3, recall: 1, f1: 0.5 });
    expect(tokenF1('constructor', '__proto__').f1).toBe(0);
  });

  it('takes each figure from the reference that suits it best', () => {
    expect(squadFigures('the cat sat', ['dog', 'a cat', 'cat sat!', 'cat sat down'])).toEqual({
      exact: 1,
      overlap: { precision: 1, recall: 1, f1: 1 },
    });
    expect(squadFigures('cat sat', ['cat', 'cat sat down'])).toEqual({ exact: 0, overlap: { precision: 1, recall: 2 / 3, f1: 0.8 } });
    expect(squadExact('cat sat', 'cat')).toBe(0);
    expect(squadExact('cat', 'cat sat')).toBe(0);
  });

  it('is the same for a text that is taken in stretches', () => {
    const long = 'The “a” Σ cat-sat, an ΟΔΟΣ. '.repeat(20_000);
    const [normal, once] = [squadNormal(long), squadNormal(long.slice(0, 28))];
    expect(normal).toBe(Array.from({ length: 20_000 }, () => once).join(' '));
    expect(squadFigures(long, [long, 'x'])).toEqual({ exact: 1, overlap: { precision: 1, recall: 1, f1: 1 } });
    expect([...stretchesOf(long)].join('')).toBe(long);
    expect([...stretchesOf('x'.repeat(300_000))]).toHaveLength(1);
  });

  it.each([
    ['', '', 1],
    ['the', '', 1],
    ['x', '', 0],
    ['', 'x', 0],
  ])('gives the empty cases of SQuAD 2.0: %j against %j is %d', (answer, reference, f1) => {
    expect(tokenF1(answer, reference).f1).toBe(f1);
  });
});

describe('ROUGE-L', () => {
  it.each([
    // rouge_score 0.1.2: rouge_scorer_test.py's cases, and values computed with it.
    ['testing one two', 'testing one', 1, 2 / 3, 4 / 5],
    ['testing one two', 'testing two', 1, 2 / 3, 4 / 5],
    ['testing one two', '', 0, 0, 0],
    ['', '', 0, 0, 0],
    ['the quick brown fox jumps over the lazy dog', 'The quick brown dog jumps on the log.', 0.625, 0.5555555555555556, 0.5882352941176471],
    // Lin 2004, section 3.1: S2 and S3 against S1.
    ['police killed the gunman', 'police kill the gunman', 0.75, 0.75, 0.75],
    ['police killed the gunman', 'the gunman kill police', 0.5, 0.5, 0.5],
    [
      "Zoë's café opened in 1999; prices rose 3.5%.",
      "Zoe's cafe opened in 1999, and prices rose by 3.5 percent",
      0.6153846153846154,
      0.8,
      0.6956521739130435,
    ],
  ])('of %j by %j is %d, %d, %d', (reference, answer, precision, recall, f1) => {
    const overlap = numbers(rougeL(answer, reference));
    expectWithin(1e-12, overlap.precision, precision);
    expectWithin(1e-12, overlap.recall, recall);
    expectWithin(1e-12, overlap.f1, f1);
  });

  it.each([
    // rouge_scorer_test.py (the example of Lin 2004, section 3.2), then values computed with rouge_score 0.1.2.
    ['w1 w2 w3 w4 w5', 'w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5', 0.4, 0.8],
    ['w1 w2 w3 w4 w5', '', 0, 0],
    ['', 'w1', 0, 0],
    ['w1 w2 w3 w4 w5', '/', 0, 0],
    [
      'The cat sat on the mat.\nIt was warm there.\nThen the dog came in.',
      'A dog came in then.\nThe cat was on the warm mat.\nThe end of it.',
      0.75,
      0.8,
    ],
    ['a b c d e\nf g h i j\na c e g i', 'a c e x\nb d f g\nh i j a c\na a b b', 0.7058823529411765, 0.8],
  ])('of the summary %j by %j is %d, %d', (reference, answer, precision, recall) => {
    const overlap = numbers(rougeLsum(answer, reference));
    expectWithin(1e-12, overlap.precision, precision);
    expectWithin(1e-12, overlap.recall, recall);
  });

  it('sees other scripts only when asked to', () => {
    expect(numbers(rougeL('кот спит', 'кот спит')).f1).toBe(0);
    expect(numbers(rougeL('Кот спит', 'кот не спит', 'unicode')).f1).toBeCloseTo(0.8, 12);
  });

  it('names texts that are too long instead of working for minutes', () => {
    const long = 'word '.repeat(90_000);
    expect(rougeL(long, long)).toBe('too-long');
    expect(rougeLsum(long, long)).toBe('too-long');
    expect(rougeL('['.repeat(500_001), 'one word')).toBe('too-long');
    expect(rougeLsum('one word', '['.repeat(500_001))).toBe('too-long');
    expect(numbers(rougeL(long, 'one word')).f1).toBeCloseTo(2 / 90_002, 9);
    expect(numbers(rougeL('['.repeat(500_000), 'one word')).f1).toBe(0);
    expect(numbers(rougeLsum('\n'.repeat(500_000), 'one word')).f1).toBe(0);
    expect(numbers(rougeL('\ud800 word', 'word \udc00')).f1).toBe(1);
  });

  it("reads the subsequence that ROUGE's reference implementation reads", () => {
    // rouge_scorer_test.py, testLcsTable and testUnionLcs.
    expect(lcsIndices([1, 2, 3, 4, 5], [2, 5, 3, 4])).toEqual([3, 2, 1]);
    expect(lcsIndices([1, 2, 3, 4, 5], [8, 9])).toEqual([]);
    expect(lcsIndices([1, 2, 3, 4, 5], [1, 3, 8, 9, 5])).toEqual([4, 2, 0]);
    expect([lcsLength([], []), lcsLength([1], []), lcsLength([1, 2, 3, 4, 5], [2, 5, 3, 4])]).toEqual([0, 0, 3]);
  });

  it('reads a subsequence as long as the longest, and of one line agrees with the summary', () => {
    const tokens = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 15 });
    fc.assert(
      fc.property(tokens, tokens, words, words, (one, other, answer, reference) => {
        expect(lcsIndices(one, other).length).toBe(lcsLength(one, other));
        expect(lcsLength(other, one)).toBe(lcsLength(one, other));
        expectWithin(1e-12, numbers(rougeLsum(answer, reference)).f1, numbers(rougeL(answer, reference)).f1);
      }),
      { seed: 55 },
    );
  });

  it('takes the reference that fits best', () => {
    const best = bestOverlap(['a dog', 'the cat sat', 'the cat'], (reference) => rougeL('the cat sat', reference));
    expect(best).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(bestOverlap(['x'], () => 'too-long')).toBe('too-long');
    expect(() => bestOverlap([], () => 'too-long')).toThrow(RangeError);
  });
});

describe('chrF', () => {
  it.each([
    // sacreBLEU 2.6.0, sentence_chrf(eps_smoothing=False), word_order 0 and 2, in percent.
    [
      'Co nás nejvíc trápí, protože lékaři si vybírají, kdo bude žít a kdo zemře.',
      'Nejvíce smutní jsme z toho, že musíme rozhodovat o tom, kdo bude žít a kdo zemře.',
      39.14081690316369,
      40.3769131075315,
    ],
    [
      'Lapali po dechu, jejich životy skončily dřív, než skutečně začaly.',
      'Lapali po dechu a pak jejich život skončil - dřív, než skutečně mohl začít, připomněli.',
      57.157427512824064,
      54.134581828446215,
    ],
    ['The (quick) fox 😀 "jumps".', 'The quick fox 😀😀 jumped.', 36.2924395704137, 33.27010506570142],
    ['aa', 'ab', 25, 16.666666666666664],
    ['a b c', 'abc', 100, 75],
    ['', '', 0, 0],
    ['cat', 'cats', 68.86227544910179, 51.64670658682634],
  ])('of %j against %j is %d, chrF++ %d', (answer, reference, percent, plusPlus) => {
    expectWithin(1e-12, scoreOf(answer, [reference], chrf), percent / 100);
    expectWithin(1e-12, scoreOf(answer, [reference], chrfPlusPlus), plusPlus / 100);
  });

  it.each([
    // sacreBLEU's test_chrf.py, test_cases_effective_order, beta 3.
    [['a'], ['a'], 1],
    [[''], ['reference'], 0],
    [['a b c'], ['a b c'], 1],
    [['a b c'], ['abc'], 1],
    [[''], ['c'], 0],
    [['a', 'b'], ['a', 'c'], 0.5],
    [['aa'], ['ab'], 0.25],
  ])('of the corpus %j against %j is %d', (answers, references, score) => {
    const options = { ...chrf, beta: 3 };
    const all = answers.map((answer, i) => counted(chrfStatistics(answer, [references[i]!], options)));
    expectWithin(1e-6, chrfScore(sumStatistics(all, options), options), score);
  });

  it('adds up over a corpus, and takes the best of several references', () => {
    // sacreBLEU 2.6.0: CHRF().corpus_score and CHRF(word_order=2).sentence_score with two references.
    const pairs = [
      [
        'Co nás nejvíc trápí, protože lékaři si vybírají, kdo bude žít a kdo zemře.',
        'Nejvíce smutní jsme z toho, že musíme rozhodovat o tom, kdo bude žít a kdo zemře.',
      ],
      [
        'Lapali po dechu, jejich životy skončily dřív, než skutečně začaly.',
        'Lapali po dechu a pak jejich život skončil - dřív, než skutečně mohl začít, připomněli.',
      ],
      ['The (quick) fox 😀 "jumps".', 'The quick fox 😀😀 jumped.'],
      ['aa', 'ab'],
    ] as const;
    const corpus = (options: ChrfOptions, weights?: readonly number[]) =>
      chrfScore(
        sumStatistics(
          pairs.map(([answer, reference]) => counted(chrfStatistics(answer, [reference], options))),
          options,
          weights,
        ),
        options,
      );
    expectWithin(1e-12, corpus(chrf), 0.47028155813872646);
    expectWithin(1e-12, corpus(chrfPlusPlus), 0.4556290758909425);
    expectWithin(1e-12, corpus(chrf, [0, 0, 0, 2]), 0.25);
    expect(corpus(chrf, [0, 0, 0, 0])).toBe(0);
    expectWithin(1e-12, scoreOf('the cat sat', ['a dog stood', 'the cats sat down'], chrfPlusPlus), 0.4277180664404329);
    expect(() => chrfStatistics('x', [], chrf)).toThrow(RangeError);
  });

  it('names texts that are too long, and takes halves of characters as they are', () => {
    expect(chrfStatistics('x'.repeat(mostCharacters + 1), ['x'], chrf)).toBe('too-long');
    expect(chrfStatistics('x', ['x', 'x'.repeat(mostCharacters + 1)], chrf)).toBe('too-long');
    expect(scoreOf('\ud800\ud800', ['\ud800\ud800'], chrf)).toBe(1);
    expect(scoreOf('__proto__', ['__proto__'], chrf)).toBe(1);
  });
});

describe('text overlap', () => {
  it('stays in [0, 1] and is 1 for the text itself', () => {
    fc.assert(
      fc.property(words, words, (answer, reference) => {
        const scores = [
          numbers(rougeL(answer, reference)).f1,
          tokenF1(answer, reference).f1,
          scoreOf(answer, [reference], chrf),
          scoreOf(answer, [reference], chrfPlusPlus),
        ];
        for (const score of scores) expectWithin(0.5, score, 0.5);
        expect(tokenF1(answer, answer).f1).toBe(1);
        expect(squadExact(answer, answer)).toBe(1);
        if (/\w/.test(answer)) {
          expect(numbers(rougeL(answer, answer)).f1).toBe(1);
          expectWithin(1e-12, scoreOf(answer, [answer], chrfPlusPlus), 1);
        }
        expectWithin(1e-12, numbers(rougeL(reference, answer)).f1, scores[0]!);
        expectWithin(1e-12, tokenF1(reference, answer).f1, scores[1]!);
      }),
      { seed: 56 },
    );
  });
});
