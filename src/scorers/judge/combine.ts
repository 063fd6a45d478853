import type { CriterionScore, Score } from '../../domain/score.ts';
import { quote } from '../quote.ts';
import { type Criterion, levelValue } from './criterion.ts';
import type { Finding } from './verdict.ts';

/** What became of one criterion, with its share in the whole. */
export interface Graded extends CriterionScore {
  readonly weight: number;
  /** A few words for the reader; may quote a model. */
  readonly because: string;
}

/** Each criterion by the median of its levels over all verdicts, with the reason of a verdict nearest to it. */
/** The middle value, or the mean of the two in the middle. */
export function medianOf(criteria: readonly Criterion[], verdicts: readonly (readonly Finding[])[]): readonly Graded[] {
  return criteria.map((criterion, index) => {
    const findings = verdicts.map((verdict) => verdict[index]!);
    const level = median(findings.map((finding) => finding.level));
    const distance = (finding: Finding) => Math.abs(finding.level - level);
    const nearest = findings.reduce((best, finding) => (distance(finding) < distance(best) ? finding : best));
    const { name, weight, levels } = criterion;
    const because = `${name} ${level}/${levels.length}${nearest.reason.trim() === '' ? '' : ` ${quote(nearest.reason)}`}`;
    return { name, value: levelValue(level, criterion), weight, because };
  });
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Room for the rounding of a mean of decimal fractions. */
const rounding = 1e-9;

/** The rubric's score: the weighted mean over its criteria, passing from `passMark` on. */
export function rubricScore(parts: readonly Graded[], passMark: number): Score {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const value = Math.min(1, parts.reduce((sum, part) => sum + part.weight * part.value, 0) / total);
  return {
    value,
    pass: value >= passMark - rounding,
    reason: parts.map(({ because }) => because).join('; '),
    criteria: parts.map(({ name, value: own }) => ({ name, value: own })),
  };
}
