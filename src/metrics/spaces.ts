/** What is there in a text exactly where its spaces are not single plain ones already; most are. */
const unevenSpace = /[^\S ]|\s\s/;

/**
 * Runs of white space become one space. No pattern here repeats: the engine keeps a place to go back to for each character of a run, and
 * gives up with a RangeError on runs of millions.
 */
export function singleSpaced(text: string): string {
  if (!unevenSpace.test(text)) return text;
  return text.replace(/(?<=\s)\s/g, '').replace(/\s/g, ' ');
}

/** The file, group, record and unit separators, which Python takes for white space and Unicode does not. */
const separators = `${String.fromCharCode(0x1c)}-${String.fromCharCode(0x1f)}`;
const pythonSpace = `[\\p{White_Space}${separators}]`;
const space = new RegExp(pythonSpace, 'gu');
const furtherSpace = new RegExp(`(?<=${pythonSpace})${pythonSpace}`, 'gu');

const nextSpace = new RegExp(pythonSpace, 'gu');

/** Characters of a stretch, but for the word that its end falls into. */
const STRETCH = 100_000;

/**
 * A text in stretches, cut before what Python takes for white space: where words are looked at one after another, what is made of them need not
 * be there for all of a huge text at once, which would take a hundred times its room.
 */
export function* stretchesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    nextSpace.lastIndex = from + STRETCH;
    const until = nextSpace.exec(text)?.index ?? text.length;
    yield text.slice(from, until);
    from = until;
  }
}

/** The words that Python's `str.split` makes of a text. */
export function pythonWords(text: string): string[] {
  return text
    .replace(furtherSpace, '')
    .split(space)
    .filter((word) => word !== '');
}

/** The text without what Python takes for white space. */
export function withoutPythonSpace(text: string): string {
  return text.replace(space, '');
}
