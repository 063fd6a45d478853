import type { Caps, Spend } from '../domain/policy.ts';
import type { AnswerStore, Clock, LanguageModel, OnProgress, Revisions, Scratch } from '../domain/ports.ts';
import type { Amounts } from '../evaluate/bounds.ts';
import type { PlanCost } from '../evaluate/cost.ts';
import type { Settings } from '../settings/settings.ts';

/** What a check needs of the world; the action and the terminal each bring their own. */
export interface World {
  openRevisions(): Promise<Revisions>;
  openModel(models: readonly string[], settings: Settings): Promise<LanguageModel>;
  /** What the model at `endpoint` answered before, opened once, before the first question. Absent or undefined: nothing is kept. */
  openAnswers?(endpoint: string, settings: Settings): Promise<OpenAnswers | undefined>;
  /** Where answers go that do not fit in memory; absent: all stay there. */
  readonly scratch?: Scratch;
  /** What earlier runs on the same pull request used; undefined: unknown. Absent where no pull request is concerned. */
  readonly earlierSpend?: () => Promise<Spend | undefined>;
  /** This tool's version. */
  readonly version: string;
  readonly clock: Clock;
  /** Ends the run early. */
  readonly signal: AbortSignal;
  /** Called once before the first request, and not at all where there is nothing to ask. */
  onPlan(plan: PlanSummary): void;
  readonly onProgress: OnProgress;
}

/** Answers that are kept until they are closed. */
export interface OpenAnswers extends AnswerStore {
  close(): void;
}

/** What a run is about to take. */
export interface PlanSummary extends PlanCost {
  /** What settling may add, caps permitting. */
  readonly settling?: Amounts;
  readonly prompts: number;
  readonly trials: number;
  readonly caps: Caps;
}
