import type { Consult } from '../../domain/ports.ts';
import type { Failure } from '../../domain/trial.ts';
import { quote } from '../quote.ts';
import { verdictsOf } from './ask.ts';
import { median } from './combine.ts';
import type { Criterion } from './criterion.ts';
import type { Material } from './material.ts';
import { pairQuestion } from './messages.ts';
import type { Judge } from './options.ts';
import { type Preference, readPreference } from './verdict.ts';

/** Which of two answers to one question is better. */
export interface Compared {
  /** 1: the second; 0: the first; 0.5: neither, or every other word of it was the order's. */
  readonly second: number;
  /** Verdicts of a model in both orders, and how many of these named another answer once the order was turned. */
  readonly verdicts: number;
  readonly flipped: number;
  /** A few words for the reader; may quote a model. */
  readonly reason: string;
}

/** The two answers, in the order of their arms. */
export interface Contest {
  readonly first: string;
  readonly second: string;
}

/** Two answers as a judge is shown them. */
export const contestants = ({ first, second }: Contest): readonly Material[] => [
  { name: 'ANSWER A', text: first },
  { name: 'ANSWER B', text: second },
];

/**
 * Asks in both orders, and counts a win only where both name the same answer, else a tie: what follows the order says nothing of the answers (position
 * bias; Zheng et al., arXiv 2306.05685; Shi et al., arXiv 2406.07791). Of a panel the median counts. Equal answers are a tie without a question.
 */
export async function comparePair(
  judge: Judge,
  criteria: readonly Criterion[],
  materials: readonly Material[],
  { first, second }: Contest,
  consult: Consult,
): Promise<Compared | Failure> {
  if (first === second) return { second: 0.5, verdicts: 0, flipped: 0, reason: 'both answers are the same' };
  const inOrder = (contest: Contest) =>
    verdictsOf(judge, pairQuestion(criteria, [...materials, ...contestants(contest)]), readPreference, consult);
  const straight = await inOrder({ first, second });
  if ('kind' in straight) return straight;
  const turned = await inOrder({ first: second, second: first });
  if ('kind' in turned) return turned;
  return summary(straight, turned);
}

function summary(straight: readonly Preference[], turned: readonly Preference[]): Compared {
  const outcomes = straight.map((preference, index) => {
    const [one, other] = [secondOf(preference), 1 - secondOf(turned[index]!)];
    return { value: one === other ? one : 0.5, flipped: Math.abs(one - other) === 1, reason: preference.reason };
  });
  const second = median(outcomes.map(({ value }) => value));
  const told = outcomes.find(({ value }) => value === second) ?? outcomes[0]!;
  return {
    second,
    verdicts: outcomes.length,
    flipped: outcomes.filter(({ flipped }) => flipped).length,
    reason: told.flipped ? 'the judge named whichever answer came first, or last: a tie' : quote(told.reason),
  };
}

/** What a preference gives answer B. */
function secondOf({ better }: Preference): number {
  if (better === 'neither') return 0.5;
  return better === 'B' ? 1 : 0;
}
