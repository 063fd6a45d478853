import { sentence } from '../domain/problem.ts';
import { type FoundShard, findShards } from '../edges/store/shards.ts';
import { overall } from '../gate/status.ts';
import { compared } from './check.ts';
import { joinedOf, spentBy, withShards } from './joined.ts';
import { lookUp, type Prepared } from './look-up.ts';
import { nothingAsked } from './measure.ts';
import type { Request } from './policy.ts';
import { recall, recalled } from './recall.ts';
import { type Checked, reportOf, runOf } from './report.ts';
import { wholePlan } from './shard.ts';
import { faultsOfShards, type ShardFault } from './shard-faults.ts';
import type { World } from './world.ts';

/**
 * The check of a run whose questions several machines have asked, a shard each: once all of them are there and belong together, it is what one
 * machine would have said. What an earlier run had come to that asked the same stands, whatever the shards found. UserError where the settings are wrong, or a folder cannot be read.
 */
export async function merge(request: Request, folders: readonly string[], world: World): Promise<Checked> {
  const startedMs = world.clock.now();
  const prepared = await lookUp(request, world);
  if (prepared.plan.length === 0) return compared(prepared, world, startedMs);
  const found = findShards(folders);
  const earlier = await recall(prepared, world);
  if (earlier !== undefined) return recalled(earlier, prepared, runOfShards(found, prepared, world));
  const faults = faultsOfShards(found, { plan: wholePlan(prepared, world.version), version: world.version });
  if (faults.length > 0) return refused(prepared, found, faults, world);
  const told = found.flatMap(({ read }) => read() ?? []);
  if (told.length < found.length) return refused(prepared, found, found.flatMap(damaged), world);
  const joined = joinedOf(recordsIn(found), told, mayAskMore(prepared));
  return compared(prepared, { ...world, joined }, startedMs - joined.spent.durationMs);
}

const recordsIn = (found: readonly FoundShard[]) => found.flatMap(({ record }) => record ?? []);

/** Further repeats are asked once all shards are together; nothing else is. */
function mayAskMore({ cases }: Prepared): boolean {
  return cases.some(({ gate }) => gate?.models.base !== undefined && gate.design.looks.length > 1);
}

function damaged({ name, read }: FoundShard): ShardFault[] {
  if (read() !== undefined) return [];
  return [
    {
      kind: 'broken',
      what: `The answers in ${name} are not as the shard wrote them`,
      fix: 'Bring them here again, or run that shard again.',
    },
  ];
}

/** No verdict, but what the shards spent. */
function refused(prepared: Prepared, found: readonly FoundShard[], faults: readonly ShardFault[], world: World): Checked {
  const { settings } = prepared;
  const verdict = faults.some(({ kind }) => kind === 'broken') ? 'bad-input' : 'could-not-measure';
  const isAccepted = settings.caps.onReached === 'warn' && faults.every(({ kind }) => kind === 'capped');
  return {
    report: { ...reportOf(prepared, nothingAsked, []), ...overall([{ verdict, passed: isAccepted }]), problems: faults.map(sentence) },
    run: runOfShards(found, prepared, world),
    trials: [],
  };
}

/** What shards spent, whatever comes of it. */
function runOfShards(found: readonly FoundShard[], { pullRequest }: Prepared, { version }: World): Checked['run'] {
  const spent = spentBy(recordsIn(found));
  return runOf({ ...nothingAsked, outcome: withShards(nothingAsked.outcome, spent) }, spent.durationMs, version, pullRequest);
}
