import { createHash } from 'node:crypto';
import type { Caveat, Refusal } from '../domain/finding.ts';
import { smallestGainFound } from '../stats/mcnemar-power.ts';
import { nextLook, type PlannedLook } from './looks.ts';
import { BREADTH, firstSlice, RACE_ROWS } from './race.ts';
import type { SearchSetup } from './setup.ts';
import { affordable, covers, left, plus, type Spend, times } from './spend.ts';
import { splitRows } from './split.ts';

/** Confirm rows below which nothing is called verified: on fewer, only gains above twenty points are found. */
const FEWEST_TO_VERIFY = 20;
/** Confirm rows below which not even a suggestion is made. */
const FEWEST_TO_SUGGEST = 6;
const FEWEST_SEARCH_ROWS = 4;
/** Mean score on the search rows from which there is nothing to gain. */
const NO_HEADROOM = 0.97;
/** Share of the confirm calls that is set aside for retries. */
const RETRIES = 0.05;
/** Chance with which the smallest gain that is printed is found. */
const POWER = 0.8;
/** Share of rows that flip between two versions, where nothing is on record: 6 to 22 % between recorded prompts. */
const USUAL_DISCORDANCE = 0.15;
/** Nothing on record is so alike that fewer would flip. */
const LEAST_DISCORDANCE = 0.05;

/** What a search will do, known before it spends anything. */
export interface SearchPlan {
  readonly search: readonly string[];
  readonly confirm: readonly string[];
  /** SHA-256 (hex) that names the confirm rows. */
  readonly confirmDigest: string;
  /** Set aside for the confirmation; the search cannot touch it. */
  readonly reserve: Spend;
  /** Most that all of it can use. */
  readonly worst: Spend;
  /** What a finding may spend of alpha, as far as it is known before its text is. */
  readonly look: PlannedLook;
  /** The smallest gain that the confirmation finds four times in five. */
  readonly detectable: number;
  /** Share of rows that was taken to flip for that. */
  readonly discordance: number;
  readonly caveats: readonly Caveat[];
}

/** Plans a search, or says why there is none. Spends nothing. */
export function planSearch(setup: SearchSetup): SearchPlan | { readonly refused: Refusal } {
  const split = splitRows(setup.rows.map(({ example }) => example));
  if (split.search.length < FEWEST_SEARCH_ROWS) return { refused: { rule: 'too-few-rows', rows: setup.rows.length } };
  const score = meanScore(setup, split.search);
  if (score >= NO_HEADROOM) return { refused: { rule: 'no-headroom', score } };
  const count = confirmCount(setup, split);
  if (count === undefined) return { refused: { rule: 'below-floor', ...floorOf(setup, split) } };
  const confirm = firstByHash(split.confirm, count);
  const confirmDigest = digestOf(confirm);
  const look = nextLook(setup.pastLooks, { text: '', rows: confirmDigest });
  const discordance = discordanceOf(setup);
  return {
    search: split.search,
    confirm,
    confirmDigest,
    reserve: reserveFor(setup, count),
    worst: worstOf(setup),
    look,
    discordance,
    detectable: look.alpha === 0 ? 1 : smallestGainFound(count, discordance, look.alpha, POWER),
    caveats: caveatsOf(setup, count, split.confirm.length),
  };
}

/** Calls and dollars of a round of `breadth` candidates up to its second decision. */
export function roundCost({ costs }: SearchSetup, breadth: number, rows: number): Spend {
  const raced = Math.min(RACE_ROWS, rows);
  const first = firstSlice(raced);
  const trials = breadth * first + Math.ceil(breadth / 2) * Math.min(first, raced - first);
  return plus(times(costs.proposal, breadth), times(costs.trial, trials));
}

function reserveFor({ costs }: SearchSetup, count: number): Spend {
  return plus(times(costs.trial, count), times(costs.trial, Math.ceil(RETRIES * count)));
}

interface Sizes {
  readonly search: readonly string[];
  readonly confirm: readonly string[];
}

/** As many confirm rows as the budget pays for beside a whole round; on a small one, beside a round of one candidate. Undefined where it pays for too few. */
function confirmCount(setup: SearchSetup, { search, confirm }: Sizes): number | undefined {
  const each = times(setup.costs.trial, 1 + RETRIES);
  const besides = (breadth: number) => {
    const budget = left(setup.budget, roundCost(setup, breadth, search.length));
    return covers(budget, reserveFor(setup, confirm.length))
      ? confirm.length
      : affordable(left(budget, setup.costs.trial), each, confirm.length);
  };
  const [wide, narrow] = [besides(BREADTH), besides(1)];
  if (wide >= Math.min(FEWEST_TO_VERIFY, confirm.length)) return wide;
  return narrow >= Math.min(FEWEST_TO_SUGGEST, confirm.length) ? Math.min(narrow, FEWEST_TO_VERIFY) : undefined;
}

function floorOf(setup: SearchSetup, { search, confirm }: Sizes): Spend {
  return plus(roundCost(setup, 1, search.length), reserveFor(setup, Math.min(FEWEST_TO_SUGGEST, confirm.length)), setup.costs.trial);
}

function worstOf({ budget, costs }: SearchSetup): Spend {
  const usd = budget.calls * Math.max(costs.trial.usd / Math.max(1, costs.trial.calls), costs.proposal.usd);
  return { calls: budget.calls, usd: Math.min(usd, budget.usd ?? Number.POSITIVE_INFINITY) };
}

function caveatsOf({ pastLooks }: SearchSetup, count: number, of: number): Caveat[] {
  return [
    ...(count < of ? [{ rule: 'part-of-rows', rows: count, of } as const] : []),
    ...(count < FEWEST_TO_VERIFY ? [{ rule: 'few-rows', rows: count, needed: FEWEST_TO_VERIFY } as const] : []),
    ...(pastLooks === 'unreadable' ? [{ rule: 'looks-unknown' } as const] : []),
  ];
}

function meanScore({ rows }: SearchSetup, ids: readonly string[]): number {
  const search = new Set(ids);
  const scores = rows.filter(({ example }) => search.has(example.id)).map(({ incumbent }) => incumbent.score);
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Mean absolute difference between the incumbent and each other version on record. */
function discordanceOf({ rows }: SearchSetup): number {
  const differences = rows.flatMap(({ incumbent, history }) => history.map((score) => Math.abs(score - incumbent.score)));
  if (differences.length < rows.length) return USUAL_DISCORDANCE;
  return Math.max(LEAST_DISCORDANCE, differences.reduce((sum, each) => sum + each, 0) / differences.length);
}

/** The same rows for as long as they are in the set, whatever the budget: fewer are always some of more. */
function firstByHash(ids: readonly string[], count: number): readonly string[] {
  const chosen = new Set(ids.toSorted((one, other) => (hashOf(one) < hashOf(other) ? -1 : 1)).slice(0, count));
  return ids.filter((id) => chosen.has(id));
}

function hashOf(id: string): string {
  return createHash('sha256').update(`confirm order\0${id}`).digest('hex');
}

function digestOf(ids: readonly string[]): string {
  return createHash('sha256').update(ids.toSorted().join('\0')).digest('hex');
}
