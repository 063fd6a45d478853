import { type Overlap, overlapOf } from './overlap.ts';
import { pythonWords, stretchesOf } from './spaces.ts';

const punctuation = /[!-/:-@[-`{-~]/g;

/** `a`, `an` and `the` as words, a word being what it is to Python's `\b`: letters, digits and `_` of any script. */
const articles = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;

/**
 * The answer as SQuAD compares it: lower case, without ASCII punctuation, without the words a, an and the, single spaces. From the official
 * evaluation script (Rajpurkar et al., arXiv 1606.05250 and 1806.03822). Punctuation goes without leaving a space: `a-b` becomes `ab`.
 */
export function squadNormal(text: string): string {
  return [...squadTokens(text)].join(' ');
}

function* squadTokens(text: string): Generator<string> {
  for (const stretch of stretchesOf(text)) yield* pythonWords(stretch.toLowerCase().replace(punctuation, '').replace(articles, ' '));
}

/** SQuAD's two figures of an answer. */
export interface SquadFigures {
  /** 1 where both are equal after the normalisation, else 0. */
  readonly exact: 0 | 1;
  /**
   * Token F1 of SQuAD 2.0: 2 x shared tokens / all tokens, each token as often as it stands in both. Where either has no token left (`the`, an
   * empty answer) it is 1 if both have none, else 0.
   */
  readonly overlap: Overlap;
}

/** Each figure against the reference that suits it best, of one or more, as the official script takes them. */
export function squadFigures(answer: string, references: readonly string[]): SquadFigures {
  const all = references.map((reference) => new Comparison(reference));
  for (const token of squadTokens(answer)) for (const one of all) one.take(token);
  return {
    exact: all.some((one) => one.isExact()) ? 1 : 0,
    overlap: all.map((one) => one.overlap()).reduce((best, other) => (other.f1 > best.f1 ? other : best)),
  };
}

/** An answer beside one reference, told its tokens one after another. */
class Comparison {
  readonly #wanted: readonly string[];
  /** How many of each wanted token the answer has not had yet. */
  readonly #left = new Map<string, number>();
  #given = 0;
  #hits = 0;
  #isAlike = true;

  constructor(reference: string) {
    this.#wanted = [...squadTokens(reference)];
    for (const token of this.#wanted) this.#left.set(token, (this.#left.get(token) ?? 0) + 1);
  }

  take(token: string): void {
    if (token !== this.#wanted[this.#given]) this.#isAlike = false;
    this.#given += 1;
    const left = this.#left.get(token) ?? 0;
    if (left === 0) return;
    this.#left.set(token, left - 1);
    this.#hits += 1;
  }

  isExact(): boolean {
    return this.#isAlike && this.#given === this.#wanted.length;
  }

  overlap(): Overlap {
    if (this.#given === 0 && this.#wanted.length === 0) return { precision: 1, recall: 1, f1: 1 };
    return overlapOf(this.#hits, this.#given, this.#wanted.length);
  }
}

/** 1 where both are equal character by character, else 0. */
export function exactMatch(answer: string, reference: string): 0 | 1 {
  return answer === reference ? 1 : 0;
}
