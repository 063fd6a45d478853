import { UserError } from '../domain/problem.ts';
import { progressLog } from '../edges/actions/progress.ts';
import { realClock } from '../edges/clock.ts';
import { freshFolder } from '../edges/report-files.ts';
import { keepHeapSmall } from '../edges/small-heap.ts';
import { openShard } from '../edges/store/shard-folder.ts';
import { askShard, type ShardWorld } from '../jobs/shard.ts';
import { readShard } from '../jobs/shard-name.ts';
import { progressTeller } from '../report/index.ts';
import { openMemory } from './memory.ts';
import type { Occasion } from './occasion.ts';
import { recallFrom } from './outcomes.ts';
import { publishShard } from './publish.ts';
import { requestOf, worldOf } from './world.ts';

/** A shard says what it asked in one line, and publishes nothing: the job that merges does. Gives the exit code. */
export async function askShardOf(occasion: Occasion): Promise<number> {
  keepHeapSmall();
  const { inputs, env } = occasion;
  const shard = readShard(inputs.shard, 'shard');
  if (inputs.record !== '')
    throw new UserError({ file: 'record', what: 'a shard is taken down as it is', fix: 'Give it to the job that merges.' });
  const memory = openMemory(occasion, `${shard.index}/${shard.count}`);
  const progress = progressLog(realClock, progressTeller(realClock.now()));
  const folder = await freshFolder(env['RUNNER_TEMP'] ?? '.', 'prompt-ratchet-shard');
  const world: ShardWorld = {
    ...worldOf(occasion, progress),
    ...memory.world,
    ...recallFrom(occasion),
    openShard: (begun) => openShard(folder, begun),
  };
  const asked = await askShard(requestOf(occasion), shard, world).finally(() => progress.stop());
  await publishShard(asked, folder);
  await memory.save();
  return asked.exitCode;
}
