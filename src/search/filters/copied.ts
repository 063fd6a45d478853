import type { Example } from '../../domain/evalset.ts';
import { askedTexts, stringsIn } from '../texts.ts';
import type { Filter } from './filter.ts';

/** So many words in a row are wording and no coincidence. */
const RUN = 5;

/** Rows learnt by heart score on these rows and on no others. */
export const copied: Filter = ({ text, quotesRows }, { isCopied }) =>
  !quotesRows && isCopied(text) ? `it copies ${RUN} or more words in a row from an example` : undefined;

/** Finds runs of five words that some row has and none of `before`: what a text was made from may have been meant to quote. */
export function copyFinder(examples: readonly Example[]): (text: string, before: readonly string[]) => boolean {
  let rows: ReadonlySet<string> | undefined;
  return (text, before) => {
    const known = new Set(before.flatMap((each) => [...runsIn(each)]));
    rows ??= new Set(
      examples.flatMap((example) => [...askedTexts(example), ...stringsIn(example.expected ?? null)].flatMap((each) => [...runsIn(each)])),
    );
    for (const run of runsIn(text)) if (rows.has(run) && !known.has(run)) return true;
    return false;
  };
}

function runsIn(text: string): ReadonlySet<string> {
  const words =
    text
      .replace(/\{\{[^}]*\}\}/g, ' ')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const runs = new Set<string>();
  for (let at = 0; at + RUN <= words.length; at++) runs.add(words.slice(at, at + RUN).join(' '));
  return runs;
}
