const WORD = /[\p{L}\p{M}][\p{L}\p{M}\p{N}'’-]+/gu;

/** Words of a text, lower case, each once. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.normalize('NFKC').toLowerCase().match(WORD) ?? []);
}

/** Standard errors by which a word must speak for its class. */
const LEAST_Z = 1;
/** Texts of the class that must have it. */
const FEWEST_TEXTS = 2;

/**
 * The words that tell texts of one class from the others', most telling first: log odds of a text having the word, with the frequency in all texts
 * as an informative Dirichlet prior, over its standard error (Monroe, Colaresi & Quinn, Political Analysis 16:372, 2008, equations 15–22).
 */
export function distinctiveWords(inside: readonly ReadonlySet<string>[], outside: readonly ReadonlySet<string>[]): readonly string[] {
  const counts = [countsOf(inside), countsOf(outside)] as const;
  const totals = [inside.length, outside.length] as const;
  return [...counts[0]]
    .filter(([, count]) => count >= FEWEST_TEXTS)
    .map(([word, count]) => ({ word, z: zOf([count, counts[1].get(word) ?? 0], totals) }))
    .filter(({ z }) => z >= LEAST_Z)
    .sort((one, other) => other.z - one.z || (one.word < other.word ? -1 : 1))
    .map(({ word }) => word);
}

function countsOf(texts: readonly ReadonlySet<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const words of texts) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function zOf([mine, theirs]: readonly [number, number], [m, t]: readonly [number, number]): number {
  // Two imaginary texts in all, which have the word as often as texts at large do.
  const prior = (2 * (mine + theirs + 0.5)) / (m + t + 1);
  const odds = (count: number, total: number) => Math.log((count + prior) / (total + 2 - count - prior));
  return (odds(mine, m) - odds(theirs, t)) / Math.sqrt(1 / (mine + prior) + 1 / (theirs + prior));
}
