import type { TooLong } from './overlap.ts';
import { pythonWords, withoutPythonSpace } from './spaces.ts';

/** Which n-grams count, and how much more recall weighs than precision. */
export interface ChrfOptions {
  /** Longest n-gram of characters; 6. */
  readonly characters: number;
  /** Longest n-gram of words: 0 for chrF, 2 for chrF++. */
  readonly words: number;
  /** Recall weighs beta^2 times as much as precision; 2. */
  readonly beta: number;
}

/** chrF (Popović, W15-3049), as sacreBLEU counts it by default. */
export const chrf: ChrfOptions = { characters: 6, words: 0, beta: 2 };
/** chrF++ (Popović, W17-4770): the same with words and pairs of words. */
export const chrfPlusPlus: ChrfOptions = { characters: 6, words: 2, beta: 2 };

/** Per order three counts: n-grams of the answer, of the reference, and in both. Statistics of several answers add up to those of the corpus. */
export type ChrfStatistics = Float64Array;

/** Characters of a text that is compared; n-grams of a longer one would fill too much memory. */
export const mostCharacters = 500_000;

/**
 * The n-gram counts of an answer against the reference that gives it the best score, as sacreBLEU counts them: white space is left out of
 * character n-grams, a word loses one punctuation mark at its end, or else at its beginning, case matters. RangeError for no references.
 */
export function chrfStatistics(answer: string, references: readonly string[], options: ChrfOptions): ChrfStatistics | TooLong {
  if (references.length === 0) throw new RangeError('there must be at least one reference');
  if ([answer, ...references].some((text) => text.length > mostCharacters)) return 'too-long';
  const statistics = references.map((reference) => statisticsOf(answer, reference, options));
  return statistics.reduce((best, other) => (chrfScore(other, options) > chrfScore(best, options) ? other : best));
}

/**
 * chrF (Popović, W15-3049) or chrF++ (Popović, W17-4770) of the statistics, by sacreBLEU's definition (its `eps_smoothing=False`): precision and
 * recall averaged over the orders that both sides have, then F-beta. In [0, 1], where sacreBLEU prints percent; 0 where no order has n-grams on
 * both sides, so also for two empty texts.
 */
export function chrfScore(statistics: ChrfStatistics, { beta }: ChrfOptions): number {
  let [precision, recall, orders] = [0, 0, 0];
  for (let at = 0; at < statistics.length; at += 3) {
    const [given, wanted, hits] = [statistics[at]!, statistics[at + 1]!, statistics[at + 2]!];
    if (given === 0 || wanted === 0) continue;
    precision += hits / given;
    recall += hits / wanted;
    orders += 1;
  }
  if (precision + recall === 0) return 0;
  [precision, recall] = [precision / orders, recall / orders];
  return Math.min(1, ((1 + beta * beta) * precision * recall) / (beta * beta * precision + recall));
}

/** The sum of statistics, each `weights[i]` times: what the corpus score is worked out from. Zeros for none. */
export function sumStatistics(
  all: readonly ChrfStatistics[],
  { characters, words }: ChrfOptions,
  weights?: ArrayLike<number>,
): ChrfStatistics {
  const sum = new Float64Array(3 * (characters + words));
  for (const [i, statistics] of all.entries()) for (let at = 0; at < sum.length; at++) sum[at]! += (weights?.[i] ?? 1) * statistics[at]!;
  return sum;
}

function statisticsOf(answer: string, reference: string, { characters, words }: ChrfOptions): ChrfStatistics {
  const statistics = new Float64Array(3 * (characters + words));
  const count = (of: (text: string) => readonly string[], joint: string, orders: number, from: number) => {
    const [given, wanted] = [strung(of(answer), joint), strung(of(reference), joint)];
    for (let n = 1; n <= orders; n++) statistics.set(countOrder(given, wanted, n), 3 * (from + n - 1));
  };
  count(charactersOf, '', characters, 0);
  count(wordsOf, ' ', words, characters);
  return statistics;
}

/** Characters or words in one text, so that an n-gram is a part of it. */
interface Strung {
  readonly text: string;
  readonly joint: string;
  /** Where each begins, and behind the last where another one would. */
  readonly starts: Uint32Array;
}

function strung(units: readonly string[], joint: string): Strung {
  const starts = new Uint32Array(units.length + 1);
  for (let at = 0; at < units.length; at++) starts[at + 1] = starts[at]! + units[at]!.length + joint.length;
  return { text: units.join(joint), joint, starts };
}

const gramsIn = ({ starts }: Strung, n: number): number => Math.max(0, starts.length - n);

const gramAt = ({ text, joint, starts }: Strung, at: number, n: number): string => text.slice(starts[at], starts[at + n]! - joint.length);

/** n-grams of the answer, of the reference, in both. An order the reference lacks counts none of the answer's either. */
function countOrder(given: Strung, wanted: Strung, n: number): [number, number, number] {
  const left = new Map<string, number>();
  for (let at = 0; at < gramsIn(wanted, n); at++) {
    const gram = gramAt(wanted, at, n);
    left.set(gram, (left.get(gram) ?? 0) + 1);
  }
  if (left.size === 0) return [0, 0, 0];
  let hits = 0;
  for (let at = 0; at < gramsIn(given, n); at++) {
    const gram = gramAt(given, at, n);
    const count = left.get(gram) ?? 0;
    if (count === 0) continue;
    left.set(gram, count - 1);
    hits += 1;
  }
  return [gramsIn(given, n), gramsIn(wanted, n), hits];
}

function charactersOf(text: string): string[] {
  return Array.from(withoutPythonSpace(text));
}

const mark = /^[!-/:-@[-`{-~]$/;

function wordsOf(text: string): string[] {
  return pythonWords(text).flatMap((word) => {
    const characters = Array.from(word);
    if (characters.length <= 1) return characters;
    if (mark.test(characters.at(-1)!)) return [characters.slice(0, -1).join(''), characters.at(-1)!];
    return mark.test(characters[0]!) ? [characters[0]!, characters.slice(1).join('')] : [word];
  });
}
