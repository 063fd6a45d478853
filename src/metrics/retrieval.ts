/**
 * Which of the retrieved contexts are relevant, in rank order. A context that comes again is not relevant again, so that repeating a good one
 * gains nothing.
 */
function relevanceOf(retrieved: readonly string[], relevant: ReadonlySet<string>): boolean[] {
  const seen = new Set<string>();
  return retrieved.map((id) => {
    const counts = relevant.has(id) && !seen.has(id);
    seen.add(id);
    return counts;
  });
}

/**
 * Context precision as Ragas defines it (docs.ragas.io, Context Precision): sum_k precision@k v_k / relevant among the retrieved, with v_k 1 where
 * rank k is relevant. It asks whether the relevant ones rank first; contexts that were not retrieved do not lower it (that is recall), and this is
 * where it differs from average precision. In [0, 1]; 0 where none is relevant, 1 where nothing was relevant and nothing was retrieved.
 */
export function contextPrecision(retrieved: readonly string[], relevant: ReadonlySet<string>): number {
  if (retrieved.length === 0) return relevant.size === 0 ? 1 : 0;
  let [found, sum] = [0, 0];
  for (const [index, isRelevant] of relevanceOf(retrieved, relevant).entries()) {
    if (!isRelevant) continue;
    found += 1;
    sum += found / (index + 1);
  }
  return found === 0 ? 0 : sum / found;
}

/** Share of retrieved contexts that are relevant, whatever their rank. In [0, 1]; 1 where nothing was relevant and nothing was retrieved, else 0 for none. */
export function plainContextPrecision(retrieved: readonly string[], relevant: ReadonlySet<string>): number {
  if (retrieved.length === 0) return relevant.size === 0 ? 1 : 0;
  return relevanceOf(retrieved, relevant).filter(Boolean).length / retrieved.length;
}

/** Share of relevant contexts that were retrieved (Ragas' ID-based context recall). In [0, 1]; 1 where there is nothing to retrieve. */
export function contextRecall(retrieved: readonly string[], relevant: ReadonlySet<string>): number {
  if (relevant.size === 0) return 1;
  return relevanceOf(retrieved, relevant).filter(Boolean).length / relevant.size;
}
