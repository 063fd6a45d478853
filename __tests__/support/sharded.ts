import { join } from 'node:path';
import { openShard } from '../../src/edges/store/shard-folder.ts';
import { check } from '../../src/jobs/check.ts';
import { merge } from '../../src/jobs/merge.ts';
import { filesOf } from '../../src/jobs/published.ts';
import type { Checked } from '../../src/jobs/report.ts';
import { type Asked, askShard } from '../../src/jobs/shard.ts';
import type { World } from '../../src/jobs/world.ts';
import { type InMemoryPullRequest, requestOf, worldOf } from './in-memory.ts';
import { answer, type ModelScript, scriptedModel } from './scripted-model.ts';

/** A pull request, how the model takes it, and what of the world is otherwise than usual. */
export interface ShardedPull extends InMemoryPullRequest {
  readonly script?: Partial<ModelScript>;
  readonly version?: string;
  readonly signal?: AbortSignal;
  readonly recall?: NonNullable<World['recall']>;
}

const modelOf = ({ reply = () => answer('ok'), script }: ShardedPull) => scriptedModel({ reply, ...script });

function worldFor(pull: ShardedPull) {
  const model = modelOf(pull);
  const { version, signal, recall } = pull;
  const changed = { ...(version !== undefined && { version }), ...(signal && { signal }), ...(recall && { recall }) };
  return { model, world: { ...worldOf(pull, model), ...changed } };
}

/** Asks the shard into a folder of that number below `folder`. */
export async function shardInMemory(pull: ShardedPull, folder: string, index: number, count: number): Promise<Asked> {
  const { world } = worldFor(pull);
  return askShard(requestOf(pull), { index, count }, { ...world, openShard: (begun) => openShard(join(folder, String(index)), begun) });
}

/** Joins what is in folders; with the requests that were still asked. */
export async function mergedInMemory(pull: ShardedPull, ...folders: readonly string[]): Promise<Checked & { readonly asked: number }> {
  const { world, model } = worldFor(pull);
  return { ...(await merge(requestOf(pull), folders, world)), asked: model.asked.length };
}

/** The same on one machine. */
export async function wholeInMemory(pull: ShardedPull): Promise<Checked> {
  return check(requestOf(pull), worldFor(pull).world);
}

/** What depends on inputs and answers alone, as it is published. */
export function lasting(checked: Checked): Readonly<Record<string, string>> {
  const { 'report.json': report, 'trials.jsonl': trials, 'report.sarif': sarif, 'junit.xml': junit } = filesOf(checked);
  return Object.fromEntries(Object.entries({ report, trials, sarif, junit }).map(([name, text]) => [name, Array.from(text).join('')]));
}
