import type { Agreement, CriterionAgreement, Distrust } from '../domain/agreement.ts';
import { judgeBias, rawAgreement } from '../metrics/judge-bias.ts';
import { agreementTable, cohenKappa } from '../metrics/kappa.ts';
import { type Measurement, weightedAlpha } from '../metrics/krippendorff.ts';
import { rankCorrelationInterval, spearman } from '../metrics/rank-correlation.ts';
import { bootstrapDraws, sampleQuantile } from '../stats/bootstrap.ts';
import type { Interval } from '../stats/interval.ts';
import { randomStream } from '../stats/random.ts';
import { clustersOf } from './evidence.ts';

/** Error at each end of the intervals: 90 % intervals, as the gate's own. */
const ALPHA = 0.05;
const DRAWS = 2000;

/** One answer that people and a judge graded. Scores in [0, 1]. */
export interface Rated {
  readonly people: number;
  readonly judge: number;
  readonly peoplePass: boolean;
  readonly judgePass: boolean;
  /** Levels (1-based, of so many) of each criterion that people gave one for. */
  readonly levels: readonly RatedLevel[];
  /** Answers of one cluster share an origin. */
  readonly cluster?: string;
}

export interface RatedLevel {
  readonly criterion: string;
  readonly people: number;
  readonly judge: number;
  readonly of: number;
}

/** `seed`: the eval set's digest, so that equal grades give equal intervals. */
export function agreementOf(rated: readonly Rated[], seed: string): Agreement {
  const of = <T>(read: (one: Rated) => T): T[] => rated.map(read);
  const [people, judge] = [of((one) => one.people), of((one) => one.judge)];
  const [peoplePass, judgePass] = [of((one) => one.peoplePass), of((one) => one.judgePass)];
  const table = agreementTable(peoplePass.map(Number), judgePass.map(Number), 2);
  const rho = rated.length < 2 ? Number.NaN : spearman(people, judge);
  return {
    labels: rated.length,
    ...defined('alpha', alphaOf(people, judge, 'interval', rated, `${seed} scores`)),
    ...defined('kappa', cohenKappa(table, 'nominal', ALPHA)),
    ...defined('rank', rankCorrelationInterval('spearman', rho, rated.length, ALPHA)),
    raw: rawAgreement(peoplePass, judgePass, ALPHA),
    passes: { people: share(peoplePass), judge: share(judgePass) },
    bias: judgeBias(people, judge, ALPHA),
    criteria: criteriaOf(rated, seed),
  };
}

function criteriaOf(rated: readonly Rated[], seed: string): CriterionAgreement[] {
  const names = [...new Set(rated.flatMap(({ levels }) => levels.map(({ criterion }) => criterion)))];
  return names.map((criterion) => {
    const given = rated.flatMap((one) =>
      one.levels.filter((level) => level.criterion === criterion).map((level) => ({ ...level, cluster: one.cluster })),
    );
    const [people, judge] = [given.map((level) => level.people), given.map((level) => level.judge)];
    const isWhole = [...people, ...judge].every(Number.isInteger);
    const table = isWhole ? agreementTable(people.map(zeroBased), judge.map(zeroBased), given[0]!.of) : undefined;
    return {
      criterion,
      labels: given.length,
      ...(table && defined('kappa', cohenKappa(table, 'quadratic', ALPHA))),
      ...defined('alpha', alphaOf(people, judge, 'ordinal', given, `${seed} ${criterion}`)),
    };
  });
}

const zeroBased = (level: number): number => level - 1;

function alphaOf(
  people: readonly number[],
  judge: readonly number[],
  measurement: Measurement,
  answers: readonly { readonly cluster?: string | undefined }[],
  seed: string,
): Interval {
  const ratings = people.map((score, index) => [score, judge[index]!]);
  const alphaWith = weightedAlpha(ratings, measurement);
  const estimate = alphaWith();
  if (Number.isNaN(estimate)) return { estimate, lower: estimate, upper: estimate };
  const clusterOf = clustersOf(answers.map(({ cluster }) => (cluster === undefined ? {} : { cluster })))?.of;
  const stream = randomStream(seed, 'bootstrap of alpha');
  const draws = bootstrapDraws(alphaWith, { examples: ratings.length, draws: DRAWS, stream, ...(clusterOf && { clusterOf }) });
  return { estimate, lower: sampleQuantile(draws, ALPHA), upper: sampleQuantile(draws, 1 - ALPHA) };
}

function defined<Key extends string>(key: Key, { estimate, lower, upper }: Interval): Partial<Record<Key, Interval>> {
  if (Number.isNaN(estimate)) return {};
  const found: Partial<Record<Key, Interval>> = {};
  found[key] = { estimate, lower, upper };
  return found;
}

const share = (passes: readonly boolean[]): number => passes.filter(Boolean).length / Math.max(1, passes.length);

/** What a judge must show before its scores may block. */
export interface TrustRule {
  readonly leastLabels: number;
  /** What the low end of alpha's interval must reach. */
  readonly leastAgreement: number;
}

/** Why scores of a judge with this agreement must not block; undefined where they may. */
export function distrustOf(agreement: Agreement | undefined, { leastLabels, leastAgreement }: TrustRule): Distrust | undefined {
  if (agreement === undefined || agreement.labels === 0) return { why: 'unlabelled' };
  const { labels, alpha } = agreement;
  if (labels < leastLabels) return { why: 'few-labels', labels, least: leastLabels };
  if (alpha === undefined) return { why: 'uniform-labels', labels };
  return alpha.lower >= leastAgreement ? undefined : { why: 'weak', lower: alpha.lower, least: leastAgreement };
}
