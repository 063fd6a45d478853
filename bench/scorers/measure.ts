// Scores the rows of one workload and works out its metrics, once, in a process of its own: `node measure.ts WORKLOAD ROWS`. Prints JSON.
import type { Score } from '../../src/domain/score.ts';
import type { Answer, Trial } from '../../src/domain/trial.ts';
import { gathered } from '../../src/jobs/drawn.ts';
import { metricsOf } from '../../src/jobs/metrics.ts';
import { loadScorers } from '../../src/scorers/bound.ts';
import { graderOf, metersOf } from '../../src/scorers/score.ts';
import { rowsOf, workloads } from './rows.ts';

const CHUNK = 1_000;

const [name = '', count = '0'] = process.argv.slice(2);
const rows = Number(count);
const workload = workloads[name]!;
const { scorers } = workload;
await loadScorers(scorers);

const now = () => ({ wallMs: performance.now(), cpuMs: process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000 });
const making = { wallMs: 0, cpuMs: 0 };
let passed = 0;

const start = now();
const grade = graderOf({ scorers });
const places = Uint32Array.from({ length: rows }, (_, index) => index);
const metrics = metricsOf(gathered({ trials: scored(), places, meters: metersOf({ scorers }) }), rows, {});
const end = now();
const seconds = (end.wallMs - start.wallMs - making.wallMs) / 1000;
const cpuSeconds = (end.cpuMs - start.cpuMs - making.cpuMs) / 1000;
console.log(JSON.stringify({ seconds, cpuSeconds, passed: passed / rows, metrics: metrics.map((metric) => metric.name) }));

/** One after another, as a run hands them on: none is kept, and making them up takes no part in the figures. */
function* scored(): Generator<Trial> {
  for (let from = 0; from < rows; from += CHUNK) {
    const before = now();
    const made = rowsOf(workload, from, Math.min(rows, from + CHUNK));
    const after = now();
    making.wallMs += after.wallMs - before.wallMs;
    making.cpuMs += after.cpuMs - before.cpuMs;
    for (const [nth, { example, answer }] of made.entries()) {
      const outcome: Answer = { kind: 'answer', text: answer, finish: 'stop', latencyMs: 0 };
      const score = grade(outcome, example, askNobody) as Score;
      if (score.pass) passed += 1;
      yield { arm: 'head', example: from + nth, exampleId: example.id, repeat: 0, outcome, score };
    }
  }
}

function askNobody(): never {
  throw new Error('these scorers ask nobody');
}
