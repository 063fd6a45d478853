// How long scoring takes: `npm run bench:scorers`. Each figure is from fresh processes; promises are held by the time of a core that all their threads
// take together, garbage collection included, which a busy machine leaves alone.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { workloads } from './scorers/rows.ts';
import { type ScorersMeasured, scorersTable } from './scorers/table.ts';

const FILE = new URL('results/scorers.json', import.meta.url);
const MEASURE = fileURLToPath(new URL('scorers/measure.ts', import.meta.url));

/** What is promised, in seconds; the rest is measured on fewer rows and promises nothing. */
const promised: Readonly<Record<string, number>> = { classification: 2, extraction: 2 };
const promisedRows = 100_000;
const otherRows = 10_000;
const times = 5;

interface Figure {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly passed: number;
  readonly metrics: readonly string[];
}

const rows = Object.keys(workloads).map((name) => {
  const count = Object.hasOwn(promised, name) ? promisedRows : otherRows;
  const figures = Array.from({ length: times }, () => measured(name, count));
  const least = (read: (figure: Figure) => number) => Number(Math.min(...figures.map(read)).toFixed(2));
  const [first] = figures;
  const row = { name, rows: count, seconds: least(({ seconds }) => seconds), cpuSeconds: least(({ cpuSeconds }) => cpuSeconds) };
  console.error(`${name}: ${row.seconds} s, ${row.cpuSeconds} s of CPU`);
  return { ...row, passed: first!.passed, metrics: first!.metrics.length };
});

const results: ScorersMeasured = {
  date: new Date().toISOString().slice(0, 10),
  seed: 'none: rows follow from their numbers',
  versions: { 'prompt-ratchet': version(), node: process.versions.node },
  times,
  targets: rows.flatMap(({ name, rows: count, cpuSeconds }) => {
    const limit = promised[name];
    if (limit === undefined) return [];
    const measure = `seconds of one core to score ${count} rows, with metrics`;
    return [{ name, measure, target: `< ${limit}`, value: cpuSeconds, met: cpuSeconds < limit }];
  }),
  tables: { rows },
};
writeFileSync(FILE, `${JSON.stringify(results, null, 1)}\n`);
console.log(scorersTable(results));
for (const { name, target, value } of results.targets.filter(({ met }) => !met)) console.error(`${name}: ${value} s, promised ${target}`);
if (results.targets.some(({ met }) => !met)) process.exitCode = 1;

/** With one further thread of V8's, the fewest that Node starts it with. */
function measured(name: string, count: number): Figure {
  return JSON.parse(execFileSync(process.execPath, ['--v8-pool-size=0', MEASURE, name, String(count)], { encoding: 'utf8' }));
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
