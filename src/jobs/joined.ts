import type { AnswerStore, LanguageModel } from '../domain/ports.ts';
import type { Recollection } from '../domain/recollection.ts';
import type { Failure, Spent } from '../domain/trial.ts';
import { answerOf, type Recording } from '../edges/store/recording.ts';
import type { ShardRecord } from '../edges/store/shard-record.ts';
import type { RunOutcome } from '../evaluate/run.ts';
import { plus } from '../evaluate/tally.ts';

/** What all shards of a run asked, as if it had been asked here. */
export interface Joined {
  /** Whether more may be asked than the shards did. */
  readonly asksMore: boolean;
  /** What they were answered, and what they asked in vain, before what another store knows. */
  before(store: AnswerStore | undefined): AnswerStore;
  /** The model as the shards met it. */
  speaksFor(model: LanguageModel): LanguageModel;
  /** What became of the whole run, with what the shards spent. */
  inAll(outcome: RunOutcome): RunOutcome;
  /** What the shards spent together. */
  readonly spent: ShardsSpent;
}

/** What shards spent together. */
export interface ShardsSpent {
  readonly spent: Spent;
  readonly consulted?: Spent;
  readonly cached: number;
  /** The longest of them: they run side by side. */
  readonly durationMs: number;
}

/** What one shard was told. */
export interface Told {
  readonly answers: Recording;
  readonly failures: Recollection<Failure>;
}

/** Joins shards that belong together. Where several asked the same, the first one's answer counts. */
export function joinedOf(records: readonly ShardRecord[], told: readonly Told[], asksMore: boolean): Joined {
  const spent = spentBy(records);
  const { refusals = [], endpoint } = records.find((record) => record.endpoint !== undefined) ?? {};
  const find: AnswerStore['find'] = (key) => {
    const line = first(told, ({ answers }) => answers.get(key));
    return line === undefined ? first(told, ({ failures }) => failures.get(key)) : answerOf(line);
  };
  const has = (key: string) => told.some(({ answers, failures }) => answers.has(key) || failures.has(key));
  return {
    asksMore,
    spent,
    before: (store) => ({
      has: (key, request) => has(key) || (store?.has(key, request) ?? false),
      find: (key, request) => find(key, request) ?? store?.find(key, request),
      keep: (key, answer, request) => store?.keep(key, answer, request),
    }),
    speaksFor: (model) => ({
      ...model,
      endpoint: endpoint ?? model.endpoint,
      refusedParameters: (name) => {
        const told = refusals.filter((refusal) => refusal.model === name).map(({ parameter }) => parameter);
        return [...new Set([...told, ...model.refusedParameters(name)])];
      },
    }),
    inAll: (outcome) => withShards(outcome, spent),
  };
}

/** What shards spent, whatever became of them. */
export function spentBy(records: readonly ShardRecord[]): ShardsSpent {
  const consulted = records.flatMap((record) => record.consulted ?? []);
  return {
    spent: records.map(({ spent }) => spent).reduce(plus, { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }),
    ...(consulted.length > 0 && { consulted: consulted.reduce(plus) }),
    cached: records.reduce((sum, { cached }) => sum + cached, 0),
    durationMs: records.reduce((most, { durationMs }) => Math.max(most, durationMs), 0),
  };
}

/** What is found in the shards is no answer from a cache, and no call is spared that a shard made. */
export function withShards({ costUsd, consulted: own, ...outcome }: RunOutcome, { spent, consulted, cached }: ShardsSpent): RunOutcome {
  const both = [own, consulted].filter((each) => each !== undefined);
  return {
    ...outcome,
    ...plus({ ...outcome, ...(costUsd !== undefined && { costUsd }) }, spent),
    ...(both.length > 0 && { consulted: both.reduce(plus) }),
    cached,
    spared: 0,
  };
}

/** What the first of them that knows it says. */
function first<T, U>(each: readonly T[], of: (one: T) => U | undefined): U | undefined {
  for (const one of each) {
    const said = of(one);
    if (said !== undefined) return said;
  }
  return undefined;
}
