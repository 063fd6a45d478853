import type { FunctionFile } from './function.ts';
import type { Json, JsonObject } from './json.ts';
import type { Message } from './prompt.ts';
import type { Sequence } from './sequence.ts';
import type { TaskSignature } from './signature.ts';

/** One row of an eval set. */
export interface Example {
  /** Unique within its eval set: the row's own, or a hash of its content. */
  readonly id: string;
  /** The text given as the user's message, also available as `{{input}}`. */
  readonly input?: string;
  readonly vars: JsonObject;
  /** Earlier turns of the conversation. */
  readonly messages: readonly Message[];
  /** What a right answer is; its meaning belongs to the scorer. */
  readonly expected?: Json;
  /** An answer that people labelled; present exactly where `human` is. */
  readonly answer?: string;
  /** What people say that answer is worth, a label for each of them; judges are held to it. */
  readonly human?: readonly HumanLabel[];
  readonly tags: readonly string[];
  /** Share of earlier answers to it that passed, in [0, 1]; it orders stages. */
  readonly passRate?: number;
  /** Examples of one cluster share an origin and are not independent. */
  readonly cluster?: string;
  /** Where the row stands, for messages. */
  readonly source: { readonly file: string; readonly line: number };
}

/** What one person says of an answer: a score in [0, 1], whether it passes, or levels (from 1, the worst) by criterion. */
export type HumanLabel = number | boolean | Readonly<Record<string, number>>;

/** A scorer, or a group of them, as the eval set names it, its options already checked against its schema. */
export interface ScorerSpec {
  /** A scorer's kind; for a group how its members come to one score: `all`, `any`, `min` or `mean`. */
  readonly kind: string;
  readonly options: JsonObject;
  /** Share in the score of what it is a member of, > 0. */
  readonly weight: number;
  /** What a group is made of, at least one; absent for a scorer. */
  readonly members?: readonly ScorerSpec[];
}

/** A rule that every answer must keep, as the eval set names it; its options are checked against its schema. */
export interface ConstraintSpec {
  readonly name: string;
  readonly options: JsonObject;
}

/** What examples with a tag are judged by instead of what holds for the whole eval set. */
export interface Override {
  readonly tag: string;
  /** Absent: the eval set's own. */
  readonly scorers?: readonly ScorerSpec[];
  /** Absent: the eval set's own. */
  readonly constraints?: readonly ConstraintSpec[];
}

/** An order of stages as it is written: the line of each of its tags, or the one of `passRate`. */
export interface WrittenStages {
  readonly order: NonNullable<EvalSet['stages']>;
  readonly lines: readonly number[];
}

/** Examples and everything that decides what a right answer is worth. Comes from the base branch. */
export interface EvalSet {
  readonly path: string;
  /** SHA-256 (hex) of examples, scorers, their functions' files and policy: equal digests decide equally. */
  readonly digest: string;
  readonly examples: Sequence<Example>;
  /** Rows that are not asked: labelled answers which judges are held to besides those of the examples. Absent: none. */
  readonly calibration?: readonly Example[];
  /** Rows left out by `skip`. */
  readonly skipped: number;
  readonly scorers: readonly ScorerSpec[];
  /** Hard checks that come first: an answer that breaks one scores 0, whatever the scorers would say. */
  readonly constraints: readonly ConstraintSpec[];
  /** Absent: every example is judged alike. */
  readonly overrides?: readonly Override[];
  /** Files that its scorer functions run; absent: it has no such scorer. */
  readonly functionFiles?: readonly FunctionFile[];
  /** The tolerated drop in score, in (0, 1); absent: the settings' one. */
  readonly margin?: number;
  /** What slices are made of; only tags so far. */
  readonly slices: readonly 'tags'[];
  /** The order of asking: by the rows' `passRate`, or by these tags and then by that. Absent: seeded. */
  readonly stages?: 'passRate' | readonly string[];
  /** Metric name → the least value the head may have, in [0, 1]. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** Runs of each version on each example, ≥ 1; absent: the settings' one. */
  readonly repeats?: number;
  /** What its task takes and gives; it decides nothing. */
  readonly signature?: TaskSignature;
}
