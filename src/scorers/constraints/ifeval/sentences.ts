/**
 * Counts sentences as the Punkt tokenizer does (Kiss & Strunk 2006, as NLTK's `sent_tokenize`): a sentence ends at a full stop,
 * question or exclamation mark before white space or other punctuation, unless the full stop belongs to an abbreviation, an initial
 * or an ellipsis and what follows does not look like a beginning. Punkt learned its abbreviations and beginnings from a corpus;
 * here they are short lists, so that rare abbreviations may be counted differently. Line breaks end no sentence.
 */
export function countSentences(text: string): number {
  let sentences = 0;
  let open = false;
  let ended = false;
  for (const [chunk, next] of chunksOf(text)) {
    const end = lastEnd(chunk, next === undefined);
    const rest = end >= 0 && breaksAt(chunk, end, next) ? chunk.slice(end + 1) : undefined;
    if (rest !== undefined) {
      sentences++;
      open = isMore(rest);
    } else if (!ended || isMore(chunk)) open = true;
    ended = rest === '';
  }
  return sentences + (open ? 1 : 0);
}

/** What stands between white space, each with what follows: not all of a huge text at once. */
function* chunksOf(text: string): Generator<readonly [chunk: string, next: string | undefined]> {
  let last: string | undefined;
  let from = 0;
  for (const { index } of text.matchAll(/\s|$/g)) {
    const chunk = text.slice(from, index);
    from = index + 1;
    if (chunk === '') continue;
    if (last !== undefined) yield [last, chunk];
    last = chunk;
  }
  if (last !== undefined) yield [last, undefined];
}

/** Closing quotation marks and brackets belong to the sentence before them. */
function isMore(text: string): boolean {
  return /[^"')\]}]/.test(text);
}

const endMarks = '.?!';
/** Punctuation that may follow an end mark directly. */
const nonWord = ')";}]*:@\'({[!?';

/** The last place in the chunk where a sentence may end; -1 without one. */
function lastEnd(chunk: string, atEndOfText: boolean): number {
  const last = chunk.length - 1;
  if (endMarks.includes(chunk.charAt(last)) && !atEndOfText) return last;
  for (let at = last - 1; at >= 0; at--) if (endMarks.includes(chunk.charAt(at)) && nonWord.includes(chunk.charAt(at + 1))) return at;
  return -1;
}

function breaksAt(chunk: string, end: number, next: string | undefined): boolean {
  if (/[?!]/.test(chunk.slice(0, end + 1))) return true;
  const word =
    chunk
      .slice(0, end)
      .split(/[()"`{}[\]:;&#*@,]|--+/)
      .pop() ?? '';
  const follower = end === chunk.length - 1 ? (next ?? '') : chunk.slice(end + 1);
  if (word.endsWith('.') || isInitial(word) || isAbbreviation(word)) return beginsSentence(follower);
  return !(isNumber(word) && /^[\p{Ll};:,.!?]/u.test(follower));
}

function isInitial(word: string): boolean {
  return /^[^\W\d]$/u.test(word);
}

function isNumber(word: string): boolean {
  return /^-?[.,]?\d[\d,.-]*$/.test(word);
}

function isAbbreviation(word: string): boolean {
  const folded = word.toLowerCase();
  return abbreviations.has(folded) || abbreviations.has(folded.slice(folded.lastIndexOf('-') + 1));
}

function beginsSentence(word: string): boolean {
  const [bare = ''] = word.replace(/^[("'[{*]+/, '').split(/[^\p{L}'’]/u, 1);
  return /^\p{Lu}/u.test(bare) && beginnings.has(bare.toLowerCase());
}

/** Common in English texts, each without its last full stop. */
const abbreviations = new Set(
  (
    'mr mrs ms dr prof gen col maj capt lt sgt cmdr adm rev hon gov sen rep st jr sr inc corp co ltd bros cos vs etc al cf ' +
    'e.g i.e u.s u.k u.n u.s.a p.m a.m d.c n.y n.j ph.d m.d b.a m.a j.d d.h j.p jan feb apr aug sept sep oct nov dec ' +
    'nos vol ft mt ave blvd dept fig figs est approx pp op'
  ).split(' '),
);

/** Words that begin sentences far more often than they are names. */
const beginnings = new Set(
  (
    'a an the this that these those he she it we they you i his her its our their your my there here in on at for from with by as if when ' +
    'while where what who why how but and or so yet nor although though because since after before once until however moreover ' +
    'nevertheless meanwhile then thus therefore instead some many most all both each every no not one two three another other such ' +
    'now today still even also perhaps maybe please let to do does did is are was were will would can could should may'
  ).split(' '),
);
