import type { EvalSet } from '../../domain/evalset.ts';
import { where } from '../../domain/sequence.ts';
import { textHash } from '../../search/conclude.ts';
import { splitRows } from '../../search/split.ts';
import type { KnownLooks } from '../world.ts';

/** An eval set without the examples that a search chose a text on, and what to say of that. */
export interface HeldOut {
  readonly evalSet: EvalSet;
  readonly note: string;
}

/**
 * What is left to judge a text by that came out of a search, as the pull request remembers it; undefined for any other text. On the rows that
 * chose it, it would be taken for better than it is.
 */
export function heldOut(evalSet: EvalSet, path: string, text: string, known: KnownLooks | undefined): HeldOut | undefined {
  const hash = textHash(text);
  if (!known?.looks?.some((look) => look.path === path && look.text === hash)) return undefined;
  const all = [...evalSet.examples];
  const confirm = new Set(splitRows(all).confirm);
  if (confirm.size === 0) return undefined;
  return {
    evalSet: { ...evalSet, examples: where(evalSet.examples, ({ id }) => confirm.has(id)) },
    note: `A search suggested this text, and chose it on ${all.length - confirm.size} of the ${all.length} examples: it is compared on the other ${confirm.size} alone.`,
  };
}
