import { picked, placesWhere } from '../domain/sequence.ts';
import { type Amounts, countedAmounts } from '../evaluate/bounds.ts';
import { capsOfShard, type Shard, shardOf } from '../evaluate/shard.ts';
import { costOfCases, type Prepared, planOf } from './look-up.ts';
import type { Measurement } from './measurement.ts';
import type { Case } from './prepare.ts';

/**
 * What one shard asks of what was prepared: its examples, labelled answers among them, with its part of the caps. Looks that end a run early
 * or add repeats to it are at all examples together, so whoever joins the shards has them.
 */
export function partOf(prepared: Prepared, shard: Shard): Prepared {
  const cases = casesOf(prepared, shard);
  return { ...prepared, cases, plan: planOf(cases), settings: { ...prepared.settings, caps: capsFor(prepared, shard) } };
}

function casesOf({ cases }: Prepared, shard: Shard): Case[] {
  return cases.map(({ gate, proposed, ...rest }) => ({ ...rest, ...partly('gate', gate, shard), ...partly('proposed', proposed, shard) }));
}

function partly(name: 'gate' | 'proposed', measurement: Measurement | undefined, shard: Shard): Pick<Case, 'gate' | 'proposed'> {
  const part = measurement && measurementPart(measurement, shard);
  return part === undefined ? {} : { [name]: part };
}

/** Undefined where nothing of it is this shard's. */
function measurementPart(measurement: Measurement, { index, count }: Shard): Measurement | undefined {
  const { subject, evalSet, design } = measurement;
  const isOwn = (id: string): boolean => shardOf(id, count) === index;
  const places = placesWhere(evalSet.examples, ({ id }) => isOwn(id));
  const calibration = evalSet.calibration?.filter(({ id }) => isOwn(id));
  if (places.length === 0 && (calibration ?? []).length === 0) return undefined;
  return {
    ...measurement,
    subject: { ...subject, examples: picked(subject.examples, places) },
    evalSet: { ...evalSet, examples: picked(evalSet.examples, places), ...(calibration && { calibration }) },
    design: { looks: design.looks.slice(0, 1) },
  };
}

function capsFor(prepared: Prepared, shard: Shard): Prepared['settings']['caps'] {
  const { caps } = prepared.settings;
  if (countedAmounts.every((name) => caps[name] === undefined)) return caps;
  return capsOfShard(caps, shard, mostByShard(prepared, shard.count));
}

/** What each shard takes at most if every request is sent once. */
function mostByShard(prepared: Prepared, count: number): Amounts[] {
  const { settings } = prepared;
  return Array.from({ length: count }, (_, nth) => {
    const cases = casesOf(prepared, { index: nth + 1, count });
    return costOfCases(cases, settings).most;
  });
}
