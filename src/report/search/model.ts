import type { Claim, FindingLabel, FindingReason, StopReason } from '../../domain/finding.ts';
import type { ArmScore, Effect } from '../../domain/verdict.ts';
import type { Hunk } from '../../prompts/hunks.ts';

/** Requests, and what they cost; USD is absent where a price is unknown. */
export interface Dollars {
  readonly calls: number;
  readonly usd?: number;
}

/** What a search will do, known before it spends anything. */
export interface SearchPlanReport {
  readonly path: string;
  /** Rows it chooses on, and rows that only its choice meets. */
  readonly search: number;
  readonly confirm: number;
  /** Most that it may use. */
  readonly budget: Dollars;
  /** Most that it can use. */
  readonly worst: Dollars;
  /** Set aside for the confirmation. */
  readonly reserve: Dollars;
  /** The smallest gain that the confirmation finds four times in five; 1: none. */
  readonly detectable: number;
  readonly look: LookReport;
  /** What keeps it from being more. */
  readonly because: readonly FindingReason[];
}

/** How often the confirm rows have been looked at, this time included, and what this look may spend of the error rate. */
interface LookReport {
  readonly number: number;
  readonly alpha: number;
}

/** What a search for a better version of a prompt came to. */
export interface SearchReport {
  readonly finding: FindingLabel;
  readonly because: readonly FindingReason[];
  readonly stopped?: StopReason;
  readonly seed: number;
  /** Absent where nothing was searched. */
  readonly plan?: SearchPlanReport;
  /** As the search counts it: an answer that had been kept counts as if it had been asked for. */
  readonly spent: Dollars;
  readonly candidates: number;
  readonly rounds: number;
  /** Present where a version met the confirm rows. */
  readonly evidence?: EvidenceReport;
  /** Present unless the finding is `none`. */
  readonly suggestion?: SuggestionReport;
}

export interface EvidenceReport {
  readonly claim: Claim;
  /** The mean difference on the confirm rows, drawn towards zero. */
  readonly gain: number;
  /** Suggested version − incumbent on the confirm rows, with its interval. */
  readonly effect: Effect;
  /** One-sided p-value. */
  readonly p: number;
  readonly look: LookReport;
}

/** A version that is proposed. Its text is hostile: a model may have written it. */
export interface SuggestionReport {
  /** The whole file. */
  readonly text: string;
  /** SHA-256 (hex) of it. */
  readonly hash: string;
  /** Whether there is no such file yet. */
  readonly isNew: boolean;
  readonly hunks: readonly Hunk[];
  /** The same as a unified diff. */
  readonly patch: string;
  /** By whom its changes were made and why, the first one first. */
  readonly changes: readonly { readonly operator: string; readonly why: string }[];
  /** About, at four bytes a token. */
  readonly tokens: Change;
  /** Of 1,000 requests like those of the confirm rows. */
  readonly usdPer1000?: Change;
}

/** Of the incumbent and of the suggested version. */
interface Change {
  readonly before: number;
  readonly after: number;
}

/** What an `optimize` job ends in. Depends on inputs and answers alone. */
export interface OptimizeReport {
  readonly path: string;
  /** Where the prompt came from, and where settings and eval set did. */
  readonly head: { readonly sha: string };
  readonly policy: { readonly sha: string };
  readonly exitCode: 0 | 2 | 3;
  /** Why the version to improve could not be measured. */
  readonly problem?: string;
  readonly evalSet: { readonly path: string; readonly digest: string; readonly examples: number };
  readonly model: string;
  /** The prompt as it is, on all examples. */
  readonly incumbent?: ArmScore;
  readonly search: SearchReport;
  readonly notes: readonly string[];
}
