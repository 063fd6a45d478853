import type { Problem } from '../domain/problem.ts';
import type { ShardRecord } from '../edges/store/shard-record.ts';
import type { FoundShard } from '../edges/store/shards.ts';

/** Why shards cannot be joined. */
export interface ShardFault extends Problem {
  /** `broken`: they do not belong together. `incomplete`: something was not measured. `capped`: because a cap was reached. */
  readonly kind: 'broken' | 'incomplete' | 'capped';
}

interface Expected {
  /** Of the plan that whoever joins them would ask. */
  readonly plan: string;
  readonly version: string;
}

interface Readable {
  readonly name: string;
  readonly record: ShardRecord;
}

const anew = 'Run all shards again, and join what they leave.';

/** Everything that keeps shards from being joined; empty where they are a whole. */
export function faultsOfShards(found: readonly FoundShard[], expected: Expected): ShardFault[] {
  if (found.length === 0) return [{ kind: 'incomplete', what: 'No shard left anything behind', fix: 'Run the shards first.' }];
  const readable = found.flatMap(({ name, record }): Readable[] => (record === undefined ? [] : [{ name, record }]));
  const count = Math.max(...readable.map(({ record }) => record.shard.count), 1);
  return [
    ...found.filter(({ record }) => record === undefined).map(unreadable),
    ...otherCounts(readable, count),
    ...Array.from({ length: count }, (_, nth) => oneEach(readable, nth + 1, count)).flat(),
    ...readable.flatMap((shard) => foreign(shard, expected)),
    ...readable.flatMap(({ record }) => unfinished(record)),
    ...unlike(readable),
  ];
}

const nameOf = ({ shard: { index, count } }: ShardRecord): string => `Shard ${index} of ${count}`;

const unreadable = ({ name }: FoundShard): ShardFault => ({
  kind: 'broken',
  what: `What stands in ${name} is no shard that this version can read`,
  fix: anew,
});

function otherCounts(all: readonly Readable[], count: number): ShardFault[] {
  const other = all.find(({ record }) => record.shard.count !== count);
  if (other === undefined) return [];
  return [{ kind: 'broken', what: `${nameOf(other.record)} is there beside one of ${count}`, fix: anew }];
}

function oneEach(all: readonly Readable[], index: number, count: number): ShardFault[] {
  const own = all.filter(({ record }) => record.shard.index === index);
  const of = `Shard ${index} of ${count}`;
  if (own.length === 0)
    return [{ kind: 'incomplete', what: `${of} is missing: it did not run, or what it left was not brought here`, fix: 'Run it again.' }];
  if (own.length === 1) return [];
  const names = own.map(({ name }) => name).join(' and ');
  return [
    { kind: 'broken', what: `${of} is there ${own.length === 2 ? 'twice' : `${own.length} times`}: in ${names}`, fix: 'Bring each once.' },
  ];
}

function foreign({ record }: Readable, { plan, version }: Expected): ShardFault[] {
  if (record.version !== version)
    return [{ kind: 'broken', what: `${nameOf(record)} was run by version ${record.version}, and this is ${version}`, fix: anew }];
  if (record.plan === plan) return [];
  const what = `${nameOf(record)} was asked by another plan: its prompts, examples, settings or inputs are not those of this job`;
  return [{ kind: 'broken', what, fix: `Give all of them the same; or the base branch has moved meanwhile. ${anew}` }];
}

function unfinished(record: ShardRecord): ShardFault[] {
  const { state, stopped, recalledFrom } = record;
  const of = nameOf(record);
  if (recalledFrom !== undefined) {
    const what = `${of} asked nothing, since run ${recalledFrom} had come to this, and this job does not find what that was`;
    return [{ kind: 'incomplete', what, fix: 'Give it `actions: read` as the shards have it; or run all of them again.' }];
  }
  if (state === 'whole') return [];
  if (state === 'running' || stopped === undefined)
    return [{ kind: 'incomplete', what: `${of} was cut off before its end`, fix: 'Run it again: what it was answered is in its cache.' }];
  const sentence = stopped.sentence.replace(/\.$/, '');
  switch (stopped.reason) {
    case 'budget':
      return [{ kind: 'capped', what: `${of} ended by a cap, of which it has its part. ${sentence}` }];
    case 'cancelled':
      return [{ kind: 'incomplete', what: `${of} was cancelled. ${sentence}`, fix: 'Run it again.' }];
    case 'bad-input':
      return [{ kind: 'broken', what: `${of} could not run. ${sentence}` }];
    default:
      return [{ kind: 'incomplete', what: `${of} could not measure. ${sentence}`, fix: 'Run it again.' }];
  }
}

/** Answers of different servers, or asked with different parameters, are no one run's. */
function unlike(all: readonly Readable[]): ShardFault[] {
  const asked = all.filter(({ record }) => record.state === 'whole' && record.endpoint !== undefined);
  const [first, ...others] = asked;
  return others.flatMap(({ record }): ShardFault[] => {
    const [of, one] = [nameOf(record), nameOf(first!.record)];
    if (record.endpoint !== first!.record.endpoint)
      return [{ kind: 'broken', what: `${of} asked ${record.endpoint}, and ${one} ${first!.record.endpoint}`, fix: anew }];
    const [withheld, firstWithheld] = [record, first!.record].map(
      ({ refusals }) => refusals.map(({ model, parameter }) => `${parameter} for ${model}`).join(', ') || 'nothing',
    );
    if (withheld === firstWithheld) return [];
    const what = `The server refused ${withheld} to ${of.toLowerCase()}, and ${firstWithheld} to ${one.toLowerCase()}`;
    return [{ kind: 'broken', what, fix: `Remove that parameter from the settings. ${anew}` }];
  });
}
