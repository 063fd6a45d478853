import type { Json } from './json.ts';

/**
 * Levels beyond which JSON that comes from outside is not parsed. The engine's parser keeps about 70 bytes a level until it is done, so that
 * 10 MB of brackets would take 700 MB (measured with Node 24); no answer that anybody asked for comes near.
 */
export const DEEPEST = 200_000;

/** The value of a text from outside. SyntaxError where it is no JSON, RangeError where it is too deep to be looked at. */
export function parseJson(text: string): Json {
  if (isTooDeep(text)) throw new RangeError(`JSON nested more than ${DEEPEST} levels deep`);
  return JSON.parse(text);
}

/** The same, undefined where there is none. */
export function jsonIn(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Whether more brackets are open at once than is parsed, as far as the text is JSON. Short texts are not read: they cannot be so deep. */
function isTooDeep(text: string): boolean {
  if (text.length <= DEEPEST) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** The place of the quote that ends the string which begins at `start`, or the text's end. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
