import { createHash } from 'node:crypto';
import type { Caps } from '../domain/policy.ts';
import { type Amounts, countedAmounts } from './bounds.ts';

/** One part of a run that several machines share. */
export interface Shard {
  /** 1-based. */
  readonly index: number;
  readonly count: number;
}

/**
 * The shard of an example, 1 to `count`. It depends on the id alone, so that a row keeps its shard whatever rows come and go, and all that is
 * asked about one example, by every prompt, is asked in one place.
 */
export function shardOf(exampleId: string, count: number): number {
  return 1 + (createHash('sha256').update(exampleId).digest().readUIntBE(0, 6) % count);
}

/** Dollars are split in millionths of millionths, as the ledger counts them. */
const unitsPerUsd = 1e12;

/**
 * A shard's part of caps, in proportion to what each shard takes at most (`most`, by shard). The parts of all shards sum to the cap, whose
 * remainder goes where it falls. Minutes are whole in each: shards run side by side.
 */
export function capsOfShard<Limits extends Caps>(caps: Limits, { index }: Shard, most: readonly Amounts[]): Limits {
  const parts = countedAmounts.flatMap((name) => {
    const cap = caps[name];
    if (cap === undefined) return [];
    const units = name === 'costUsd' ? unitsPerUsd : 1;
    const weights = weightsOf(most.map((amounts) => amounts[name]));
    const upTo = (shards: number): bigint => (whole(cap * units) * sumOf(weights.slice(0, shards))) / sumOf(weights);
    return [[name, Number(upTo(index) - upTo(index - 1)) / units] as const];
  });
  return { ...caps, ...Object.fromEntries(parts) };
}

/** Equal ones where nobody knows what a shard takes, or none takes anything. */
function weightsOf(amounts: readonly (number | undefined)[]): readonly bigint[] {
  const known = amounts.map((amount) => whole((amount ?? 0) * unitsPerUsd));
  return amounts.includes(undefined) || sumOf(known) === 0n ? amounts.map(() => 1n) : known;
}

const sumOf = (numbers: readonly bigint[]): bigint => numbers.reduce((sum, number) => sum + number, 0n);

const whole = (number: number): bigint => BigInt(Math.round(number));
