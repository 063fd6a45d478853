import { characterAt, characterBefore } from '../../code-points.ts';

/** What a word is made of where the published checker says `\w`: letters, numbers and the underscore, but no combining marks. */
const wordCharacter = /[\p{L}\p{N}_]/u;
/** One character at a time: a repetition over millions of characters exhausts the engine's stack. */
const wordStart = /(?<![\p{L}\p{N}_])[\p{L}\p{N}_]/gu;

/** How many runs of word characters there are. */
export function countWords(text: string): number {
  let found = 0;
  for (const _ of text.matchAll(wordStart)) found++;
  return found;
}

/** How often `part` is in `text`, without overlaps. */
export function countOf(text: string, part: string): number {
  let found = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) found++;
  return found;
}

/** Whether `word` stands somewhere between two word boundaries. */
export function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (isBoundary(text, at) && isBoundary(text, at + word.length)) return true;
  }
  return false;
}

function isBoundary(text: string, position: number): boolean {
  return wordCharacter.test(characterBefore(text, position)) !== wordCharacter.test(characterAt(text, position));
}

/** Whether there are letters with case and all of them are capitals. */
export function isUpper(text: string): boolean {
  return /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
}

/** Whether there are letters with case and none of them is a capital. */
export function isLower(text: string): boolean {
  return /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);
}

/** Without `mark` at the start, however often it stands there. */
export function strippedStart(text: string, mark: string): string {
  let start = 0;
  while (text[start] === mark) start++;
  return text.slice(start);
}

/** Without `mark` at the end, however often it stands there. */
export function strippedEnd(text: string, mark: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === mark) end--;
  return text.slice(0, end);
}
