import { createHash } from 'node:crypto';
import type { OperatorName } from '../domain/operator.ts';
import type { ModelParams } from '../domain/prompt.ts';
import type { TaskSignature } from '../domain/signature.ts';
import type { Effect, Pair } from '../domain/verdict.ts';
import type { PastLooks } from './looks.ts';
import type { SearchRow } from './row.ts';
import type { Budget, Spend } from './spend.ts';

/** The model that proposes edits, apart from the one that the prompt runs on. */
export interface Proposer {
  readonly model: string;
  readonly params: ModelParams;
}

/** What one attempt uses at most. */
export interface Costs {
  /** At one row under any version that the filters let pass, its judge included. */
  readonly trial: Spend;
  /** At one request to the proposer. */
  readonly proposal: Spend;
}

/** Hard limits that hold whatever a version scores. */
export interface Limits {
  /** Versions that are tried. */
  readonly candidates?: number;
  /** Tokens of the prompt file. */
  readonly tokens?: number;
  /** 95th percentile of the answers' latency. */
  readonly latencyMs?: number;
}

/** Everything that decides a search besides the answers it gets: equal setups and equal answers give equal findings. */
export interface SearchSetup {
  readonly path: string;
  /** The text to improve: the pull request's. */
  readonly incumbent: string;
  /** The examples that the incumbent has a score for. One whose trial failed tells nothing and is left out. */
  readonly rows: readonly SearchRow[];
  readonly seed: string;
  readonly budget: Budget;
  readonly costs: Costs;
  /** Absent: only operators that need none. */
  readonly proposer?: Proposer;
  readonly operators: readonly OperatorName[];
  /** Present where the incumbent is the plainest draft that this makes. */
  readonly signature?: TaskSignature;
  readonly pastLooks: PastLooks;
  /** Mean score at which there is nothing left to search for, in (0, 1]; absent: none. */
  readonly threshold?: number;
  /** The least gain that is worth a change, in [0, 1). */
  readonly leastGain: number;
  /** The tolerated drop, for the claim that a shorter version is no worse. */
  readonly margin: number;
  readonly limits: Limits;
  /** Wording that every version must have as often as the incumbent; absent: none. */
  readonly protect?: readonly string[];
  readonly countTokens: (text: string) => number;
  /** The paired effect with the interval that suits the scores, each end one-sided at `alpha`. */
  readonly effectOf: (pairs: readonly Pair[], alpha: number) => Effect;
}

/** SHA-256 (hex) of all that is data in a setup: the log of a search counts for no other. */
export function setupDigest({ countTokens: _countTokens, effectOf: _effectOf, ...setup }: SearchSetup): string {
  return createHash('sha256').update(JSON.stringify(setup)).digest('hex');
}
