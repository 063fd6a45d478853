// Asks 10,000 questions of a server that fails one request in five in every known way, and of one that does not: `node bench/faults.ts`.
// Scores must be the same, and the ledger must count no fewer calls than the server. Keeps what it found in results/faults.json.
import { writeFileSync } from 'node:fs';
import { doublings, failing, rightly, runAgainst, scoresOf } from '../__tests__/support/faulty.ts';

const examples = 5_000;
const plan = doublings(examples);

const startMs = performance.now();
const clean = await runAgainst(rightly, plan, { timeoutMs: 6_000_000, concurrency: 64 });
const cleanMs = performance.now() - startMs;
const broken = await runAgainst(failing('10,000 calls'), plan, { concurrency: 64 });
const [expected, found] = [scoresOf(clean), scoresOf(broken)];

const kept = {
  questions: plan.length,
  node: process.versions.node,
  seconds: { clean: seconds(cleanMs), broken: seconds(performance.now() - startMs - cleanMs) },
  calls: { clean: clean.calls, broken: broken.calls },
  countedByServer: { clean: clean.counted, broken: broken.counted },
  scoresThatDiffer: found.filter((score, index) => score !== expected[index]).length,
  stopped: broken.stopped?.sentence ?? null,
};
writeFileSync(new URL('results/faults.json', import.meta.url), `${JSON.stringify(kept, undefined, 1)}\n`);
console.log(kept);
const isKept = kept.scoresThatDiffer === 0 && broken.counted <= broken.calls && broken.stopped === undefined;
process.exitCode = isKept ? 0 : 1;

function seconds(ms: number): number {
  return Number((ms / 1000).toFixed(1));
}
