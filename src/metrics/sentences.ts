/** A full stop after one of these ends no sentence; nor does that of a numbered line. */
const abbreviation =
  /(?:^|[\s(])(?:\p{L}|e\.g|i\.e|etc|cf|vs|Dr|Mr|Mrs|Ms|Prof|St|No|Nos|Fig|Figs|Eq|Sec|Ch|pp?|vol|approx|al|Inc|Ltd|Co|Jr|Sr|U\.S|U\.K)\.$|^\s*\d{1,3}\.$/u;

/** The end of a sentence: its mark, closing quotes and brackets, citations behind it, and then space or the end; a line break ends one too. */
const sentenceEnd =
  /(?:[.!?…]["'”’»)]{0,3}(?:[ \t]?\[[^[\]\n]{1,200}\]){0,20}(?=\s|$)|[。！？]["”』」]{0,3}(?:\[[^[\]\n]{1,200}\]){0,20})|\n/gu;

/** Far enough back to see an abbreviation. */
const BACK = 12;

/**
 * The sentences of a text, roughly: split at . ! ? … (and 。！？) before white space, and at line breaks, but not after common English abbreviations
 * and initials. A citation behind the full stop belongs to the sentence before it. Parts without a letter or digit are no sentences. Linear.
 */
export function* sentencesOf(text: string): Generator<string> {
  let start = 0;
  for (const match of text.matchAll(sentenceEnd)) {
    const end = match.index + match[0].length;
    if (match[0] === '.' && abbreviation.test(text.slice(Math.max(start, match.index - BACK), end))) continue;
    yield* sentenceIn(text.slice(start, end));
    start = end;
  }
  yield* sentenceIn(text.slice(start));
}

function* sentenceIn(part: string): Generator<string> {
  if (/[\p{L}\p{N}]/u.test(part.replace(/\[[^[\]\n]{1,200}\]/g, ''))) yield part.trim();
}
