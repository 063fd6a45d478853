import { characterAt, characterBefore } from './code-points.ts';

const wordCharacter = /[\p{L}\p{M}\p{N}_]/u;
/** Scripts that write without spaces: a word may end between any two of their characters (compare UAX #29, section 4). */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Whether `text` has `word` at `start` and no word goes on over either of its ends. */
export function isWholeWordAt(text: string, word: string, start: number): boolean {
  return start >= 0 && text.startsWith(word, start) && isBoundary(text, start) && isBoundary(text, start + word.length);
}

function isBoundary(text: string, position: number): boolean {
  const before = characterBefore(text, position);
  const after = characterAt(text, position);
  if (!wordCharacter.test(before) || !wordCharacter.test(after)) return true;
  return /^\P{M}/u.test(after) && (unspaced.test(before) || unspaced.test(after));
}
