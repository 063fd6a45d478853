import type { Change } from './change.ts';
import type { Example } from './evalset.ts';
import type { FunctionRequest, ScorerFunction } from './function.ts';
import type { JsonObject } from './json.ts';
import type { Score } from './score.ts';
import type { Answer, Failure, ModelRequest, Spent } from './trial.ts';

/** Something that answers chat completions. One call is one attempt: retries belong to the engine. */
export interface LanguageModel {
  /** Where requests go, for the report: a URL without credentials and query, or `offline`. */
  readonly endpoint: string;
  /** Never throws: what goes wrong is a Failure. `heard` is called, once at most, with what the server says of its limits in reply. */
  ask(request: ModelRequest, signal: AbortSignal, heard?: (limits: RateLimits) => void): Promise<Answer | Failure>;
  /** Parameters that the server refused for this model so far and that it is no longer sent, in a stable order. */
  refusedParameters(model: string): readonly string[];
  close(): Promise<void>;
}

/** A server's limit on one model as it stands after a reply. */
export interface RateLimit {
  /** How much there is when it is whole. */
  readonly limit?: number;
  readonly remaining: number;
  /** Until it is whole again. */
  readonly resetMs: number;
}

export interface RateLimits {
  readonly requests?: RateLimit;
  readonly tokens?: RateLimit;
}

/** The files of one revision, below the working directory. */
export interface Tree {
  /** Full commit SHA, or a name such as `working tree`. */
  readonly revision: string;
  /** The folder on this machine that it is; absent: a commit. */
  readonly folder?: string;
  /** All file paths, sorted. Symbolic links and submodules are left out. */
  list(): Promise<readonly string[]>;
  /** The file's text as UTF-8, or undefined where there is no such file. UserError above 64 MB. */
  read(path: string): Promise<string | undefined>;
  /** The file where it is large; undefined where it is small enough to be read, or not there. Absent: no file is large. */
  openLarge?(path: string): Promise<LargeFile | undefined>;
}

/** A file of which a part at a time is in memory. It stays readable for as long as the process lives. */
export interface LargeFile {
  readonly sizeBytes: number;
  /** `length` bytes from `offset` on, fewer at the end; valid until the next read. UserError where the file was changed since it was opened. */
  read(offset: number, length: number): Uint8Array;
}

/** The three places things are read from, and what differs between two of them. */
export interface Revisions {
  /** Where prompts' base texts come from: the merge base. */
  readonly base: Tree;
  /** Where prompts' new texts come from. */
  readonly head: Tree;
  /** Where policy comes from (settings, eval sets): the tip of the base branch; on a terminal the working tree. */
  readonly policy: Tree;
  /** base → head, paths below the working directory. */
  readonly changes: readonly Change[];
  /** Whether `.github/workflows/` (of the whole repository) was touched. */
  readonly touchesWorkflows: boolean;
}

/**
 * How grading asks a model, such as a judge: paid from the run's ledger and retried like any question of the run. Equal requests are asked
 * once within a run for each repeat of the trial; `repeat` (0-based, default 0) tells further draws of one request apart. Never rejects.
 */
export type Consult = (request: ModelRequest, repeat?: number) => Promise<Answer | Failure>;

/**
 * Says what an answer to an example is worth; made by the scorers from an eval set's specs. Synchronous wherever nobody is consulted.
 * A Failure says that it could not be found out, which is no score of zero.
 */
export type GradeAnswer = (answer: Answer, example: Example, consult: Consult) => Score | Promise<Score | Failure>;

/** How grading gives an answer to a scorer function of the user's own. Never rejects. */
export type CallFunction = (fn: ScorerFunction, request: FunctionRequest) => Promise<{ readonly reply: JsonObject } | Failure>;

/** Scorer functions while a run lasts. */
export interface Functions {
  readonly call: CallFunction;
  /** Ends every program that was started. */
  close(): Promise<void>;
}

/**
 * Answers by what was asked, so that nothing is paid for twice. A key is the SHA-256 (64 hexadecimal digits) of all that is sent, and of the
 * repeat. No method throws: a store in trouble knows nothing and keeps nothing.
 */
export interface AnswerStore {
  has(key: string, request: ModelRequest): boolean;
  /** A Failure: it was asked before in vain, or must not be asked. */
  find(key: string, request: ModelRequest): Answer | Failure | undefined;
  /** Once it returns, the answer outlives this process, however that ends. */
  keep(key: string, answer: Answer, request: ModelRequest): void;
  /** It was asked to the end in vain. Absent: nobody wants to know. */
  failed?(key: string, failure: Failure): void;
}

/** What grading one answer may ask of a model: declared by whoever consults, so that it stands in the plan before the first call. */
export interface ConsultBound {
  readonly model: string;
  /** Calls for each graded answer, at most. */
  readonly calls: number;
  /** Tokens of each call, at most. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** What a call likely takes; absent: as much as it can. */
  readonly expected?: { readonly inputTokens: number; readonly outputTokens: number };
}

/** Room on disk for as long as the process lives. */
export interface Scratch {
  /** Where the bytes stand, for `read`; undefined where there is no room for them. */
  append(bytes: Uint8Array): number | undefined;
  /** Valid until the next read. */
  read(offset: number): Uint8Array;
}

/**
 * Calls as they are made, written down before they are sent and once their fate is known, so that a run that is killed can be taken up again
 * and what it spent is not forgotten. No method throws.
 */
export interface Journal {
  /** A call is about to be sent that takes at most this; gives its number. */
  called(most: Spent): number;
  settled(call: number, used: Spent): void;
}

/** Where a run stands. */
export interface Progress {
  /** Trials, with those that ended without a score. */
  readonly done: number;
  readonly total: number;
  /** Trials that ended without a score. */
  readonly failed: number;
  /** Requests sent, retries included. */
  readonly calls: number;
  /** What they cost so far; absent where a price is unknown. */
  readonly costUsd?: number;
}

/** Called as trials finish. */
export type OnProgress = (so: Progress) => void;

/** Time, so that waiting can be tested without waiting. */
export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Runs `then` once `ms` have passed, unless the function that it gives back is called before. */
  after(ms: number, then: () => void): () => void;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
