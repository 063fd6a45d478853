import { solvePositive } from '../stats/cholesky.ts';
import { type Candidate, INCUMBENT } from './candidate.ts';
import { type Lead, leadsOf, weightOf } from './leads.ts';
import { inAll, inCommon, type Pedigree, pedigreeOf } from './pedigree.ts';
import type { Standing } from './race.ts';
import type { SearchState } from './state.ts';

/**
 * What a change of the incumbent is expected to gain; a change of a version that was changed already, nothing. In GEPA's published runs the seed
 * prompt's children that passed its gate gained 4.9 points and 81 % of them gained at all, later ones 0.3 points less than nothing.
 */
const FIRST_GAIN = 0.03;
/** Standard deviation of that expectation from one prompt and proposer to another: the first candidates tell. */
const FIRST_GAIN_SD = 0.04;
/** Standard deviation of what single changes gain. */
const CHANGE_SD = 0.06;
/** Standard deviation of what a merge brings beyond the sum of its changes. */
const MERGE_SD = 0.02;
/**
 * Variance of a single row's difference: the part that a change carries into whatever it becomes part of, each version's luck, and the incumbent's,
 * against which all of them are held. Together the share of rows that flip between recorded prompts.
 */
const ROW_VARIANCE = 0.08;
const LUCK_VARIANCE = 0.05;
const INCUMBENT_VARIANCE = 0.02;

const known = new WeakMap<SearchState, readonly number[]>();

/**
 * What a version can be expected to gain over the incumbent, in view of all that was asked about it and about its relatives: best linear unbiased
 * prediction, as breeders judge an animal by its kin (Henderson, Biometrics 31:423, 1975). Changes add up, up to a little; a lucky version is not
 * believed at its word, a version is held to what became of its children, and a merge is expected to be what its parts promise before a row is asked.
 */
export function expectedGain(state: SearchState, id: number): number {
  const gains = known.get(state) ?? predict(state);
  known.set(state, gains);
  return gains[id]!;
}

function predict(state: SearchState): readonly number[] {
  const { candidates } = state;
  const pedigree = pedigreeOf(candidates);
  const leads = leadsOf(state);
  const prior = priorOf(candidates, pedigree);
  const seen = candidates.map(({ id }) => id).filter((id) => leads[id]!.weights.size > 0);
  const variance = seen.map((one) =>
    Float64Array.from(seen, (other) => prior.covariance(one, other) + noiseOf(pedigree, leads, prior.isEdit, one, other)),
  );
  const surprise = seen.map((id) => leads[id]!.mean - prior.means[id]!);
  const weights = solvePositive(variance, surprise);
  return candidates.map(({ id }) => seen.reduce((gain, one, at) => gain + prior.covariance(id, one) * weights[at]!, prior.means[id]!));
}

/** What is believed of the gains before a row is asked. */
interface Prior {
  readonly means: readonly number[];
  readonly covariance: (one: number, other: number) => number;
  /** By change, 1 for an edit and 0 for a merge. */
  readonly isEdit: Float64Array;
}

function priorOf(candidates: readonly Candidate[], pedigree: Pedigree): Prior {
  const isEdit = Float64Array.from(candidates, ({ id, ancestor }) => Number(id !== INCUMBENT && ancestor === undefined));
  const isFirst = Float64Array.from(candidates, ({ id, parents }) => isEdit[id]! * Number(parents[0] === INCUMBENT));
  const variances = isEdit.map((edit) => (edit === 1 ? CHANGE_SD ** 2 : MERGE_SD ** 2));
  const firsts = pedigree.map((version) => inAll(version, isFirst));
  return {
    means: firsts.map((count) => FIRST_GAIN * count),
    covariance: (one, other) => inCommon(pedigree[one]!, pedigree[other]!, variances) + FIRST_GAIN_SD ** 2 * firsts[one]! * firsts[other]!,
    isEdit,
  };
}

/** Covariance of two versions' mean leads about their gains: what shared changes do to shared rows, the incumbent's luck, and each version's own. */
function noiseOf(pedigree: Pedigree, leads: readonly Lead[], isEdit: Float64Array, one: number, other: number): number {
  const [mine, theirs] = [leads[one]!.weights, leads[other]!.weights];
  const shared = one === other ? mine : new Map([...mine].filter(([row]) => theirs.has(row)));
  const perRow =
    ROW_VARIANCE * inCommon(pedigree[one]!, pedigree[other]!, isEdit) + INCUMBENT_VARIANCE + (one === other ? LUCK_VARIANCE : 0);
  return (perRow * weightOf(shared.values())) / (weightOf(mine.values()) * weightOf(theirs.values()));
}

/** How far a version is expected to be ahead of the better of those it was made from. */
export function expectedLead(state: SearchState, id: number): number {
  return expectedGain(state, id) - Math.max(...state.candidates[id]!.parents.map((parent) => expectedGain(state, parent)));
}

export function standingOf(state: SearchState, id: number): Standing {
  return { id, tokens: state.candidates[id]!.tokens, gain: expectedGain(state, id), lead: expectedLead(state, id) };
}
