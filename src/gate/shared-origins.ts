import { column } from '../domain/sequence.ts';
import { clusterStandardError } from '../stats/cluster.ts';
import { meanOf, squaresAbout } from '../stats/moments.ts';
import type { Clusters, Evidence } from './evidence.ts';

/** By how much shared origins widen the variance of these values' mean; undefined where the values do not differ and nothing can be told. */
export function designEffect(values: ArrayLike<number>, clusters: Clusters): number | undefined {
  const n = values.length;
  const squares = squaresAbout(values, meanOf(values));
  const error = clusterStandardError(values, clusters.of);
  return squares === 0 || error === undefined ? undefined : (error ** 2 * n * (n - 1)) / squares;
}

/**
 * How many examples each imaginary cluster of the clustered interval holds: as many as a real one is worth. That is the larger design effect of
 * the base's scores and of the differences, at least 1 and at most the mean cluster size, which is taken where nothing varies: then nothing
 * tells how much the examples share. One example would be too few near a ceiling, where whole clusters can fail together unseen.
 */
export function imaginarySize({ pairs, differences }: Evidence, clusters: Clusters): number {
  const scores = designEffect(
    column(pairs, ({ base }) => base),
    clusters,
  );
  const changes = designEffect(differences, clusters);
  const meanSize = pairs.length / clusters.count;
  return scores === undefined && changes === undefined ? meanSize : Math.min(meanSize, Math.max(1, scores ?? 1, changes ?? 1));
}
