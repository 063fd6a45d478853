// The engine beside promptfoo and a bare loop, one after the other on the same server and rows: `npm run bench:engine`.
//   --only ours,bare,promptfoo,cache,promptfoo-cache,starts   these alone
//   --rows 1000                                               instead of 5,000
//   --minutes 14                                              leaves out what would take longer; nothing is left out by default
//   --million, --large 100000                                 one large eval set and nothing else; --beside says what else runs
// Each part is written to results/engine.json once it is measured, beside what stands there of others.
import { parseArgs } from 'node:util';
import { longParts, type Part, parts } from './engine/parts.ts';
import { installPeer, versions } from './engine/peer.ts';
import { merge } from './engine/results.ts';
import { rounded } from './engine/tables.ts';
import type { Target } from './target.ts';

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    rows: { type: 'string' },
    minutes: { type: 'string' },
    million: { type: 'boolean' },
    large: { type: 'string' },
    beside: { type: 'string', default: 'nothing' },
  },
});

const started = performance.now();
const only = flags.only?.split(',');
const chosen = chosenParts().filter(({ of }) => of === 'large' || only === undefined || only.includes(of));
const isPeerThere = chosen.some(needsPeer) && installPeer();
let targets: readonly Target[] = merge({}, versions());
for (const part of chosen) {
  if (needsPeer(part) && !isPeerThere) continue;
  const leftS = flags.minutes === undefined ? Infinity : 60 * Number(flags.minutes) - (performance.now() - started) / 1000;
  if (part.seconds > leftS) console.log(`left out, for it takes about ${Math.round(part.seconds)} s: ${part.name}`);
  else targets = await measuredPart(part);
}
console.table(targets.map(({ name, target, value, met }) => ({ name, target, value, met })));
const missed = targets.filter(({ met }) => !met);
console.log(missed.length === 0 ? 'every target is met' : `missed: ${missed.map(({ name }) => name).join(', ')}`);

function chosenParts(): Part[] {
  if (flags.million) return [longParts.large(1_000_000, flags.beside)];
  if (flags.large !== undefined) return [longParts.large(Number(flags.large), flags.beside)];
  const usual = parts(flags.rows === undefined ? undefined : Number(flags.rows));
  return only?.includes('promptfoo-cache') ? [...usual, longParts.peerCache()] : usual;
}

function needsPeer({ of }: Part): boolean {
  return of.startsWith('promptfoo');
}

/** A part that fails is said to, and the next one begins. */
async function measuredPart(part: Part): Promise<readonly Target[]> {
  try {
    const fresh = await part.measure();
    for (const row of Object.values(fresh).flat())
      console.log(
        part.name,
        JSON.stringify(row, (_, value: unknown) => (typeof value === 'number' ? rounded(value) : value)),
      );
    return merge(fresh, versions());
  } catch (error) {
    console.error(`${part.name} failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
    return targets;
  }
}
