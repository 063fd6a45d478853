import type { ScorerSpec } from '../domain/evalset.ts';
import { UserError } from '../domain/problem.ts';
import type { BoundScorer } from './definition.ts';
import { scorerTable } from './table.ts';

/** Loads what the scorers need; to be awaited before the first answer is scored. */
export async function loadScorers(specs: readonly ScorerSpec[]): Promise<void> {
  const scorers = specs.filter(({ members }) => members === undefined).map(boundScorer);
  await Promise.all(scorers.map(async (scorer) => scorer.ready?.()));
}

const known = new WeakMap<ScorerSpec, BoundScorer>();

/** The scorer that a spec names. Its patterns are compiled once, however many examples ask. UserError for a kind that does not exist. */
export function boundScorer(spec: ScorerSpec): BoundScorer {
  const earlier = known.get(spec);
  if (earlier) return earlier;
  const definition = Object.hasOwn(scorerTable, spec.kind) ? scorerTable[spec.kind] : undefined;
  if (!definition) {
    throw new UserError({ key: spec.kind, what: 'there is no such scorer', fix: `There are: ${Object.keys(scorerTable).join(', ')}.` });
  }
  const scorer = definition.bind(spec.options);
  known.set(spec, scorer);
  return scorer;
}
