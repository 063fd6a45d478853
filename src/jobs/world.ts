import type { FunctionFile } from '../domain/function.ts';
import type { Caps, Spend } from '../domain/policy.ts';
import type { AnswerStore, Clock, Functions, Journal, LanguageModel, OnProgress, Revisions, Scratch, Tree } from '../domain/ports.ts';
import type { Spent } from '../domain/trial.ts';
import type { PriceList } from '../edges/prices/index.ts';
import type { Recorder } from '../edges/store/recorder.ts';
import type { OpenShard } from '../edges/store/shard-folder.ts';
import type { Amounts } from '../evaluate/bounds.ts';
import type { PlanCost } from '../evaluate/cost.ts';
import type { Report } from '../report/model.ts';
import type { SearchPlanReport } from '../report/search/model.ts';
import type { Settings } from '../settings/settings.ts';
import type { Joined } from './joined.ts';

/** What a check needs of the world; the action and the terminal each bring their own. */
export interface World {
  openRevisions(): Promise<Revisions>;
  openModel(models: readonly string[], settings: Settings): Promise<LanguageModel>;
  /** What models answered before, those without a server of their own at `endpoint`; opened once, before the first question. Absent or undefined: nothing is kept. */
  openAnswers?(endpoint: string, settings: Settings): Promise<OpenAnswers | undefined>;
  /** Where answers go that do not fit in memory; absent: all stay there. */
  readonly scratch?: Scratch;
  /** What earlier runs on the same pull request used; undefined: unknown. Absent where no pull request is concerned. */
  readonly earlierSpend?: () => Promise<Spend | undefined>;
  /** The journal of a plan, by its digest. Absent or undefined: a run that is killed is forgotten. */
  openJournal?(plan: string, settings: Settings): OpenJournal | undefined;
  /** The log of a search, by its digest. Absent or undefined: one that is killed begins anew. */
  openSearchLog?(search: string, settings: Settings): OpenLog | undefined;
  /** A recording to take answers from that was named besides the settings. */
  readReplay?(): Promise<{ readonly path: string; readonly lines: Iterable<Buffer | string> } | undefined>;
  /** Where all answers are recorded; with a replay beside it, what that lacks is asked. */
  openRecorder?(): Recorder;
  /** Takes down what a shard asks; absent: the run is whole. */
  readonly shard?: Pick<OpenShard, 'around'>;
  /** What shards have asked, so that nobody is asked for it again. */
  readonly joined?: Joined;
  /** What is known of earlier searches on the same pull request. Absent where no pull request is concerned. */
  readonly earlierLooks?: (settings: Settings) => Promise<KnownLooks>;
  /** What a published table says of those models' prices at the endpoint; absent or undefined: nothing. */
  readonly listedPrices?: (models: readonly string[], settings: Settings) => Promise<PriceList | undefined>;
  /**
   * Scorer functions from where `policy` is checked out, in which `files` must be as they are there. UserError where that is not so.
   * Absent: none run.
   */
  openFunctions?(files: readonly FunctionFile[], policy: Tree): Promise<Functions>;
  /** What earlier runs came to that claim to be of this digest, newest first. Absent: none is looked for. */
  readonly recall?: (digest: string) => AsyncIterable<Recalled>;
  /** Where requests go where neither inputs nor settings say. */
  readonly fallbackEndpoint?: string;
  /** This tool's version. */
  readonly version: string;
  readonly clock: Clock;
  /** Ends the run early. */
  readonly signal: AbortSignal;
  /** Called once before the first request, and not at all where there is nothing to evaluate. */
  onPlan(plan: PlanSummary): void;
  readonly onProgress: OnProgress;
  /** Called before each search that will spend something. */
  onSearchPlan?(plan: SearchPlanReport): void;
}

/** What an earlier run came to, and which run that was. */
export interface Recalled {
  readonly report: Report;
  readonly runId: number;
}

/** Answers that are kept until they are closed. */
export interface OpenAnswers extends AnswerStore {
  /** `isHurried`: what can wait for a later run is left to it. */
  close(isHurried?: boolean): void | Promise<void>;
}

/** A journal that may hold what an attempt at the same plan left that was cut off. */
export interface OpenJournal extends Journal {
  readonly earlier: Spent;
  /** How much of that was under way when it was cut off. */
  readonly lost: Spent;
  /** `isOver`: nobody is to take the plan up again. */
  close(isOver: boolean): void;
}

/** The looks at confirm rows that a pull request remembers, oldest first; without them nobody knows how many there were. */
export interface KnownLooks {
  readonly looks?: readonly { readonly path: string; readonly text: string; readonly rows: string }[];
}

/** A log that may hold what an attempt at the same left that was cut off. */
interface OpenLog {
  readonly lines: readonly unknown[];
  append(line: object): void;
  /** `isOver`: nobody is to take it up again. */
  close(isOver: boolean): void;
}

/** What a run is about to take. */
export interface PlanSummary extends PlanCost {
  /** What settling may add, caps permitting. */
  readonly settling?: Amounts;
  readonly prompts: number;
  readonly trials: number;
  readonly caps: Caps;
}
