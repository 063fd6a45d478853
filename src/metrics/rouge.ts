import { lcsIndices, lcsLength, type Tokens } from './lcs.ts';
import { type Overlap, overlapOf, type TooLong } from './overlap.ts';

/** `ascii`: runs of a-z and 0-9, as the reference implementation has it, which sees nothing in other scripts. `unicode`: runs of letters, marks and digits. */
export type RougeTokens = 'ascii' | 'unicode';

/** Pairs of tokens that are compared; two texts of 10,000 tokens (sentence level) or 5,000 (summary level) are the largest. */
const mostTokenPairs = { sentence: 100_000_000, summary: 25_000_000 };

/** Characters of a text that is compared. */
const mostCharacters = 500_000;

function isTooLong(...texts: readonly string[]): boolean {
  return texts.some((text) => text.length > mostCharacters);
}

/**
 * ROUGE-L at sentence level: the longest common subsequence of both token lists, as a share of each (Lin 2004, section 3.1). Lower case, no
 * stemming: the numbers of Google's `rouge_score` with its defaults. Nothing in common where either has no token.
 */
export function rougeL(answer: string, reference: string, tokens: RougeTokens = 'ascii'): Overlap | TooLong {
  if (isTooLong(answer, reference)) return 'too-long';
  const numbers = new Map<string, number>();
  const given = tokensOf(answer, tokens, numbers);
  const wanted = tokensOf(reference, tokens, numbers);
  if (given.length * wanted.length > mostTokenPairs.sentence) return 'too-long';
  return overlapOf(lcsLength(wanted, given), given.length, wanted.length);
}

/**
 * ROUGE-L at summary level: for each sentence of the reference the union of its longest common subsequences with all sentences of the answer (Lin
 * 2004, section 3.2), no token counted more often than it stands in either text, as ROUGE-1.5.5 and `rouge_score`'s rougeLsum do. A sentence is a line.
 */
export function rougeLsum(answer: string, reference: string, tokens: RougeTokens = 'ascii'): Overlap | TooLong {
  if (isTooLong(answer, reference)) return 'too-long';
  const numbers = new Map<string, number>();
  const sentences = (text: string) => text.split('\n').map((line) => tokensOf(line, tokens, numbers));
  const [given, wanted] = [sentences(answer), sentences(reference)];
  const [givenTokens, wantedTokens] = [given.flat(), wanted.flat()];
  if (givenTokens.length * wantedTokens.length > mostTokenPairs.summary) return 'too-long';
  const [leftInAnswer, leftInReference] = [tally(givenTokens, numbers.size), tally(wantedTokens, numbers.size)];
  let hits = 0;
  for (const sentence of wanted) {
    for (const token of unionOfMatches(sentence, given)) {
      if (leftInAnswer[token] === 0 || leftInReference[token] === 0) continue;
      leftInAnswer[token]! -= 1;
      leftInReference[token]! -= 1;
      hits += 1;
    }
  }
  return overlapOf(hits, givenTokens.length, wantedTokens.length);
}

/** The tokens of a reference sentence that some sentence of the answer matches, in order. */
function unionOfMatches(sentence: readonly number[], given: readonly Tokens[]): readonly number[] {
  const matched = new Uint8Array(sentence.length);
  if (sentence.length > 0) for (const other of given) for (const index of lcsIndices(sentence, other)) matched[index] = 1;
  return sentence.filter((_, index) => matched[index] === 1);
}

function tally(tokens: readonly number[], distinct: number): Uint32Array {
  const counts = new Uint32Array(distinct);
  for (const token of tokens) counts[token]! += 1;
  return counts;
}

const patterns: Readonly<Record<RougeTokens, RegExp>> = { ascii: /[a-z0-9]+/g, unicode: /[\p{L}\p{M}\p{N}]+/gu };

/** The tokens of a text as numbers, a new one for each that has none. */
function tokensOf(text: string, tokens: RougeTokens, numbers: Map<string, number>): number[] {
  const found: number[] = [];
  for (const [token] of text.toLowerCase().matchAll(patterns[tokens])) {
    const number = numbers.get(token) ?? numbers.size;
    numbers.set(token, number);
    found.push(number);
  }
  return found;
}
