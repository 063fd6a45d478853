import { listed } from '../domain/listed-ids.ts';
import { mapped, type Sequence, where } from '../domain/sequence.ts';
import type { Because, Pair } from '../domain/verdict.ts';

/** Why these pairs cannot be compared at all; undefined where they can. */
export function refusalOf(pairs: Sequence<Pair>): Because | undefined {
  const invalid = where(
    pairs,
    ({ base, head, repeats }) => !(isScore(base) && isScore(head) && (repeats === undefined || areScores(repeats))),
  );
  if (invalid.length > 0) return { rule: 'invalid-scores', ...listedIn(invalid) };
  let runs = 1;
  for (const { repeats } of pairs) runs = Math.max(runs, repeats?.base.length ?? 1, repeats?.head.length ?? 1);
  const uneven = where(pairs, ({ repeats }) => (repeats?.base.length ?? 1) !== runs || (repeats?.head.length ?? 1) !== runs);
  return uneven.length > 0 ? { rule: 'uneven-repeats', ...listedIn(uneven) } : undefined;
}

const listedIn = (pairs: Sequence<Pair>) => listed(mapped(pairs, ({ exampleId }) => exampleId));

function isScore(value: number): boolean {
  return value >= 0 && value <= 1;
}

function areScores({ base, head }: NonNullable<Pair['repeats']>): boolean {
  for (let run = 0; run < base.length; run++) if (!isScore(base[run]!)) return false;
  for (let run = 0; run < head.length; run++) if (!isScore(head[run]!)) return false;
  return true;
}
