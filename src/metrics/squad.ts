import { type Overlap, overlapOf } from './overlap.ts';
import { pythonWords } from './spaces.ts';

const punctuation = /[!-/:-@[-`{-~]/g;

/** `a`, `an` and `the` as words, a word being what it is to Python's `\b`: letters, digits and `_` of any script. */
const articles = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;

/**
 * The answer as SQuAD compares it: lower case, without ASCII punctuation, without the words a, an and the, single spaces. From the official
 * evaluation script (Rajpurkar et al., arXiv 1606.05250 and 1806.03822). Punctuation goes without leaving a space: `a-b` becomes `ab`.
 */
export function squadNormal(text: string): string {
  return squadTokens(text).join(' ');
}

function squadTokens(text: string): string[] {
  return pythonWords(text.toLowerCase().replace(punctuation, '').replace(articles, ' '));
}

/** 1 where both are equal after SQuAD's normalisation, else 0. */
export function squadExact(answer: string, reference: string): 0 | 1 {
  return squadNormal(answer) === squadNormal(reference) ? 1 : 0;
}

/**
 * Token F1 of SQuAD 2.0: 2 x shared tokens / all tokens, each token as often as it stands in both. Where either has no token left (`the`, an
 * empty answer) it is 1 if both have none, else 0.
 */
export function tokenF1(answer: string, reference: string): Overlap {
  const [given, wanted] = [squadTokens(answer), squadTokens(reference)];
  if (given.length === 0 && wanted.length === 0) return { precision: 1, recall: 1, f1: 1 };
  const left = new Map<string, number>();
  for (const token of wanted) left.set(token, (left.get(token) ?? 0) + 1);
  let hits = 0;
  for (const token of given) {
    const count = left.get(token) ?? 0;
    if (count === 0) continue;
    left.set(token, count - 1);
    hits += 1;
  }
  return overlapOf(hits, given.length, wanted.length);
}

/** 1 where both are equal character by character, else 0. */
export function exactMatch(answer: string, reference: string): 0 | 1 {
  return answer === reference ? 1 : 0;
}
