import { resolve } from 'node:path';
import { UserError } from '../domain/problem.ts';
import { progressLog } from '../edges/actions/progress.ts';
import { realClock } from '../edges/clock.ts';
import { GitHubRefusal } from '../edges/github/refusal.ts';
import { keepHeapSmall } from '../edges/small-heap.ts';
import { check } from '../jobs/check.ts';
import { merge } from '../jobs/merge.ts';
import type { Request } from '../jobs/policy.ts';
import { type Checked, notBegun } from '../jobs/report.ts';
import type { World } from '../jobs/world.ts';
import { progressTeller } from '../report/index.ts';
import { version } from '../version.ts';
import { announce, announceHurriedly } from './announce.ts';
import { openMemory } from './memory.ts';
import type { Occasion } from './occasion.ts';
import { recallFrom } from './outcomes.ts';
import { askShardOf } from './shard.ts';
import { requestOf, worldOf } from './world.ts';

/** Compares the prompts that the event changed, and says so wherever it may; a shard of that only asks. Gives the exit code. */
export async function checkEvent(occasion: Occasion): Promise<number> {
  if (occasion.inputs.shard !== '') return askShardOf(occasion);
  return evaluated(occasion, check);
}

/** The same from what the shards of this workflow run asked, once all of them have ended. */
export async function mergeShards(occasion: Occasion): Promise<number> {
  const { shard, shards } = occasion.inputs;
  if (shard !== '') throw new UserError({ file: 'shard', what: '`job: merge` takes all shards', fix: 'Leave it out.' });
  return evaluated(occasion, (request, world) => merge(request, [resolve(shards)], world));
}

async function evaluated(occasion: Occasion, job: (request: Request, world: World) => Promise<Checked>): Promise<number> {
  keepHeapSmall();
  const memory = openMemory(occasion);
  const progress = progressLog(realClock, progressTeller(realClock.now()));
  const world = { ...worldOf(occasion, progress), ...memory.world, ...recallFrom(occasion) };
  const { report, run, ...rest } = await job(requestOf(occasion), world)
    .catch(asReport)
    .finally(() => progress.stop());
  const checked: Checked = { ...rest, report, run: { ...run, runUrl: occasion.run.url } };
  const exitCode = await (world.signal.aborted ? announceHurriedly(checked, occasion) : announce(checked, occasion, memory));
  await memory.save();
  return exitCode;
}

/** What a run ends in that could not begin. Faults of our own are passed on. */
export function asReport(error: unknown): Checked {
  if (!(error instanceof UserError)) throw error;
  return notBegun(error instanceof GitHubRefusal && error.isOutage ? 'could-not-measure' : 'bad-input', error, version);
}
