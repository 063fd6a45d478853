import { createHash } from 'node:crypto';
import { UserError } from '../domain/problem.ts';
import type { OpenShard, ShardEnd } from '../edges/store/shard-folder.ts';
import type { ShardRecord } from '../edges/store/shard-record.ts';
import type { RunOutcome } from '../evaluate/run.ts';
import type { Shard } from '../evaluate/shard.ts';
import type { Stop } from '../evaluate/stop.ts';
import { faultsOf, lookUp, measurementsIn, type Prepared } from './look-up.ts';
import { type Measured, measure, nothingAsked } from './measure.ts';
import { planDigest } from './plan-digest.ts';
import type { Request } from './policy.ts';
import { recall } from './recall.ts';
import { partOf } from './shard-part.ts';
import type { Recalled, World } from './world.ts';

/** What a shard was and came to: no verdict, which only all of them together have. */
export interface Asked {
  readonly shard: Shard;
  /** Trials that are this shard's, and those of the whole run. */
  readonly trials: number;
  readonly of: number;
  readonly calls: number;
  readonly costUsd?: number;
  /** The run that had come to all of it before, so that nothing was asked. */
  readonly recalledFrom?: number;
  /** Why it is not whole. */
  readonly stopped?: Stop;
  /** What is wrong with prompts and eval sets, a sentence each. */
  readonly faults: readonly string[];
  /** 0, or 2 where it could not measure, or 3 for bad input. */
  readonly exitCode: 0 | 2 | 3;
}

const LONGEST_SENTENCE = 4000;

/** A world with a place for what a shard leaves behind. */
export interface ShardWorld extends World {
  openShard(begun: Pick<ShardRecord, 'version' | 'shard' | 'plan'>): OpenShard;
}

/**
 * Asks one shard's part of a check, and leaves what is needed to join it with the others. Where an earlier run had come to all of it, it leaves a
 * note of that, and whoever joins the shards looks for himself. UserError where the settings are wrong.
 */
export async function askShard(request: Request, shard: Shard, world: ShardWorld): Promise<Asked> {
  const startedMs = world.clock.now();
  const prepared = await lookUp(request, world);
  const earlier = await recall(prepared, world);
  if (earlier !== undefined) return recalledShard(earlier, prepared, shard, world);
  const part = partOf(prepared, shard);
  const open = world.openShard({ version: world.version, shard, plan: wholePlan(prepared, world.version) });
  const lasted = () => world.clock.now() - startedMs;
  const measured = await measure(part, { ...worldOfOne(world, shard), shard: open }).catch((error: unknown) => {
    if (error instanceof UserError) open.close(endOf(nothingAsked, lasted(), { reason: 'bad-input', sentence: error.message }));
    throw error;
  });
  const { calls, costUsd, stopped } = measured.outcome;
  open.close(endOf(measured, lasted(), stopped));
  const faults = faultsOf(prepared);
  return {
    shard,
    trials: part.plan.length,
    of: prepared.plan.length,
    calls,
    ...(costUsd !== undefined && { costUsd }),
    ...(stopped && { stopped }),
    faults,
    exitCode: exitCodeOf(stopped, faults, prepared),
  };
}

function recalledShard({ runId }: Recalled, prepared: Prepared, shard: Shard, world: ShardWorld): Asked {
  const open = world.openShard({ version: world.version, shard, plan: wholePlan(prepared, world.version) });
  open.close({ ...endOf(nothingAsked, 0, undefined), recalledFrom: runId });
  return { shard, trials: 0, of: prepared.plan.length, calls: 0, recalledFrom: runId, faults: [], exitCode: 0 };
}

/** SHA-256 (hex) of all that a run asks, whoever asks it: shards with equal ones belong together. */
export function wholePlan({ cases, settings }: Prepared, version: string): string {
  const plan = planDigest(measurementsIn(cases), settings, version);
  return createHash('sha256')
    .update(JSON.stringify([plan, settings.judge, settings.replay ?? null]))
    .digest('hex');
}

/** A shard that was cut off is taken up by the same shard, not by another on the same disk. */
function worldOfOne(world: World, { index, count }: Shard): World {
  const own = (plan: string): string => createHash('sha256').update(`${plan} ${index}/${count}`).digest('hex');
  return { ...world, openJournal: (plan, settings) => world.openJournal?.(own(plan), settings) };
}

function endOf(measured: Measured, durationMs: number, stopped: Stop | undefined): ShardEnd {
  const { outcome, endpoint, refusals } = measured;
  return {
    state: stopped === undefined ? 'whole' : 'stopped',
    ...(stopped && { stopped: { reason: stopped.reason, sentence: stopped.sentence.slice(0, LONGEST_SENTENCE) } }),
    ...(endpoint !== undefined && { endpoint }),
    refusals: [...refusals],
    spent: spentIn(outcome),
    ...(outcome.consulted && { consulted: outcome.consulted }),
    cached: outcome.cached,
    durationMs: Math.round(durationMs),
  };
}

function spentIn({ calls, inputTokens, outputTokens, costUsd }: RunOutcome): ShardRecord['spent'] {
  return { calls, inputTokens, outputTokens, ...(costUsd !== undefined && { costUsd }) };
}

function exitCodeOf(stopped: Stop | undefined, faults: readonly string[], { settings }: Prepared): Asked['exitCode'] {
  if (faults.length > 0 || stopped?.reason === 'bad-input') return 3;
  const isAccepted = stopped === undefined || (stopped.reason === 'budget' && settings.caps.onReached === 'warn');
  return isAccepted ? 0 : 2;
}
