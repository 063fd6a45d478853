/**
 * This model's own tokens: each run of letters, digits and underscores is one, and so is each other character that is not space.
 * They are not any vendor's tokens; they only make counting and cutting off agree with each other.
 */
const token = /[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu;

/** How many of them a text has. */
export function countTokens(text: string): number {
  return text.match(token)?.length ?? 0;
}

/** The text up to the end of its `limit`-th token. */
export function firstTokens(text: string, limit: number): string {
  let count = 0;
  let end = 0;
  for (const found of text.matchAll(token)) {
    if (count === limit) return text.slice(0, end);
    count += 1;
    end = found.index + found[0].length;
  }
  return text;
}
